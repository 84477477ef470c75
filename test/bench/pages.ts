// takes nothing, gives an http server with the pages that are measured: bare PeerJS, raw channel, and the kit.

import { createServer, type Server } from 'node:http';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const require = createRequire(import.meta.url);
const peerjs = join(dirname(require.resolve('peerjs/package.json')), 'dist/peerjs.min.js');

/** A call as PeerJS's own documentation writes it, with the camera open and shown before Join as our pre-join has it. */
const barePage = (server: URL): string => `<!doctype html><meta charset="utf-8"><title>bare PeerJS</title>
<script src="/peerjs.min.js"></script><video id="own" autoplay playsinline muted width="480"></video><video id="remote" autoplay playsinline width="900"></video>
<script>
  const options = { host: '${server.hostname}', port: ${server.port}, path: '/', secure: false, config: { iceServers: [] } };
  const video = document.getElementById('remote');
  const firstFrame = new Promise((resolve) => video.requestVideoFrameCallback(() => resolve(performance.now())));
  const show = (call) => call.on('stream', (stream) => { if (video.srcObject !== stream) video.srcObject = stream; });
  let camera;
  window.prepare = async () => { camera = await navigator.mediaDevices.getUserMedia({ audio: true, video: { width: { ideal: 1280 }, height: { ideal: 720 } } }); document.getElementById('own').srcObject = camera; };
  window.wait = (id) => new Promise((resolve) => {
    const peer = new Peer(id, options);
    peer.on('call', (call) => { call.answer(camera); show(call); });
    peer.on('connection', (connection) => connection.on('data', (data) => window.received?.(data)));
    peer.on('open', () => resolve());
  });
  window.join = async (id) => {
    const start = performance.now();
    const peer = new Peer(options);
    peer.on('open', () => show(peer.call(id, camera)));
    return (await firstFrame) - start;
  };
  window.receive = (total) => new Promise((resolve) => {
    let got = 0;
    window.received = (data) => { got += data.byteLength; if (got >= total) resolve(Date.now()); };
  });
  window.connect = (id) => new Promise((resolve) => {
    const peer = new Peer(options);
    peer.on('open', () => {
      window.channel = peer.connect(id, { reliable: true, serialization: 'binary' });
      window.channel.on('open', () => resolve());
    });
  });
  window.sendAll = (total, piece) => {
    const data = crypto.getRandomValues(new Uint8Array(65536));
    const block = new Uint8Array(piece).map((_, index) => data[index & 65535]);
    const start = Date.now();
    for (let sent = 0; sent < total; sent += piece) window.channel.send(block);
    return start;
  };
</script>`;

/** One ordered, reliable channel and nothing around it. */
const rawPage = `<!doctype html><meta charset="utf-8"><title>raw RTCDataChannel</title><script>
  const pc = new RTCPeerConnection();
  const channel = pc.createDataChannel('raw', { negotiated: true, id: 1 });
  channel.binaryType = 'arraybuffer';
  const opened = new Promise((resolve) => (channel.onopen = () => resolve()));
  const gathered = () => new Promise((resolve) => {
    if (pc.iceGatheringState === 'complete') resolve(pc.localDescription.sdp);
    pc.onicegatheringstatechange = () => pc.iceGatheringState === 'complete' && resolve(pc.localDescription.sdp);
  });
  window.offer = async () => { await pc.setLocalDescription(await pc.createOffer()); return gathered(); };
  window.answer = async (sdp) => {
    await pc.setRemoteDescription({ type: 'offer', sdp });
    await pc.setLocalDescription(await pc.createAnswer());
    return gathered();
  };
  window.accept = (sdp) => pc.setRemoteDescription({ type: 'answer', sdp });
  window.ready = () => opened;
  window.receive = (total) => new Promise((resolve) => {
    let got = 0;
    channel.onmessage = ({ data }) => { got += data.byteLength; if (got >= total) resolve(Date.now()); };
  });
  window.sendAll = async (total, size) => {
    const message = crypto.getRandomValues(new Uint8Array(size));
    channel.bufferedAmountLowThreshold = 1 << 20;
    const start = Date.now();
    for (let sent = 0; sent < total; sent += size) {
      if (channel.bufferedAmount > 4 << 20) await new Promise((resolve) => (channel.onbufferedamountlow = resolve));
      channel.send(message);
    }
    return start;
  };
</script>`;

const kitPage = (
  server: URL,
  content: string,
): string => `<!doctype html><meta charset="utf-8"><title>Reforms</title>
<script type="module" src="${server.href}reforms.js"></script>
<reforms-room room="bench" display-name="Bench">${content}</reforms-room>`;

export interface Pages {
  readonly url: string;
  close(): void;
}

/** Serves the pages on a free loopback port; `signaling` is the server that all of them use. */
export async function servePages(signaling: string): Promise<Pages> {
  const server = new URL(signaling);
  const script = await readFile(peerjs);
  const html: Readonly<Record<string, string>> = {
    '/bare': barePage(server),
    '/raw': rawPage,
    '/kit-call': kitPage(server, '<reforms-call></reforms-call>'),
    '/kit-file': kitPage(server, '<reforms-file-drop auto-accept></reforms-file-drop>'),
  };
  const http: Server = createServer(({ url = '/' }, response) => {
    const path = new URL(url, 'http://localhost').pathname;
    if (path === '/peerjs.min.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
    else if (html[path] !== undefined)
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(html[path]);
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => http.listen(0, '127.0.0.1', resolve));
  const address = http.address();
  const port = typeof address === 'object' && address !== null ? address.port : 0;
  return { url: `http://127.0.0.1:${port}`, close: () => void http.close() };
}
