// takes nothing, gives the types of the two Expresses of the tests: what the tests use of them, and no more.

declare module 'express4' {
  import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http';

  export interface App extends RequestListener {
    get(path: string, handler: (request: IncomingMessage, response: ServerResponse) => void): App;
    use(path: string | RequestListener, handler?: RequestListener): App;
  }
  export default function express(): App;
}

declare module 'express5' {
  export { default, type App } from 'express4';
}
