// takes a code, gives the English sentence that a person reads.

import type { ErrorCode } from '../../core/errors.ts';

/** What happened and what to do about it, for every code of the kit. */
export const errors: Readonly<Record<ErrorCode, string>> = {
  'browser-incompatible': 'This browser cannot make calls. A current Chrome, Edge, Firefox or Safari can.',
  'disconnected': 'The connection to the server ended. Try again.',
  'invalid-id': 'The server did not accept this visit. Try again.',
  'invalid-key': 'This server does not serve this page. Ask whoever runs it.',
  'network': 'The server cannot be reached. Check your connection and try again.',
  'peer-unavailable': 'The other person cannot be reached right now.',
  'ssl-unavailable': 'The server has no secure connection. Ask whoever runs it.',
  'server-error': 'The server made a mistake. Try again in a moment.',
  'socket-error': 'The connection to the server broke. Try again.',
  'socket-closed': 'The server closed the connection. Try again.',
  'unavailable-id': 'The server gave our place to someone else. Try again.',
  'webrtc': 'This browser could not set up the call. Try again, or use another browser.',

  'cam-in-use': 'Another app or tab is using your camera.',
  'mic-in-use': 'Another app or tab is using your microphone.',
  'permissions': 'Your browser does not let this page use your camera or microphone.',
  'not-found': 'No camera or microphone was found.',
  'constraints': 'The chosen device cannot be used any more.',
  'undefined-mediadevices': 'This page is not secure, so the browser keeps camera and microphone from it.',

  'no-server': 'This page does not say which server to use. Whoever built it has to add one.',
  'no-room': 'This page does not say which room to open. Whoever built it has to name one.',
  'invalid-secret': 'This link is incomplete. Ask for it again, and open all of it.',
  'room-full': 'This room is full.',
  'not-admitted': 'You were not let into this room.',
  'ejected': 'You were asked to leave this room.',
  'turn-unreachable':
    'This page connects through a relay only, and there is none it can reach. Whoever runs it has to add one.',
  'e2ee-failed': 'An encrypted connection could not be made, so there is none.',
  'verification-mismatch':
    'The emoji did not match, so the connection was ended. Send a new link another way, and do not use this one again.',

  'version': 'This link is from a newer version. Reload the page, or ask for a new link.',
  'wasm-blocked':
    "This page forbids what encryption needs. Whoever built it has to add 'wasm-unsafe-eval' to script-src in its Content-Security-Policy.",
  'decrypt': 'Something arrived that was not sealed for you. It was thrown away.',
  'signature': 'Someone could not prove who they are. They were not let in.',
  'sas-commit': 'Someone broke the rules of the handshake. They were not let in.',
  'prologue': 'Someone came with another link. They were not let in.',
  'fingerprint-count': 'A connection looked tampered with. It was refused.',
  'fingerprint-mismatch': 'A connection was not with whom it claimed to be. It was refused.',
  'fingerprint-changed': 'A connection changed hands. It was ended.',
  'confirm': 'A connection could not be confirmed from both ends. It was ended.',
  'timeout': 'The other side took too long to answer.',
  'key-changed': 'Someone you had verified came with another key. Compare the emoji again.',
  'policy':
    'The rules of this room are not met. Open it by its full link, or compare the emoji first, whichever it asks for.',
  'replay': 'Something old was sent again. It was thrown away.',
  'skip-limit': 'Too many messages are missing to go on. Ask them to join again.',
  'prekey': 'A message could not be opened: it was sealed for a key that is gone.',
  'store': 'This browser could not save what it needs. Private windows and full disks can cause it.',
  'file-commit': 'This file was not sealed with the key that came with it. It was thrown away.',
  'file-chunk': 'A part of the file was damaged on the way. It was thrown away.',
  'file-truncated': 'The file ended too early.',
  'file-hash': 'The file is not the one that was announced. It was thrown away.',
  'credential': 'Someone came with a credential that is not theirs. They were not let in.',

  'bad-frame': 'Someone sent something that makes no sense. It was thrown away.',
  'frame-too-large': 'Someone sent more at once than is allowed. It was thrown away.',
  'message-empty': 'There is nothing to send yet.',
  'message-too-big': 'This message is too long. Send it in parts, or as a file.',
  'not-joined': 'Join first.',
  'unknown-transfer': 'This file is no longer there.',
  'file-too-large': 'This file is too large.',
  'file-changed': 'The file changed while it was being sent.',
  'file-rejected': 'The file was declined.',
  'file-cancelled': 'The transfer was cancelled.',
  'file-unwritable': 'The file could not be saved there.',
  'peer-gone': 'The other person left before it was done.',
  'internal': 'Something went wrong on this page. Reload it and try again.',
};
