import { expect } from 'chai';
import fc from 'fast-check';
import { concat, u64 } from '../../../../src/core/crypto/bytes.ts';
import { createChannel, createSignalSeal } from '../../../../src/core/crypto/channel.ts';
import { loadSodium } from '../../../../src/core/crypto/index.ts';
import { L } from '../../../../src/core/crypto/labels.ts';
import { replayWindow, strictOrder } from '../../../../src/core/crypto/replay.ts';
import { bytes, filled, reasonOf, valueOf } from '../../../support/crypto.ts';

const sodium = await loadSodium();
const one = { sodium, connectionId: 'c', send: filled(32, 1), receive: filled(32, 2) };
const two = { sodium, connectionId: 'c', send: filled(32, 2), receive: filled(32, 1) };

describe('the replay window', () => {
  it('takes each counter once and none older than 63 behind, as a plain list would', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: 200 }), { maxLength: 300 }), (counters) => {
        const window = replayWindow();
        const taken: number[] = [];
        for (const counter of counters) {
          const fresh = !taken.includes(counter) && counter > Math.max(-1, ...taken) - 64;
          expect(window.fresh(counter)).to.equal(fresh);
          if (fresh) {
            window.accept(counter);
            taken.push(counter);
          }
        }
      }),
      { seed: 6 },
    );
  });

  it('is not moved by a counter that was only asked about', () => {
    const window = replayWindow();
    expect(window.fresh(1000)).to.equal(true);
    expect(window.fresh(0)).to.equal(true);
  });
});

describe('strict order', () => {
  it('takes only what is higher than all before', () => {
    const order = strictOrder();
    const taken = [0, 1, 1, 5, 3, 6].filter((counter) => {
      const fresh = order.fresh(counter);
      if (fresh) order.accept(counter);
      return fresh;
    });
    expect(taken).to.deep.equal([0, 1, 5, 6]);
  });
});

describe('the control channel', () => {
  it('opens frames in order and never an older one', () => {
    const sender = createChannel(one);
    const receiver = createChannel(two);
    const frames = [0, 1, 2].map((value) => sender.seal(bytes(value)));
    const [first, second, third] = frames;
    if (!first || !second || !third) throw new Error('no frames');
    expect(first).to.have.length(1 + 25);
    expect(valueOf(receiver.open(first))).to.deep.equal(bytes(0));
    expect(valueOf(receiver.open(third))).to.deep.equal(bytes(2));
    expect(reasonOf(receiver.open(second))).to.equal('replay');
    expect(reasonOf(receiver.open(third))).to.equal('replay');
    expect(valueOf(receiver.open(sender.seal(bytes())))).to.deep.equal(bytes());
  });

  it('refuses what is no frame', () => {
    const receiver = createChannel(two);
    const frame = createChannel(one).seal(bytes(1));
    expect(reasonOf(receiver.open(bytes()))).to.equal('bad-frame');
    expect(reasonOf(receiver.open(frame.slice(0, 24)))).to.equal('bad-frame');
    expect(reasonOf(receiver.open(concat(bytes(2), frame.slice(1))))).to.equal('bad-frame');
    expect(reasonOf(receiver.open(concat(bytes(1), filled(8, 0xff), frame.slice(9))))).to.equal('replay');
    expect(reasonOf(receiver.open(concat(bytes(1), u64(7), frame.slice(9))))).to.equal('decrypt');
    expect(valueOf(receiver.open(frame))).to.deep.equal(bytes(1));
  });

  it('binds a frame to its counter, its connection and its purpose', () => {
    const nonce = concat(filled(4, 0), u64(3));
    const made = (label: string) =>
      concat(bytes(1), u64(3), sodium.seal(filled(32, 1), nonce, L(label, bytes(0x63)), bytes(9)));
    expect(valueOf(createChannel(two).open(made('ctl')))).to.deep.equal(bytes(9));
    expect(valueOf(createSignalSeal(two).open(made('sig')))).to.deep.equal(bytes(9));
    expect(reasonOf(createChannel(two).open(made('sig')))).to.equal('decrypt');
    expect(reasonOf(createSignalSeal(two).open(made('ctl')))).to.equal('decrypt');
    expect(reasonOf(createChannel({ ...two, connectionId: 'd' }).open(made('ctl')))).to.equal('decrypt');
  });
});

describe('sealed frames by the server', () => {
  it('open in any order within the window, each once', () => {
    const sender = createSignalSeal(one);
    const receiver = createSignalSeal(two);
    const frames = Array.from({ length: 70 }, (_, value) => sender.seal(bytes(value)));
    const at = (index: number) => frames[index] ?? bytes();
    expect(valueOf(receiver.open(at(69)))).to.deep.equal(bytes(69));
    expect(valueOf(receiver.open(at(6)))).to.deep.equal(bytes(6));
    expect(reasonOf(receiver.open(at(5)))).to.equal('replay');
    expect(valueOf(receiver.open(at(40)))).to.deep.equal(bytes(40));
    expect(reasonOf(receiver.open(at(40)))).to.equal('replay');
    expect(reasonOf(receiver.open(at(69)))).to.equal('replay');
  });
});
