import { fixture, fixtureCleanup, html, waitUntil } from '@open-wc/testing-helpers';
import { expect } from 'chai';
import '../../../../src/define/reforms-room.ts';
import '../../../../src/define/reforms-file-drop.ts';
import type { Snapshot, Transfer } from '../../../../src/core.ts';
import type { ReformsFileOfferEvent } from '../../../../src/elements/events/file-events.ts';
import type { ReformsErrorEvent } from '../../../../src/elements/events/room-events.ts';
import type { ReformsFileDrop } from '../../../../src/elements/file-drop/file-drop.ts';
import { audit } from '../../../support/audit.ts';
import { fakeSession, person, type FakeSession } from '../../../support/fake-session.ts';
import { buttonNamed, buttonsNamed, part, parts, words } from '../../../support/parts.ts';

const transfer = (id: string, values: Partial<Transfer> = {}): Transfer => ({
  id,
  direction: 'receive',
  peer: 'grace',
  peerName: 'Grace Hopper',
  name: `${id}.pdf`,
  type: 'application/pdf',
  size: 2_000_000,
  bytes: 0,
  bytesPerSecond: 0,
  state: 'offered',
  code: undefined,
  savedBy: undefined,
  ...values,
});

const file = (name: string, size = 3, type = ''): File => new File([new Uint8Array(size)], name, { type });
const inRoom: Partial<Snapshot> = { status: 'connected', people: [person()] };

interface Setting {
  readonly drop: ReformsFileDrop;
  readonly session: FakeSession;
}

async function dropWith(
  values: Partial<Snapshot> = inRoom,
  attributes: readonly string[] = [],
): Promise<Setting> {
  const session = fakeSession(values);
  const drop = await fixture<ReformsFileDrop>(
    html`<reforms-file-drop .session=${session}></reforms-file-drop>`,
  );
  for (const attribute of attributes) {
    const [name = '', value = ''] = attribute.split('=');
    drop.setAttribute(name, value);
  }
  await drop.updateComplete;
  return { drop, session };
}

async function list({ drop, session }: Setting, ...transfers: readonly Transfer[]): Promise<void> {
  session.set({ files: { transfers } });
  await drop.updateComplete;
}

const carrying = (...files: readonly File[]): DataTransfer => {
  const data = new DataTransfer();
  for (const item of files) data.items.add(item);
  return data;
};

/** Files over the element, let go. */
async function dropFiles(drop: ReformsFileDrop, ...files: readonly File[]): Promise<DragEvent> {
  const event = new DragEvent('drop', {
    dataTransfer: carrying(...files),
    bubbles: true,
    composed: true,
    cancelable: true,
  });
  part(drop, 'zone').dispatchEvent(event);
  await drop.updateComplete;
  return event;
}

const drag = (drop: ReformsFileDrop, type: string, dataTransfer: DataTransfer): DragEvent => {
  const event = new DragEvent(type, { dataTransfer, bubbles: true, composed: true, cancelable: true });
  part(drop, 'zone').dispatchEvent(event);
  return event;
};

const sent = (session: FakeSession): readonly (readonly string[])[] =>
  session.intents.flatMap((intent) =>
    intent.kind === 'send-files' ? [intent.files.map(({ name }) => name)] : [],
  );

/** Runs `act` in a browser that has a picker doing `pick`; afterwards it is as before. */
async function withPicker(pick: unknown, act: () => Promise<void>): Promise<void> {
  const before = Object.getOwnPropertyDescriptor(window, 'showSaveFilePicker');
  Object.defineProperty(window, 'showSaveFilePicker', { value: pick, configurable: true, writable: true });
  try {
    await act();
  } finally {
    if (before === undefined) Reflect.deleteProperty(window, 'showSaveFilePicker');
    else Object.defineProperty(window, 'showSaveFilePicker', before);
  }
}

const every: readonly Transfer[] = [
  transfer('sending', { direction: 'send', state: 'moving', bytes: 500_000, bytesPerSecond: 250_000 }),
  transfer('waiting', { direction: 'send' }),
  transfer('sent', { direction: 'send', state: 'completed', bytes: 2_000_000 }),
  transfer('saved', { state: 'completed', bytes: 2_000_000, savedBy: 'picker' }),
  transfer('failed', { direction: 'send', state: 'failed', code: 'peer-gone' }),
  transfer('declined', { direction: 'send', state: 'rejected' }),
  transfer('cancelled', { state: 'cancelled' }),
  transfer('offered'),
];

