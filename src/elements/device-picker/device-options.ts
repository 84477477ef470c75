// takes the devices that the browser lists, gives the options of a menu.

import type { LocalDevice, MediaDevice } from '../../core.ts';

export interface DeviceOption {
  readonly value: string;
  readonly label: string;
  readonly selected: boolean;
}

interface Naming {
  readonly kind: string;
  readonly systemDefault: string;
  readonly numbered: (kind: string, number: number) => string;
}

/**
 * Chromium lists the default device a second time under the id `default`, and before permission every id is empty: the
 * menu has the system's default first, then each real device once, those without a name numbered.
 */
export function deviceOptions(
  devices: readonly MediaDevice[],
  kind: MediaDevice['kind'],
  chosen: LocalDevice,
  naming: Naming,
): readonly DeviceOption[] {
  const ours = devices.filter((device) => device.kind === kind);
  const real = ours.filter(
    ({ deviceId }, at) =>
      deviceId !== '' &&
      deviceId !== 'default' &&
      deviceId !== 'communications' &&
      ours.findIndex((other) => other.deviceId === deviceId) === at,
  );
  const isKnown = real.some(({ deviceId }) => deviceId === chosen.deviceId);
  const first = { value: '', label: naming.systemDefault, selected: !isKnown };
  return [
    first,
    ...real.map(({ deviceId, label }, at) => ({
      value: deviceId,
      label: label === '' ? naming.numbered(naming.kind, at + 1) : label,
      selected: deviceId === chosen.deviceId,
    })),
  ];
}
