// takes the test server's word, gives signaling servers for one test file.

/** Ours, or the PeerServer that other people run. */
export type ServerKind = 'ours' | 'stock';

/** Starts a server of its own; gives its base URL. */
export async function startSignaling(kind: ServerKind): Promise<string> {
  const answer: unknown = await (await fetch(`/__signaling/start/${kind}`)).json();
  if (typeof answer === 'object' && answer !== null && 'url' in answer && typeof answer.url === 'string')
    return answer.url;
  throw new Error('The test server has no signaling plugin.');
}

/** Ends it, and every session with it. */
export async function stopSignaling(url: string): Promise<void> {
  await fetch(`/__signaling/stop?url=${encodeURIComponent(url)}`);
}
