// takes an Intent, gives frames to the connection, wishes to the devices and facts to the store.

import { maxMessageBytes } from '../../protocol/limits.ts';
import { isFrameId, utf8Length } from '../../protocol/frame.ts';
import type { ErrorCode } from '../errors.ts';
import type { LocalMedia } from '../media/local-media.ts';
import type { Connection } from './connection-port.ts';
import type { DeviceKind, Fact } from './facts.ts';
import type { Intent } from './intents.ts';
import { cleanName } from './clean-name.ts';
import type { Snapshot } from './snapshot.ts';

/** What an intent may act on. */
export interface Stage {
  readonly snapshot: () => Snapshot;
  readonly report: (fact: Fact) => void;
  readonly media: LocalMedia;
  readonly connection: () => Connection | undefined;
  readonly join: () => void;
  readonly leave: () => void;
  readonly now: () => number;
}

type Performers = {
  readonly [K in Intent['kind']]: (stage: Stage, intent: Extract<Intent, { kind: K }>) => void;
};

const performers: Performers = {
  'join': ({ join }) => join(),
  'leave': ({ leave }) => leave(),
  'set-name': (stage, { name }) => {
    const clean = cleanName(name);
    if (clean === stage.snapshot().self.name) return;
    stage.report({ kind: 'name-changed', name: clean });
    stage.connection()?.tellProfile();
  },
  'open-devices': (stage, { microphone, camera }) => {
    stage.report({ kind: 'device-wanted', device: 'microphone', enabled: microphone });
    stage.report({ kind: 'device-wanted', device: 'camera', enabled: camera });
    stage.media.open({ microphone, camera });
    stage.connection()?.tellProfile();
  },
  'set-microphone': (stage, { enabled }) => setDevice(stage, 'microphone', enabled),
  'set-camera': (stage, { enabled }) => setDevice(stage, 'camera', enabled),
  'choose-microphone': ({ media }, { deviceId }) => media.choose('microphone', deviceId),
  'choose-camera': ({ media }, { deviceId }) => media.choose('camera', deviceId),
  'send-message': (stage, { id, text }) => {
    const { snapshot, report, connection, now } = stage;
    const sender = connection();
    if (!isFrameId(id)) return refuse(stage, 'bad-frame');
    if (text.trim() === '') return refuse(stage, 'message-empty');
    if (utf8Length(text) > maxMessageBytes) return refuse(stage, 'message-too-big');
    if (sender === undefined || snapshot().room.phase !== 'joined') return refuse(stage, 'not-joined');
    const sentAt = now();
    const sentTo = sender.send({ kind: 'message', id, text, sentAt });
    const delivery = sentTo.length === 0 ? 'waiting' : 'sent';
    const name = snapshot().self.name;
    report({
      kind: 'message-sent',
      message: { id, from: 'self', name, text, sentAt, delivery, sentTo, deliveredTo: [] },
    });
  },
  'send-files': (stage, { files, to }) => {
    const connection = stage.connection();
    const { people } = stage.snapshot();
    if (connection === undefined || people.length === 0) return refuse(stage, 'not-joined');
    const wanted = people.filter(({ id }) => to === undefined || to.includes(id));
    if (wanted.length > 0 && wanted.every(({ held }) => held !== undefined)) return refuse(stage, 'policy');
    connection.offerFiles(files, to);
  },
  'accept-file': (stage, { id, handle }) =>
    withConnection(stage, (connection) => connection.acceptFile(id, handle)),
  'reject-file': (stage, { id }) => withConnection(stage, (connection) => connection.rejectFile(id)),
  'cancel-file': (stage, { id }) => withConnection(stage, (connection) => connection.cancelFile(id)),
  'judge-participant': (stage, { id, matches }) =>
    withConnection(stage, (connection) => connection.judge(id, matches)),
};

/** Does what an intent asks for. What cannot be done becomes an `error-raised` fact, never an exception. */
export function perform(stage: Stage, intent: Intent): void {
  // The table is checked kind by kind above; a union of functions can be called only with what all of them take.
  const performer = performers[intent.kind] as (stage: Stage, intent: Intent) => void;
  performer(stage, intent);
}

function setDevice(stage: Stage, device: DeviceKind, enabled: boolean): void {
  stage.report({ kind: 'device-wanted', device, enabled });
  stage.media.enable(device, enabled);
  // A microphone that is muted stays open: the wish alone is what changed for the others.
  stage.connection()?.tellProfile();
}

function withConnection(stage: Stage, act: (connection: Connection) => void): void {
  const connection = stage.connection();
  if (connection === undefined) refuse(stage, 'not-joined');
  else act(connection);
}

function refuse({ report }: Stage, code: ErrorCode): void {
  report({ kind: 'error-raised', code, fatal: false, from: undefined });
}
