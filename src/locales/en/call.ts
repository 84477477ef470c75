// takes nothing, gives the English words of rooms and calls.

import type { DeviceCode } from '../../core/errors.ts';
import type { Held, Protection } from '../../core/session/snapshot.ts';

/** One thing that can keep a camera or a microphone from us: what it is, and what helps. */
export interface DeviceHelp {
  readonly title: string;
  readonly help: string;
}

export type Missing = 'microphone' | 'camera' | 'both';

const what: Record<Missing, string> = {
  microphone: 'microphone',
  camera: 'camera',
  both: 'camera and microphone',
};

export const call = {
  callLabel: 'Call',
  guest: 'Guest',
  you: 'You',
  nameAndYou: (name: string) => (name === '' ? 'You' : `${name} (you)`),

  ready: 'Ready to join?',
  nameLabel: 'Your name',
  namePlaceholder: 'How others will see you',
  join: 'Join',
  joinWithout: (missing: Missing) => `Join without ${what[missing]}`,
  joinPrivate: 'End-to-end encrypted. Only people with this link can come in.',
  joinOpen: 'End-to-end encrypted. Anyone who can open this page can come in.',
  preview: 'Your preview',
  previewOff: 'Your camera is off',
  permissionAsked: 'Your browser asks whether this page may use your devices. Choose “Allow”.',

  device: {
    'permissions': (missing: Missing) => ({
      title: `Your ${what[missing]} ${missing === 'both' ? 'are' : 'is'} blocked`,
      help: 'Click the icon at the left of the address bar, allow it for this page, then try again.',
    }),
    'not-found': (missing: Missing) => ({
      title: `No ${what[missing]} found`,
      help: 'Plug one in, or check that it is switched on, then try again.',
    }),
    'cam-in-use': () => ({
      title: 'Your camera is busy',
      help: 'Another app or tab is using it. Close it there, then try again.',
    }),
    'mic-in-use': () => ({
      title: 'Your microphone is busy',
      help: 'Another app or tab is using it. Close it there, then try again.',
    }),
    'constraints': (missing: Missing) => ({
      title: `The chosen ${what[missing]} cannot be used`,
      help: 'It may have been unplugged. Choose another one, or try again.',
    }),
    'undefined-mediadevices': (missing: Missing) => ({
      title: `This page may not use your ${what[missing]}`,
      help: 'Browsers allow it on secure pages only. Open this page by an address that begins with https.',
    }),
  } satisfies Record<DeviceCode, (missing: Missing) => DeviceHelp>,
  retry: 'Try again',

  microphone: 'Microphone',
  camera: 'Camera',
  systemDefault: 'System default',
  numberedDevice: (kind: string, number: number) => `${kind} ${number}`,
  muteMicrophone: 'Turn off microphone',
  unmuteMicrophone: 'Turn on microphone',
  stopCamera: 'Turn off camera',
  startCamera: 'Turn on camera',
  retryMicrophone: 'Microphone unavailable. Try again',
  retryCamera: 'Camera unavailable. Try again',
  withShortcut: (label: string, key: string) => `${label} (${key})`,
  controls: 'Call controls',
  settings: 'Settings',
  leave: 'Leave',
  close: 'Close',
  dismiss: 'Dismiss',

  connecting: 'Joining…',
  waitingTitle: 'You’re the first one here',
  aloneTitle: 'Nobody else is here',
  waitingText: 'Send the link to whoever should come. The call starts when they do.',
  reconnecting: 'Reconnecting…',
  unsteady: 'Poor connection',
  failedTitle: 'The call could not go on',
  leftTitle: 'You left the call',
  leftText: 'You can come back any time.',
  rejoin: 'Rejoin',

  tapToHear: 'Tap to hear',
  muted: 'Muted',
  videoOf: (name: string) => `Video of ${name}`,
  people: 'People',

  joined: (name: string) => `${name} joined`,
  departed: (name: string) => `${name} left`,
  lost: (name: string) => `The connection to ${name} was lost`,
  mismatch: (name: string) => `The emoji did not match. ${name} is no longer connected.`,
  youJoined: 'You joined the call',
  microphoneOn: 'Microphone on',
  microphoneOff: 'Microphone off',
  cameraOn: 'Camera on',
  cameraOff: 'Camera off',

  inviteLabel: 'Invitation link',
  copyLink: 'Copy link',
  copied: 'Copied',
  copyByHand: 'Press Ctrl+C to copy',
  shareLink: 'Share',
  shareTitle: 'Join my call',

  protection: {
    link: 'Encrypted, by link',
    verified: 'Verified',
    unverified: 'Encrypted, not verified',
  } satisfies Record<Protection, string>,
  protectionText: {
    link: 'Everyone here came by your secret link. Compare the emoji to be sure who is at the other end.',
    verified: 'You have compared the emoji. Nobody sits in between.',
    unverified: 'This room has no secret link. Compare the emoji to rule out that someone sits in between.',
  } satisfies Record<Protection, string>,
  held: {
    'policy': (_name: string) => 'Waiting until you have compared the emoji',
    'key-changed': (name: string) =>
      `${name}’s key has changed. This happens with a new device or browser. Compare the emoji before you go on.`,
    'credential': (name: string) => `This room asks for a credential, and ${name} has shown none.`,
    'mismatch': (name: string) =>
      `The emoji did not match when you last compared them with ${name}. Compare them before you go on.`,
  } satisfies Record<Held, (name: string) => string>,
  heldShort: 'Waiting',
  keyChanged: (name: string) =>
    `${name} came with another key than before. It may be a new device or browser, or someone else of that name.`,
  compare: 'Compare the emoji',
  mismatchTitle: 'The emoji did not match',
  mismatchText:
    'Someone may be in between, so the connection has ended. Send a new link another way, in person or by phone, and do not use this one again.',
  openVerify: (state: string) => `${state}. Compare the emoji`,
  verifyTitle: 'Compare the emoji',
  verifyHow: (name: string) =>
    `Read these to each other, or hold them up to the camera. If ${name} sees the same seven, nobody is listening in.`,
  verifyNumbers: 'Or compare these numbers',
  verifyWho: 'Compare with',
  verifyEmpty: 'As soon as someone else is here, you can compare emoji with them.',
  verified: (name: string) => `You have verified ${name}`,
  match: 'They match',
  noMatch: 'They don’t match',
  noMatchHint: 'If they differ, the connection ends at once.',
  verifiedFor: 'It holds for the call, the chat and files.',
  safetyNumber: 'Safety number',
  safetyHow: (name: string) =>
    `The same 60 digits on both sides. Compare them with ${name} at leisure, in person or by letter.`,
  safetyCode: 'Safety number as a QR code',
  safetyCamera: 'Camera',
  scan: 'Scan their code',
  scanning: (name: string) => `Hold the camera before the code on ${name}’s screen.`,
  scanStop: 'Stop',
  scanFailed: 'The camera cannot be used right now.',
};
