// takes an id and the room its holder was admitted to, gives the name it has on this server.

/** No id and no room has a line break, so that none can be mistaken for another. */
const separator = '\n';

/** Who is admitted to different rooms is not there for one another, and may have the same id. */
export function placeOf(id: string, room: string | undefined): string {
  return room === undefined ? id : id + separator + room;
}

export function idAt(place: string): string {
  const at = place.indexOf(separator);
  return at === -1 ? place : place.slice(0, at);
}

export function roomAt(place: string): string | undefined {
  const at = place.indexOf(separator);
  return at === -1 ? undefined : place.slice(at + 1);
}
