// takes the Snapshot and a fact about our own devices, gives the next Snapshot's call.

import type { DeviceKind } from '../facts.ts';
import type { LocalDevice, MediaDevice, Snapshot } from '../snapshot.ts';
import { patch, type Reducers } from './reducer.ts';

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
  'preview-changed': (now, { stream }) => patch(now, { call: patch(now.call, { preview: stream }) }),
  'devices-listed': (now, { devices }) =>
    areSame(now.call.devices, devices) ? now : { ...now, call: { ...now.call, devices } },
};

function change(now: Snapshot, device: DeviceKind, values: Partial<LocalDevice>): Snapshot {
  return patch(now, { call: patch(now.call, { [device]: patch(now.call[device], values) }) });
}

/** Browsers tell of a change several times, and the list is a new one each time. */
function areSame(now: readonly MediaDevice[], next: readonly MediaDevice[]): boolean {
  return (
    now.length === next.length &&
    now.every((device, index) => {
      const other = next[index];
      return (
        device.kind === other?.kind && device.deviceId === other.deviceId && device.label === other.label
      );
    })
  );
}
