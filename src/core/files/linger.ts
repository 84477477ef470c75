// takes a file's size, gives how long a browser may take to copy it into the downloads.

/** Milliseconds: a minute, and a second for every 10 MB. */
export const lingerMs = (bytes: number): number => 60_000 + bytes / 10_000;
