import { fixture, html, waitUntil } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-verify.ts';
import { qrOfDigits } from '../../../../src/controllers/qr-code.ts';
import type { ReformsVerify } from '../../../../src/elements/verify/verify.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../../support/parts.ts';

const number = '0123456789'.repeat(6);

const details = (verify: ReformsVerify): HTMLDetailsElement => {
  const found = part(verify, 'safety');
  if (!(found instanceof HTMLDetailsElement)) throw new Error('no section');
  return found;
};

async function opened(): Promise<{ readonly verify: ReformsVerify; readonly session: FakeSession }> {
  const session = fakeSession({ people: [person()] });
  session.safetyNumber = (id) => (id === 'grace' ? number : '9'.repeat(60));
  const verify = await fixture<ReformsVerify>(html`<reforms-verify .session=${session}></reforms-verify>`);
  details(verify).open = true;
  await waitUntil(() => parts(verify, 'digits').length > 0);
  return { verify, session };
}

/** A reader of codes that sees what the test says, in whatever picture. */
function pretendDetector(
  seen: () => readonly string[],
  formats: readonly string[] = ['qr_code'],
): () => void {
  class Detector {
    static getSupportedFormats = async (): Promise<readonly string[]> => formats;
    detect = async (): Promise<readonly { readonly rawValue: string }[]> =>
      seen().map((rawValue) => ({ rawValue }));
  }
  const before = Object.getOwnPropertyDescriptor(globalThis, 'BarcodeDetector');
  Object.defineProperty(globalThis, 'BarcodeDetector', { value: Detector, configurable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(globalThis, 'BarcodeDetector');
    else Object.defineProperty(globalThis, 'BarcodeDetector', before);
  };
}

/** A camera whose picture moves, in place of the machine's. */
function pretendCamera(): () => void {
  const { mediaDevices } = navigator;
  const real = mediaDevices.getUserMedia;
  mediaDevices.getUserMedia = async () => {
    const canvas = document.createElement('canvas');
    const pen = canvas.getContext('2d');
    const stream = canvas.captureStream(30);
    const draw = (time: number): void => {
      pen?.fillRect(time % 50, 0, 20, 20);
      if (stream.active) requestAnimationFrame(draw);
    };
    requestAnimationFrame(draw);
    return stream;
  };
  return () => {
    mediaDevices.getUserMedia = real;
  };
}

describe('the safety number in <reforms-verify>', () => {
  it('is computed when its section is opened, once, and not before', async () => {
    const asked: string[] = [];
    const session = fakeSession({ people: [person()] });
    session.safetyNumber = (id) => (asked.push(id), number);
    const verify = await fixture<ReformsVerify>(html`<reforms-verify .session=${session}></reforms-verify>`);
    expect(asked).to.deep.equal([]);
    details(verify).open = true;
    await waitUntil(() => parts(verify, 'digits').length > 0);
    session.set({ people: [person({ audio: false })] });
    await verify.updateComplete;
    expect(asked).to.deep.equal(['grace']);
  });

  it('has twelve groups of five, reads from the left, and is accessible', async () => {
    const { verify } = await opened();
    const digits = part(verify, 'digits');
    expect([...digits.children].map((group) => words(group))).to.deep.equal(
      Array.from({ length: 6 }, () => ['01234', '56789']).flat(),
    );
    expect(digits.dir).to.equal('ltr');
    expect(await audit(verify)).to.deep.equal([]);
  });

  it('is another one for another person', async () => {
    const { verify, session } = await opened();
    session.set({ people: [person(), person({ id: 'alan', name: 'Alan' })] });
    await verify.updateComplete;
    buttonNamed(verify, 'Alan').click();
    await verify.updateComplete;
    expect(words(part(verify, 'digits'))).to.match(/^[9 ]+$/);
  });

  it('is drawn as a code with a quiet zone, dark where a code begins', () => {
    const { size, path } = qrOfDigits(number);
    // 60 digits at level M take version 2: 25 modules, and 4 around them.
    expect(size).to.equal(33);
    expect(path).to.match(/^M4 4h7v1h-7z/);
    expect(path).to.match(/^(M\d+ \d+h\d+v1h-\d+z)+$/);
    expect(qrOfDigits('9'.repeat(60)).path).to.not.equal(path);
  });

  it('offers no camera where the browser reads no codes', async () => {
    const restore = pretendDetector(() => [], []);
    const { verify } = await opened();
    expect(parts(verify, 'scan-button')).to.deep.equal([]);
    restore();
  });

  for (const [what, code, matches] of [
    ['verifies who shows the same', number, true],
    ['ends it where the other shows another', '7'.repeat(60), false],
  ] as const)
    it(`${what}, by camera`, async () => {
      let inView: readonly string[] = ['https://example.com', '123'];
      const restore = [pretendDetector(() => inView), pretendCamera()];
      const { verify, session } = await opened();
      buttonNamed(verify, 'Scan their code').click();
      await waitUntil(() => parts(verify, 'viewfinder').length > 0);
      const video = part(verify, 'viewfinder');
      await waitUntil(() => video instanceof HTMLVideoElement && video.currentTime > 0);
      expect(session.intents).to.deep.equal([]);
      inView = ['something else', code];
      await waitUntil(() => session.intents.length > 0);
      expect(session.intents).to.deep.equal([{ kind: 'judge-participant', id: 'grace', matches }]);
      await waitUntil(() => parts(verify, 'viewfinder').length === 0);
      expect(video).to.have.property('srcObject', null);
      for (const undo of restore) undo();
    });

  it('lets go of the camera when it is stopped, and says so where there is none', async () => {
    const restore = [pretendDetector(() => []), pretendCamera()];
    const { verify } = await opened();
    buttonNamed(verify, 'Scan their code').click();
    await waitUntil(() => parts(verify, 'viewfinder').length > 0);
    const video = part(verify, 'viewfinder');
    await waitUntil(() => video instanceof HTMLVideoElement && video.srcObject !== null);
    buttonNamed(verify, 'Stop').click();
    await waitUntil(() => video instanceof HTMLVideoElement && video.srcObject === null);
    restore[1]?.();
    const real = navigator.mediaDevices.getUserMedia;
    navigator.mediaDevices.getUserMedia = () => Promise.reject(new DOMException('no', 'NotFoundError'));
    buttonNamed(verify, 'Scan their code').click();
    await waitUntil(() => verify.shadowRoot?.querySelector('[role=alert]') !== null);
    expect(parts(verify, 'viewfinder')).to.deep.equal([]);
    navigator.mediaDevices.getUserMedia = real;
    restore[0]?.();
  });

  it('asks for no scan of who is verified', async () => {
    const restore = pretendDetector(() => []);
    const { verify, session } = await opened();
    expect(buttonsNamed(verify, 'Scan their code')).to.have.length(1);
    session.set({ people: [person({ protection: 'verified' })] });
    await verify.updateComplete;
    expect(buttonsNamed(verify, 'Scan their code')).to.have.length(0);
    restore();
  });
});
