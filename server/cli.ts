#!/usr/bin/env node
// takes a command line, gives a running server and a few lines on stdout: where it listens, a fresh room, who may come, and that it stopped.

import { randomBytes } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { examine } from './doctor.ts';
import { lineOf } from './finding.ts';
import { parseCommand } from './flags.ts';
import { createSignalingServer, ServerError, type ServerOptions } from './index.ts';
import { askAtConsole, init } from './init.ts';
import { mintToken } from './token.ts';

const say = (line: string) => process.stdout.write(`${line}\n`);

/** The bundle and the demo that were built beside this file, if they were. */
function builtFolders(): Pick<ServerOptions, 'kitDir' | 'demoDir'> {
  const kitDir = fileURLToPath(new URL('../kit', import.meta.url));
  const demoDir = fileURLToPath(new URL('../demo', import.meta.url));
  if (!existsSync(`${kitDir}/reforms.js`)) return {};
  return existsSync(`${demoDir}/index.html`) ? { kitDir, demoDir } : { kitDir };
}

/** A room link as the kit reads it: its fragment holds 32 random bytes, and browsers send no fragment to a server. */
const roomLink = (url: string) => `${url}/#rf=1.${randomBytes(32).toString('base64url')}`;

function version(): string {
  const file = ['../../package.json', '../package.json']
    .map((path) => new URL(path, import.meta.url))
    .find((url) => existsSync(url));
  const found: unknown = file && JSON.parse(readFileSync(file, 'utf8'));
  return typeof found === 'object' && found && 'version' in found ? String(found.version) : 'unknown';
}

async function serve(options: ServerOptions, isVerbose: boolean): Promise<void> {
  const built = builtFolders();
  const kitDir = options.kitDir ?? built.kitDir;
  const demoDir = options.demoDir ?? built.demoDir;
  const server = createSignalingServer({
    ...options,
    kitDir,
    demoDir,
    onEvent: isVerbose ? say : undefined,
    onError: (error) => process.stderr.write(`reforms: ${error.message}\n`),
  });
  const { url } = await server.ready;
  say(`Reforms is listening on ${url}`);
  if (demoDir !== undefined && existsSync(`${demoDir}/index.html`)) say(`Open a room:  ${roomLink(url)}`);
  if (!options.auth) say('Anybody may connect: neither --auth_secret nor --auth_jwks is set');

  const stop = () => {
    process.off('SIGINT', stop).off('SIGTERM', stop); // a second signal does what signals do
    void server.close().then(() => say('Reforms has stopped'));
  };
  process.on('SIGINT', stop).on('SIGTERM', stop);
  process.on('SIGHUP', () => server.reload());
}

try {
  const command = parseCommand(process.argv.slice(2), process.env);
  switch (command.kind) {
    case 'help':
      say(command.text);
      break;
    case 'version':
      say(version());
      break;
    case 'token':
      say(await mintToken(command.request));
      break;
    case 'init':
      for (const path of await init(command.request, askAtConsole())) say(path);
      say('Next: read reforms.conf, open the ports named in turnserver.conf, then docker compose up -d');
      break;
    case 'doctor':
      for await (const finding of examine(command.address, command.options)) {
        say(lineOf(finding));
        if (finding.verdict === 'bad') process.exitCode = 1;
      }
      break;
    case 'serve':
      await serve(command.options, command.isVerbose);
  }
} catch (error) {
  if (!(error instanceof ServerError)) throw error;
  process.stderr.write(`reforms: ${error.message} (${error.code})\n`);
  process.exitCode = 1;
}
