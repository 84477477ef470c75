// takes the state of camera and microphone, gives what keeps us from them, once for each cause.

import type { CallSlice } from '../../core.ts';
import type { DeviceCode } from '../../core/errors.ts';
import type { IconName } from '../icon/icon.ts';

export type Missing = 'microphone' | 'camera' | 'both';

export interface Trouble {
  readonly missing: Missing;
  readonly code: DeviceCode;
}

/** Both devices refused for one reason are one trouble; `not-found` for the camera alone is no trouble of the microphone. */
export function deviceTroubles({
  microphone,
  camera,
}: Pick<CallSlice, 'microphone' | 'camera'>): readonly Trouble[] {
  const mic = microphone.status === 'refused' ? microphone.code : undefined;
  const cam = camera.status === 'refused' ? camera.code : undefined;
  if (mic !== undefined && mic === cam) return [{ missing: 'both', code: mic }];
  return [
    ...(mic === undefined ? [] : [{ missing: 'microphone', code: mic } as const]),
    ...(cam === undefined ? [] : [{ missing: 'camera', code: cam } as const]),
  ];
}

/** What a person who joins now would be without; undefined where nothing is refused. */
export function missingOf({
  microphone,
  camera,
}: Pick<CallSlice, 'microphone' | 'camera'>): Missing | undefined {
  if (microphone.status === 'refused') return camera.status === 'refused' ? 'both' : 'microphone';
  return camera.status === 'refused' ? 'camera' : undefined;
}

export const troubleIcon: Readonly<Record<DeviceCode, IconName>> = {
  'permissions': 'lock',
  'not-found': 'plug',
  'cam-in-use': 'camera-off',
  'mic-in-use': 'microphone-off',
  'constraints': 'settings',
  'undefined-mediadevices': 'shield',
};
