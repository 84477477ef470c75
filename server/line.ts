// takes a WebSocket and who keeps it, gives what it hears to the keeper, without a listener of its own.

import { WebSocket } from 'ws';

/** Who hears what a socket hears. */
export interface Keeper {
  heardMessage(data: Buffer, isBinary: boolean): void;
  heardPing(data: Buffer): void;
  heardPong(data: Buffer): void;
  heardClose(socket: WebSocket): void;
}

/**
 * The WebSocket of our own handshakes. Ten thousand idle ones are mostly memory, so that each tells its keeper directly and holds
 * no listeners; whoever adds some is told, too. A frame that breaks the rules or the size limit ends its socket, and that is all
 * there is to an error.
 */
export class Line extends WebSocket {
  keeper: Keeper | undefined;

  override emit(event: string | symbol, ...args: readonly unknown[]): boolean {
    const { keeper } = this;
    const [data, isBinary] = args;
    switch (event) {
      case 'message':
        if (Buffer.isBuffer(data)) keeper?.heardMessage(data, isBinary === true);
        break;
      case 'ping':
        if (Buffer.isBuffer(data)) keeper?.heardPing(data);
        break;
      case 'pong':
        if (Buffer.isBuffer(data)) keeper?.heardPong(data);
        break;
      case 'close':
        keeper?.heardClose(this);
    }
    return this.listenerCount(event) > 0 && super.emit(event, ...args);
  }
}

/** Gives a socket its keeper; one of somebody else's making has to have listeners. */
export function keep(socket: WebSocket, keeper: Keeper): void {
  if (socket instanceof Line) {
    socket.keeper = keeper;
    return;
  }
  socket.on('message', (data, isBinary) => Buffer.isBuffer(data) && keeper.heardMessage(data, isBinary));
  socket.on('ping', (data) => keeper.heardPing(data));
  socket.on('pong', (data) => keeper.heardPong(data));
  socket.on('close', () => keeper.heardClose(socket));
  socket.on('error', () => {});
}
