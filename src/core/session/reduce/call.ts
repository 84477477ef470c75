// takes the Snapshot and a fact about our own devices, gives the next Snapshot's call.

import type { DeviceKind } from '../facts.ts';
import type { LocalDevice, Snapshot } from '../snapshot.ts';
import type { Reducers } from './reducer.ts';

type CallFact =
  | 'device-wanted'
  | 'device-opening'
  | 'device-opened'
  | 'device-closed'
  | 'device-refused'
  | 'preview-changed'
  | 'devices-listed';

export const callReducers: Reducers<CallFact> = {
  'device-wanted': (now, { device, enabled }) => change(now, device, { enabled }),
  'device-opening': (now, { device }) => change(now, device, { status: 'opening', code: undefined }),
  'device-opened': (now, { device, deviceId, label }) =>
    change(now, device, { status: 'open', code: undefined, deviceId, label }),
  'device-closed': (now, { device }) => change(now, device, { status: 'closed', code: undefined }),
  'device-refused': (now, { device, code }) =>
    change(now, device, { status: 'refused', enabled: false, code }),
  'preview-changed': (now, { stream }) => ({ ...now, call: { ...now.call, preview: stream } }),
  'devices-listed': (now, { devices }) => ({ ...now, call: { ...now.call, devices } }),
};

function change(now: Snapshot, device: DeviceKind, values: Partial<LocalDevice>): Snapshot {
  return { ...now, call: { ...now.call, [device]: { ...now.call[device], ...values } } };
}
