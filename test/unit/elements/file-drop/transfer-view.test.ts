import { expect } from 'chai';
import type { Transfer } from '../../../../src/core/session/snapshot.ts';
import { isOver, viewOf } from '../../../../src/elements/file-drop/transfer-view.ts';
import { kindOf } from '../../../../src/elements/file-drop/file-kind.ts';

const transfer = (values: Partial<Transfer>): Transfer => ({
  id: 'transfer-1',
  direction: 'send',
  peer: 'ann',
  peerName: 'Ann',
  name: 'a.pdf',
  type: 'application/pdf',
  size: 1_000,
  bytes: 0,
  bytesPerSecond: 0,
  state: 'offered',
  code: undefined,
  savedBy: undefined,
  ...values,
});

describe('viewOf', () => {
  for (const [direction, state, phrase, actions] of [
    ['send', 'offered', 'offered-to', ['cancel']],
    ['receive', 'offered', 'offered-by', ['save', 'decline']],
    ['send', 'moving', 'sending', ['cancel']],
    ['receive', 'moving', 'receiving', ['cancel']],
    ['send', 'completed', 'sent', []],
    ['receive', 'completed', 'downloaded', []],
    ['send', 'rejected', 'declined-by-them', ['again']],
    ['receive', 'rejected', 'declined-by-you', []],
    ['send', 'cancelled', 'cancelled', ['again']],
    ['receive', 'cancelled', 'cancelled', []],
    ['send', 'failed', 'failed', ['again']],
    ['receive', 'failed', 'failed', []],
  ] as const)
    it(`says ${phrase} of a file to ${direction} that is ${state}`, () => {
      const view = viewOf(transfer({ direction, state }), true);
      expect(view.phrase).to.equal(phrase);
      expect(view.actions).to.deep.equal(actions);
      expect(isOver(transfer({ direction, state }))).to.equal(state !== 'offered' && state !== 'moving');
    });

  it('offers to send again only what is still at hand', () => {
    expect(viewOf(transfer({ state: 'failed' }), false).actions).to.deep.equal([]);
  });

  it('tells a file written by the picker from a download', () => {
    expect(
      viewOf(transfer({ direction: 'receive', state: 'completed', savedBy: 'picker' }), true).phrase,
    ).to.equal('saved');
  });

  it('gives progress from 0 to 1 and the time left', () => {
    const view = viewOf(transfer({ state: 'moving', bytes: 250, bytesPerSecond: 50 }), true);
    expect(view.progress).to.equal(0.25);
    expect(view.secondsLeft).to.equal(15);
  });

  it('gives no estimate while nothing moves, for days, or at the end', () => {
    expect(viewOf(transfer({ state: 'moving', bytes: 1 }), true).secondsLeft).to.equal(undefined);
    expect(viewOf(transfer({ state: 'moving', size: 1e12, bytesPerSecond: 1 }), true).secondsLeft).to.equal(
      undefined,
    );
    expect(viewOf(transfer({ state: 'moving', bytes: 1_000, bytesPerSecond: 9 }), true).secondsLeft).to.equal(
      undefined,
    );
  });

  it('says that it is finishing when all bytes are there and the check is not', () => {
    expect(viewOf(transfer({ state: 'moving', bytes: 1_000 }), true).phrase).to.equal('finishing');
  });

  it('does not divide by the size of an empty file', () => {
    expect(viewOf(transfer({ state: 'moving', size: 0 }), true).progress).to.equal(0);
  });
});

describe('kindOf', () => {
  for (const [name, type, kind] of [
    ['a.PNG', '', 'image'],
    ['a.tar.gz', '', 'archive'],
    ['report.docx', 'application/octet-stream', 'text'],
    ['a.pdf.exe', 'application/pdf', 'other'],
    ['photo', 'image/heic', 'image'],
    ['sheet', 'application/vnd.oasis.opendocument.spreadsheet', 'table'],
    ['noextension', '', 'other'],
    ['', '', 'other'],
  ] as const)
    it(`puts "${name}" of type "${type}" with ${kind}`, () => {
      expect(kindOf(name, type)).to.equal(kind);
    });
});
