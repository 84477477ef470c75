import { expect } from 'chai';
import type { SessionStatus, Transfer } from '../../../../src/core/session/snapshot.ts';
import { arrange } from '../../../../src/elements/file-drop/arrange.ts';
import { splitName } from '../../../../src/elements/file-drop/file-name.ts';
import { KeptFiles } from '../../../../src/elements/file-drop/kept-files.ts';
import { zoneOf } from '../../../../src/elements/file-drop/zone.ts';

const transfer = (id: string, values: Partial<Transfer> = {}): Transfer => ({
  id,
  direction: 'send',
  peer: 'ann',
  peerName: 'Ann',
  name: 'a.pdf',
  type: '',
  size: 3,
  bytes: 0,
  bytesPerSecond: 0,
  state: 'completed',
  code: undefined,
  savedBy: undefined,
  ...values,
});
const file = (name: string, size = 3): File => new File([new Uint8Array(size)], name);

describe('zoneOf', () => {
  const zone = (status: SessionStatus, people = 0, inForm = false, disabled = false) =>
    zoneOf({
      status,
      people: Array.from({ length: people }, (_, at) => ({ id: `p${at}` })),
      inForm,
      disabled,
    });

  for (const [status, people, note, canSend, canJoin] of [
    ['idle', 0, 'outside', false, true],
    ['connecting', 0, 'connecting', false, false],
    ['waiting', 0, 'waiting', false, false],
    ['connected', 1, undefined, true, false],
    ['connected', 0, 'waiting', false, false],
    ['reconnecting', 1, 'reconnecting', false, false],
    ['disconnected', 0, 'left', false, true],
    ['failed', 0, 'failed', false, true],
  ] as const)
    it(`${canSend ? 'sends' : 'does not send'} while ${status} with ${people} others`, () => {
      expect(zone(status, people)).to.deep.equal({ note, canSend, canTake: canSend, canJoin });
    });

  it('takes files for a form whoever is there, but not while disabled', () => {
    expect(zone('waiting', 0, true).canTake).to.equal(true);
    expect(zone('waiting', 0, true, true).canTake).to.equal(false);
    expect(zone('connected', 1, false, true).canSend).to.equal(false);
  });
});

describe('arrange', () => {
  it('puts what asks for an answer first, then the latest, without the hidden', () => {
    const asks = { direction: 'receive', state: 'offered' } as const;
    const all = [transfer('a'), transfer('b', asks), transfer('c'), transfer('d', asks), transfer('e')];
    expect(arrange(all, new Set(['c'])).map(({ id }) => id)).to.deep.equal(['d', 'b', 'e', 'a']);
  });
});

describe('splitName', () => {
  for (const [name, stem, end] of [
    ['a.pdf', 'a', '.pdf'],
    ['a.tar.gz', 'a.tar', '.gz'],
    ['photo.jpg.exe', 'photo.jpg', '.exe'],
    ['.bashrc', '.bashrc', ''],
    ['README', 'README', ''],
    ['Mr. Smith', 'Mr. Smith', ''],
    ['a.averyveryverylongend', 'a.averyveryverylongend', ''],
    ['', '', ''],
  ] as const)
    it(`keeps "${end}" of "${name}" in view`, () => {
      expect(splitName(name)).to.deep.equal([stem, end]);
    });
});

describe('KeptFiles', () => {
  it('gives the latest file of the same size and name', () => {
    const kept = new KeptFiles();
    const [first, second] = [file('a.pdf'), file('a.pdf')];
    kept.keep([first, file('b.pdf'), second]);
    expect(kept.fileOf(transfer('x'))).to.equal(second);
  });

  it('knows a name again after it was sanitised', () => {
    const kept = new KeptFiles();
    const odd = file('a: "b"?.pdf');
    kept.keep([odd]);
    expect(kept.fileOf(transfer('x', { name: 'a b.pdf' }))).to.equal(odd);
  });

  it('gives nothing for another size, another name, or what others sent', () => {
    const kept = new KeptFiles();
    kept.keep([file('a.pdf')]);
    expect(kept.fileOf(transfer('x', { size: 4 }))).to.equal(undefined);
    expect(kept.fileOf(transfer('x', { name: 'b.pdf' }))).to.equal(undefined);
    expect(kept.fileOf(transfer('x', { direction: 'receive' }))).to.equal(undefined);
  });

  it('forgets the oldest beyond two hundred', () => {
    const kept = new KeptFiles();
    kept.keep([file('old.pdf')]);
    kept.keep(Array.from({ length: 200 }, (_, index) => file(`${index}`)));
    expect(kept.fileOf(transfer('x', { name: 'old.pdf' }))).to.equal(undefined);
    expect(kept.fileOf(transfer('x', { name: '0' }))?.name).to.equal('0');
  });
});
