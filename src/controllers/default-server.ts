// takes the address that the script bundle came from, gives the server of elements that name none.

const servers = new WeakMap<Document, string>();

/** Makes `url` the server of every element of `page` without a `server` attribute. The script bundle calls it for its own origin. */
export function setDefaultServer(url: string, page: Document = document): void {
  servers.set(page, url);
}

/** What `setDefaultServer` was told for `page`. */
export const defaultServer = (page: Document): string | undefined => servers.get(page);
