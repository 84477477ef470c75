// takes a press on a device's switch, gives the session the wish and the page the event.

import type { Intent, LocalDevice } from '../../core.ts';
import type { DeviceKind } from '../../core/session/facts.ts';
import { ReformsCameraToggledEvent, ReformsMicrophoneToggledEvent } from '../events/call-events.ts';
import { emit } from '../events/emit.ts';

/** Whether others would hear or see us by this device. */
export const isOn = ({ enabled, status }: LocalDevice): boolean => enabled && status !== 'refused';

/** Wishes for the opposite of what is; for a refused device that is another try. */
export function switchDevice(
  target: EventTarget,
  session: { dispatch(intent: Intent): void },
  kind: DeviceKind,
  device: LocalDevice,
): void {
  const enabled = !isOn(device);
  session.dispatch({ kind: `set-${kind}`, enabled });
  emit(
    target,
    kind === 'microphone'
      ? new ReformsMicrophoneToggledEvent(enabled)
      : new ReformsCameraToggledEvent(enabled),
  );
}
