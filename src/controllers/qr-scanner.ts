// takes a camera's picture, gives the digits of the QR code it is held before, where the browser can read one.

import { openScanCamera } from '../core.ts';

/** What `BarcodeDetector` of the Shape Detection API is used for; TypeScript's DOM does not have it. */
interface Detector {
  detect(source: HTMLVideoElement): Promise<readonly { readonly rawValue: string }[]>;
}

interface DetectorClass {
  new (options: { readonly formats: readonly string[] }): Detector;
  getSupportedFormats(): Promise<readonly string[]>;
}

const isDetectorClass = (value: unknown): value is DetectorClass =>
  typeof value === 'function' && 'getSupportedFormats' in value;

const detectorClass = (): DetectorClass | undefined => {
  const found: unknown = Reflect.get(globalThis, 'BarcodeDetector');
  return isDetectorClass(found) ? found : undefined;
};

/** Whether this browser has a reader of QR codes; some have the class and no format. */
export async function canScan(): Promise<boolean> {
  const formats = (await detectorClass()?.getSupportedFormats()) ?? [];
  return formats.includes('qr_code');
}

/** 60 digits and nothing else: any other code is somebody else's. */
const isNumber = (text: string): boolean => /^\d{60}$/.test(text);

/**
 * Shows the camera in `video` and resolves with the first safety number it sees; undefined once `signal` aborts. Rejects
 * with `ReformsError` where there is no camera.
 */
export async function scanNumber(video: HTMLVideoElement, signal: AbortSignal): Promise<string | undefined> {
  const Detector = detectorClass();
  if (Detector === undefined) return undefined;
  const detector = new Detector({ formats: ['qr_code'] });
  const stream = await openScanCamera();
  const stop = (): void => stream.getTracks().forEach((track) => track.stop());
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  video.srcObject = stream;
  try {
    await video.play();
    while (!signal.aborted) {
      const codes = await detector.detect(video);
      const found = codes.find(({ rawValue }) => isNumber(rawValue));
      if (found !== undefined) return found.rawValue;
      await nextFrame(video, signal);
    }
  } catch (error) {
    if (!signal.aborted) throw error;
  } finally {
    stop();
    video.srcObject = null;
  }
  return undefined;
}

const nextFrame = (video: HTMLVideoElement, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    video.requestVideoFrameCallback(() => resolve());
    signal.addEventListener('abort', () => resolve(), { once: true });
  });
