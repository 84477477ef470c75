// takes a text, gives the bytes of the WebSocket frame that carries it.

/** First byte of a text that is not continued, and lengths that say how long the length is (RFC 6455, 5.2). */
const finalText = 0x81;
const twoBytes = 126;
const eightBytes = 127;

/** Head and text in one piece, so that they leave in one write. A server does not mask. */
export function textFrame(text: string): Buffer {
  const length = Buffer.byteLength(text);
  const head = length < twoBytes ? 2 : length < 65_536 ? 4 : 10;
  const frame = Buffer.allocUnsafe(head + length);
  frame[0] = finalText;
  if (head === 2) frame[1] = length;
  else if (head === 4) {
    frame[1] = twoBytes;
    frame.writeUInt16BE(length, 2);
  } else {
    frame[1] = eightBytes;
    frame.writeUInt32BE(0, 2);
    frame.writeUInt32BE(length, 6);
  }
  frame.write(text, head);
  return frame;
}