describe('<reforms-file-drop>', () => {
  afterEach(() => fixtureCleanup());

  for (const theme of ['light', 'dark'] as const)
    it(`passes the accessibility audit with transfers, ${theme}`, async () => {
      const setting = await dropWith(inRoom, ['max-size-mb=1']);
      setting.drop.theme = theme;
      setting.drop.style.setProperty('background', theme === 'dark' ? '#0d1211' : '#ffffff');
      await list(setting, ...every);
      await dropFiles(setting.drop, file('large', 1_000_001));
      expect(await audit(setting.drop)).to.deep.equal([]);
    });

  for (const status of ['idle', 'connecting', 'waiting', 'reconnecting', 'disconnected', 'failed'] as const)
    it(`passes the accessibility audit, says why it takes nothing, and takes nothing while ${status}`, async () => {
      const { drop, session } = await dropWith({ status, problem: { code: 'network', fatal: true } });
      expect(await audit(drop)).to.deep.equal([]);
      expect(part(drop, 'choose').matches(':disabled')).to.equal(true);
      expect(words(part(drop, 'zone')).length).to.be.above(40);
      await dropFiles(drop, file('a.txt'));
      expect(sent(session)).to.deep.equal([]);
      expect(words(part(drop, 'notice'))).not.to.equal('');
    });

  it('has the defaults of a plain place to drop one file', async () => {
    const { drop } = await dropWith();
    expect(drop.multiple).to.equal(false);
    expect(drop.acceptTypes).to.equal('');
    expect(drop.maxSizeMb).to.equal(undefined);
    expect(drop.autoAccept).to.equal(false);
    expect(drop.mode).to.equal('auto');
    expect(drop.name).to.equal('');
    expect(words(part(drop, 'choose'))).to.equal('Choose a file');
  });

  it('says who gets what is dropped', async () => {
    const { drop } = await dropWith({
      status: 'connected',
      people: [person(), person({ id: 'eve', name: '\u202eeve' })],
    });
    expect(words(part(drop, 'zone'))).to.contain('Goes to Grace Hopper and eve');
  });

  describe('taking files', () => {
    it('sends what is dropped to everyone', async () => {
      const { drop, session } = await dropWith(inRoom, ['multiple']);
      const event = await dropFiles(drop, file('a.txt'), file('b.txt'));
      expect(event.defaultPrevented).to.equal(true);
      expect(sent(session)).to.deep.equal([['a.txt', 'b.txt']]);
      expect(parts(drop, 'notice')).to.have.length(0);
    });

    it('sends what is pasted', async () => {
      const { drop, session } = await dropWith();
      const event = new Event('paste', { bubbles: true, composed: true, cancelable: true });
      // Firefox gives a ClipboardEvent made by a script a clipboard of its own.
      Object.defineProperty(event, 'clipboardData', { value: carrying(file('image.png')) });
      part(drop, 'choose').dispatchEvent(event);
      expect(sent(session)).to.deep.equal([['image.png']]);
      expect(event.defaultPrevented).to.equal(true);
    });

    it('leaves dragged and pasted text to the page', async () => {
      const { drop, session } = await dropWith();
      const text = new DataTransfer();
      text.setData('text/plain', 'hello');
      expect(drag(drop, 'dragover', text).defaultPrevented).to.equal(false);
      expect(drag(drop, 'drop', text).defaultPrevented).to.equal(false);
      expect(session.intents).to.deep.equal([]);
    });

    it('shows that files are above it, does not flicker between its children, and stops when they leave', async () => {
      const { drop } = await dropWith();
      drag(drop, 'dragenter', carrying(file('a')));
      expect(drag(drop, 'dragover', carrying(file('a'))).defaultPrevented).to.equal(true);
      await drop.updateComplete;
      expect(drop.matches(':state(dragging)')).to.equal(true);
      expect(words(part(drop, 'zone'))).to.contain('Drop to send it');
      drag(drop, 'dragleave', carrying(file('a')));
      drag(drop, 'dragenter', carrying(file('a')));
      await drop.updateComplete;
      expect(drop.matches(':state(dragging)')).to.equal(true);
      drag(drop, 'dragleave', carrying(file('a')));
      await waitUntil(() => !drop.matches(':state(dragging)'), 'the drag is over');
    });

    it('refuses several files where one is asked for, in words', async () => {
      const { drop, session } = await dropWith();
      await dropFiles(drop, file('a'), file('b'));
      expect(sent(session)).to.deep.equal([]);
      expect(words(part(drop, 'notice'))).to.contain('Only one file at a time');
    });

    it('leaves out what is too large or of the wrong kind, and sends the rest', async () => {
      const { drop, session } = await dropWith(inRoom, ['multiple', 'accept=.pdf', 'max-size-mb=1']);
      await dropFiles(drop, file('good.pdf'), file('big.pdf', 1_000_001), file('photo.png'));
      expect(sent(session)).to.deep.equal([['good.pdf']]);
      expect(words(part(drop, 'notice'))).to.contain('“big.pdf” is too large');
      expect(words(part(drop, 'notice'))).to.contain('“photo.png” is not of a kind');
      buttonNamed(drop, 'Dismiss').click();
      await drop.updateComplete;
      expect(parts(drop, 'notice')).to.have.length(0);
    });

    it('follows accept when it changes', async () => {
      const { drop, session } = await dropWith();
      drop.setAttribute('accept', 'image/*');
      await dropFiles(drop, file('a.txt', 1, 'text/plain'));
      expect(sent(session)).to.deep.equal([]);
      drop.removeAttribute('accept');
      await dropFiles(drop, file('a.txt', 1, 'text/plain'));
      expect(sent(session)).to.deep.equal([['a.txt']]);
    });

    it('says that nobody is here and keeps nothing', async () => {
      const { drop, session } = await dropWith({ status: 'waiting' });
      const errors: ReformsErrorEvent[] = [];
      drop.addEventListener('reforms-error', (event) => errors.push(event));
      await dropFiles(drop, file('a'));
      expect(words(part(drop, 'notice'))).to.contain('Nobody is here');
      expect(errors.map(({ code }) => code)).to.deep.equal(['peer-gone']);
      session.set(inRoom);
      await drop.updateComplete;
      expect(sent(session)).to.deep.equal([]);
    });

    it('takes nothing while disabled', async () => {
      const { drop, session } = await dropWith(inRoom, ['disabled']);
      await dropFiles(drop, file('a'));
      expect(session.intents).to.deep.equal([]);
      expect(part(drop, 'choose').matches(':disabled')).to.equal(true);
    });

    it('refuses uploads in words, because there is no place for them', async () => {
      const { drop, session } = await dropWith(inRoom, ['mode=upload']);
      await dropFiles(drop, file('a'));
      expect(session.intents).to.deep.equal([]);
      expect(words(part(drop, 'notice'))).to.contain('no place for them');
    });
  });

  describe('send()', () => {
    it('sends to everyone, or to those named', async () => {
      const { drop, session } = await dropWith();
      const one = file('a');
      await drop.send([one]);
      await drop.send([one], { to: ['grace'] });
      expect(session.intents).to.deep.equal([
        { kind: 'send-files', files: [one], to: undefined },
        { kind: 'send-files', files: [one], to: ['grace'] },
      ]);
    });

    for (const [what, values, attributes, to, code] of [
      ['outside', { status: 'idle' }, [], undefined, 'not-joined'],
      ['when nobody is there', { status: 'waiting' }, [], undefined, 'peer-gone'],
      ['when the one named is not there', inRoom, [], ['eve'], 'peer-gone'],
      ['beyond the size', inRoom, ['max-size-mb=0.000001'], undefined, 'file-too-large'],
      ['for uploads', inRoom, ['mode=upload'], undefined, 'no-server'],
    ] as const)
      it(`rejects with ${code} ${what}`, async () => {
        const { drop, session } = await dropWith(values, attributes);
        const error = await drop.send([file('a')], to === undefined ? {} : { to }).then(
          () => undefined,
          (reason: { code: unknown }) => reason,
        );
        expect(error?.code).to.equal(code);
        expect(session.intents).to.deep.equal([]);
      });
  });

  describe('offers', () => {
    it('are shown first, with who, what and how large', async () => {
      const setting = await dropWith();
      await list(setting, ...every.toReversed());
      const [first] = parts(setting.drop, 'transfer');
      expect(first === undefined ? '' : words(first)).to.match(
        /^offered\.pdf Grace Hopper wants to send you this · 2 MB Save/,
      );
    });

    it('are saved where there is no picker, or where it may not open', async () => {
      const refused = () => Promise.reject(new DOMException('', 'SecurityError'));
      for (const pick of [undefined, refused]) {
        await withPicker(pick, async () => {
          const setting = await dropWith();
          await list(setting, transfer('a'));
          await setting.drop.accept('a');
          expect(setting.session.intents).to.deep.equal([
            { kind: 'accept-file', id: 'a', handle: undefined },
          ]);
        });
      }
    });

    it('are saved where the person says', async () => {
      const handle = await (await navigator.storage.getDirectory()).getFileHandle('a.pdf', { create: true });
      const asked: unknown[] = [];
      const pick = (options: unknown): Promise<FileSystemFileHandle> => {
        asked.push(options);
        return Promise.resolve(handle);
      };
      await withPicker(pick, async () => {
        const setting = await dropWith();
        await list(setting, transfer('a'));
        buttonNamed(setting.drop, 'Save as…: a.pdf').click();
        await waitUntil(() => setting.session.intents.length > 0, 'accepted');
        expect(asked).to.deep.equal([{ suggestedName: 'a.pdf' }]);
        expect(setting.session.intents).to.deep.equal([{ kind: 'accept-file', id: 'a', handle }]);
      });
    });

    it('stay when the picker is dismissed', async () => {
      await withPicker(
        () => Promise.reject(new DOMException('', 'AbortError')),
        async () => {
          const setting = await dropWith();
          await list(setting, transfer('a'));
          await setting.drop.accept('a');
          expect(setting.session.intents).to.deep.equal([]);
          expect(buttonsNamed(setting.drop, 'Save as…')).to.have.length(1);
        },
      );
    });

    it('are declined', async () => {
      const setting = await dropWith();
      await list(setting, transfer('a'));
      buttonNamed(setting.drop, 'Decline: a.pdf').click();
      expect(setting.session.intents).to.deep.equal([{ kind: 'reject-file', id: 'a' }]);
    });

    it('do not take the second click of a double click for a change of mind', async () => {
      const setting = await dropWith();
      await list(setting, transfer('a', { state: 'moving' }));
      buttonNamed(setting.drop, 'Cancel').dispatchEvent(
        new MouseEvent('click', { detail: 2, bubbles: true }),
      );
      expect(setting.session.intents).to.deep.equal([]);
    });

    it('keep the keyboard in the element when the pressed button is gone', async () => {
      const setting = await dropWith();
      await list(setting, transfer('a'));
      buttonNamed(setting.drop, 'Decline').focus();
      await list(setting, transfer('a', { state: 'rejected' }));
      expect(document.activeElement).to.equal(setting.drop);
    });

    it('are asked about by a cancelable event that reaches the page', async () => {
      const { drop, session } = await dropWith();
      const heard: ReformsFileOfferEvent[] = [];
      document.body.addEventListener('reforms-file-offer', (event) => heard.push(event), { once: true });
      session.tell({ kind: 'file-offered', transfer: transfer('a') });
      session.tell({ kind: 'file-offered', transfer: transfer('mine', { direction: 'send' }) });
      expect(
        heard.map(({ transfer: { id }, cancelable, target }) => [id, cancelable, target === drop]),
      ).to.deep.equal([['a', true, true]]);
      expect(session.intents).to.deep.equal([]);
    });

    it('are left to a page that prevents the default', async () => {
      const setting = await dropWith(inRoom, ['auto-accept']);
      setting.drop.addEventListener('reforms-file-offer', (event) => event.preventDefault());
      setting.session.tell({ kind: 'file-offered', transfer: transfer('a') });
      await list(setting, transfer('a'));
      expect(setting.session.intents).to.deep.equal([]);
      expect(parts(setting.drop, 'transfer')).to.have.length(0);
      setting.drop.reject('a');
      expect(setting.session.intents).to.deep.equal([{ kind: 'reject-file', id: 'a' }]);
    });

    it('are taken unasked with auto-accept, within what is accepted, and otherwise asked about', async () => {
      const { drop, session } = await dropWith(inRoom, ['auto-accept', 'accept=.pdf', 'max-size-mb=3']);
      session.tell({ kind: 'file-offered', transfer: transfer('good') });
      session.tell({ kind: 'file-offered', transfer: transfer('large', { size: 4_000_000 }) });
      session.tell({ kind: 'file-offered', transfer: transfer('other', { name: 'run.exe' }) });
      expect(session.intents).to.deep.equal([{ kind: 'accept-file', id: 'good', handle: undefined }]);
      expect(drop.autoAccept).to.equal(true);
    });

    it('reject ids that nobody knows', async () => {
      const { drop } = await dropWith();
      const codeOf = (error: { readonly code: unknown }): unknown => error.code;
      expect(await drop.accept('nope').then(() => undefined, codeOf)).to.equal('unknown-transfer');
      expect(() => drop.reject('nope')).to.throw('unknown-transfer');
      expect(() => drop.cancel('nope')).to.throw('unknown-transfer');
    });
  });

  describe('transfers', () => {
    it('show progress, speed and time left', async () => {
      const setting = await dropWith();
      await list(setting, transfer('a', { state: 'moving', bytes: 500_000, bytesPerSecond: 150_000 }));
      const progress = part(setting.drop, 'progress');
      expect(progress instanceof HTMLProgressElement && progress.position).to.equal(0.25);
      expect(progress.getAttribute('aria-label')).to.contain('a.pdf');
      expect(words(part(setting.drop, 'transfer'))).to.contain('25% of 2 MB · 150 kB/s · 10 seconds left');
    });

    it('can be cancelled on both sides, and only while they are not over', async () => {
      const setting = await dropWith();
      await list(
        setting,
        transfer('in', { state: 'moving' }),
        transfer('out', { direction: 'send', state: 'moving' }),
        transfer('done', { direction: 'send', state: 'completed' }),
      );
      for (const id of ['in', 'out']) buttonNamed(setting.drop, `Cancel: ${id}.pdf`).click();
      setting.drop.cancel('done');
      expect(setting.session.intents).to.deep.equal([
        { kind: 'cancel-file', id: 'in' },
        { kind: 'cancel-file', id: 'out' },
      ]);
    });

    it('say in words why they failed', async () => {
      const setting = await dropWith();
      await list(setting, transfer('a', { state: 'failed', code: 'file-chunk' }));
      expect(words(part(setting.drop, 'state'))).to.contain('damaged on the way');
      expect(buttonsNamed(setting.drop, 'Send again')).to.have.length(0);
    });

    it('can be sent again when they failed, to the same person', async () => {
      const setting = await dropWith();
      const mine = file('a.pdf', 5);
      await dropFiles(setting.drop, mine);
      const failed = { direction: 'send', state: 'failed', code: 'peer-gone', size: 5 } as const;
      await list(setting, transfer('a', failed), transfer('unknown', failed));
      expect(buttonsNamed(setting.drop, 'Send again')).to.have.length(1);
      buttonNamed(setting.drop, 'Send again: a.pdf').click();
      await setting.drop.updateComplete;
      expect(setting.session.intents.at(-1)).to.deep.equal({
        kind: 'send-files',
        files: [mine],
        to: ['grace'],
      });
      expect(parts(setting.drop, 'transfer')).to.have.length(1);
    });

    it('cannot be sent again to someone who is gone', async () => {
      const setting = await dropWith();
      await dropFiles(setting.drop, file('a.pdf', 5));
      setting.session.set({ status: 'waiting', people: [] });
      await list(setting, transfer('a', { direction: 'send', state: 'failed', code: 'peer-gone', size: 5 }));
      expect(buttonsNamed(setting.drop, 'Send again')).to.have.length(0);
    });

    it('leave the list when they are over and the person clears it', async () => {
      const setting = await dropWith();
      await list(setting, ...every);
      buttonNamed(setting.drop, 'Clear list').click();
      await setting.drop.updateComplete;
      expect(parts(setting.drop, 'transfer')).to.have.length(3);
    });

    it('never widen the box, and keep the end of a long name in view', async () => {
      const setting = await dropWith();
      setting.drop.style.setProperty('inline-size', '280px');
      await list(
        setting,
        ...every,
        transfer('a', { name: `${'long '.repeat(50)}.exe`, peerName: 'b'.repeat(64) }),
      );
      expect(part(setting.drop, 'base').scrollWidth).to.be.at.most(280);
      const [name] = parts(setting.drop, 'name');
      const end = [...(name?.querySelectorAll('span') ?? [])].at(-1);
      expect(end?.textContent).to.equal('.exe');
      expect(end?.getBoundingClientRect().right).to.be.at.most(
        part(setting.drop, 'list').getBoundingClientRect().right,
      );
    });
  });

  describe('events', () => {
    it('tell of progress and of every end', async () => {
      const setting = await dropWith();
      const heard: string[] = [];
      setting.drop.addEventListener('reforms-file-progressed', ({ transfer: { id } }) =>
        heard.push(`progressed ${id}`),
      );
      setting.drop.addEventListener('reforms-file-completed', ({ transfer: { id } }) =>
        heard.push(`completed ${id}`),
      );
      setting.drop.addEventListener('reforms-file-failed', ({ transfer: { id }, code }) =>
        heard.push(`failed ${id} ${code}`),
      );
      await list(setting, transfer('a'), transfer('b'), transfer('c'), transfer('d'));
      const { session } = setting;
      session.tell({ kind: 'file-progressed', id: 'a', bytes: 1, bytesPerSecond: 1 });
      session.tell({ kind: 'file-completed', id: 'a', savedBy: 'download' });
      session.tell({ kind: 'file-failed', id: 'b', code: 'file-hash' });
      session.tell({ kind: 'file-rejected', id: 'c' });
      session.tell({ kind: 'file-cancelled', id: 'd', by: 'peer' });
      session.tell({ kind: 'file-completed', id: 'unknown', savedBy: 'download' });
      expect(heard).to.deep.equal([
        'progressed a',
        'completed a',
        'failed b file-hash',
        'failed c file-rejected',
        'failed d file-cancelled',
      ]);
    });
  });

  describe('in a form', () => {
    async function inForm(
      values: Partial<Snapshot> = inRoom,
      required = false,
    ): Promise<Setting & { readonly form: HTMLFormElement }> {
      const session = fakeSession(values);
      const form = await fixture<HTMLFormElement>(
        html`<form>
          <fieldset>
            <reforms-file-drop
              name="homework"
              multiple
              ?required=${required}
              .session=${session}
            ></reforms-file-drop>
          </fieldset>
        </form>`,
      );
      const drop = form.querySelector('reforms-file-drop');
      if (drop === null) throw new Error('no drop');
      await drop.updateComplete;
      return { form, drop, session };
    }
    const submitted = (form: HTMLFormElement): readonly string[] =>
      new FormData(form).getAll('homework').map((entry) => (entry instanceof File ? entry.name : entry));

    it('gives the chosen files to the form, also when nobody is there', async () => {
      const { form, drop, session } = await inForm({ status: 'waiting' });
      expect(drop.form).to.equal(form);
      expect(submitted(form)).to.deep.equal([]);
      await dropFiles(drop, file('a.txt'));
      await dropFiles(drop, file('b.txt'));
      expect(submitted(form)).to.deep.equal(['a.txt', 'b.txt']);
      expect(sent(session)).to.deep.equal([]);
      expect(parts(drop, 'notice')).to.have.length(0);
      expect(await audit(drop)).to.deep.equal([]);
    });

    it('lets the person take a file out again', async () => {
      const { form, drop } = await inForm();
      await dropFiles(drop, file('a.txt'), file('b.txt'));
      buttonNamed(drop, 'Remove a.txt').click();
      await drop.updateComplete;
      expect(submitted(form)).to.deep.equal(['b.txt']);
    });

    it('is empty again after a reset', async () => {
      const { form, drop } = await inForm();
      await dropFiles(drop, file('a.txt'));
      form.reset();
      await drop.updateComplete;
      expect(submitted(form)).to.deep.equal([]);
      expect(parts(drop, 'chosen')).to.have.length(0);
    });

    it('asks for a file where one is required', async () => {
      const { form, drop } = await inForm(inRoom, true);
      expect(form.checkValidity()).to.equal(false);
      expect(drop.validity.valueMissing).to.equal(true);
      expect(drop.validationMessage).not.to.equal('');
      await dropFiles(drop, file('a.txt'));
      expect(form.checkValidity()).to.equal(true);
    });

    it('is disabled with its fieldset', async () => {
      const { form, drop, session } = await inForm();
      form.querySelector('fieldset')?.setAttribute('disabled', '');
      await drop.updateComplete;
      await dropFiles(drop, file('a.txt'));
      expect(sent(session)).to.deep.equal([]);
      expect(submitted(form)).to.deep.equal([]);
    });

    it('submits nothing without a name', async () => {
      const { form, drop } = await inForm();
      drop.removeAttribute('name');
      await drop.updateComplete;
      await dropFiles(drop, file('a.txt'));
      expect([...new FormData(form).keys()]).to.deep.equal([]);
    });
  });

  it('offers to join where it stands alone, and leaves it to the room where there is one', async () => {
    const { drop, session } = await dropWith({ status: 'idle' });
    buttonNamed(drop, 'Join').click();
    expect(session.intents).to.deep.equal([{ kind: 'join' }]);
    const room = await fixture(
      html`<reforms-room .session=${fakeSession()}><reforms-file-drop></reforms-file-drop></reforms-room>`,
    );
    const inside = room.querySelector('reforms-file-drop');
    if (inside === null) throw new Error('no drop');
    await inside.updateComplete;
    expect(buttonsNamed(inside, 'Join')).to.have.length(0);
  });
});
