import { expect } from 'chai';
import type { FileMessage } from '../../../../src/core/crypto/index.ts';
import { flipped } from '../../../support/crypto.ts';
import type { HandoverOptions } from './support.ts';
import { fileOf, handOver, isOver, settled, until } from './support.ts';

const size = 200_000;

/** What a receiver makes of a sender that bends its messages. */
async function outcome(options: HandoverOptions): Promise<unknown> {
  const { run, got, sink } = await handOver(fileOf(size), options);
  await run();
  await until(() => sink.state !== 'open');
  expect(sink.state).to.equal('aborted');
  expect(got.some(({ kind }) => kind === 'completed')).to.equal(false);
  return got.at(-1);
}

/** Bends the message with chunk `index` in front, passes the others. */
const at = (index: number, bend: (message: FileMessage) => readonly FileMessage[]): HandoverOptions => ({
  bend: (message) => (message.index === index ? bend(message) : [message]),
});
const chunks = ({ chunks: sealed }: FileMessage): readonly Uint8Array<ArrayBuffer>[] => sealed;

const failure = { kind: 'failed', code: 'file-chunk', tell: 'file-chunk' };

describe('a file from someone hostile', () => {
  it('fails at a message left out', async () => {
    expect(await outcome(at(3, () => []))).to.deep.equal(failure);
  });

  it('fails at a message sent twice', async () => {
    expect(await outcome(at(3, (message) => [message, message]))).to.deep.equal(failure);
  });

  it('fails at an index that skips', async () => {
    expect(await outcome(at(3, (message) => [{ ...message, index: 4 }]))).to.deep.equal(failure);
    expect(await outcome(at(3, (message) => [{ ...message, index: 0xffff_ffff }]))).to.deep.equal(failure);
  });

  it('fails at chunks that changed places', async () => {
    const swap = (message: FileMessage): readonly FileMessage[] => [
      { ...message, chunks: [...chunks(message)].reverse() },
    ];
    expect(await outcome(at(0, swap))).to.deep.equal(failure);
    expect(await outcome(at(6, swap))).to.deep.equal(failure);
  });

  it('fails at one flipped bit, in text or tag, in the first chunk or a later one', async () => {
    for (const [index, place] of [
      [0, 0],
      [0, 16_399],
      [6, 5],
      [6, 16_384],
    ] as const) {
      const flip = (message: FileMessage): readonly FileMessage[] => [
        {
          ...message,
          chunks: chunks(message).map((chunk, which) => (which === 0 ? flipped(chunk, place) : chunk)),
        },
      ];
      expect(await outcome(at(index, flip))).to.deep.equal(failure);
    }
  });

  it('fails at a chunk cut short', async () => {
    const cut = (message: FileMessage): readonly FileMessage[] => [
      { ...message, chunks: chunks(message).map((chunk) => chunk.subarray(0, 100)) },
    ];
    expect(await outcome(at(0, cut))).to.deep.equal(failure);
    expect(await outcome(at(3, cut))).to.deep.equal(failure);
  });

  it('fails at a chunk that is too long, and at one that is empty', async () => {
    const resize =
      (length: number) =>
      (message: FileMessage): readonly FileMessage[] => [{ ...message, chunks: [new Uint8Array(length)] }];
    for (const length of [0, 15, 16_401, 65_536]) {
      for (const index of [0, 3])
        expect(await outcome(at(index, resize(length)))).to.have.property('kind', 'failed');
    }
  });

  it('fails at a last chunk that is not short', async () => {
    const long = (message: FileMessage): readonly FileMessage[] => [
      { ...message, chunks: [...chunks(message).slice(0, -1), new Uint8Array(16_400)] },
    ];
    expect(await outcome(at(12, long))).to.have.property('kind', 'failed');
  });

  it('fails at data after the end', async () => {
    const more = (message: FileMessage): readonly FileMessage[] => {
      const last = message.index + message.chunks.length;
      return [message, { ...message, index: last, chunks: [new Uint8Array(100)] }];
    };
    expect(await outcome(at(12, more))).to.deep.equal(failure);
  });

  it('fails when the container says something else than the offer', async () => {
    for (const offer of [{ name: 'other.txt' }, { size: size + 1 }, { size: 0 }, { type: 'image/png' }])
      expect(await outcome({ offer })).to.deep.equal(failure);
  });

  it('fails when someone sends more than was asked for, before it fills the memory', async () => {
    const { receiver, got, sink, sending } = await handOver(fileOf(60_000_000), { bend: () => [] });
    sink.gate = new Promise(() => {});
    await until(() => got.some(({ kind }) => kind === 'ready'));
    sending.abort();
    const chunk = new Uint8Array(16_400);
    for (let index = 0; index < 2_000; index += 1) receiver.push(index, [chunk]);
    await until(() => isOver(got));
    expect(got.at(-1)).to.deep.equal(failure);
  });

  it('says one thing at the end and nothing after it', async () => {
    const { run, got, receiver } = await handOver(
      fileOf(size),
      at(3, () => []),
    );
    await run();
    const words = got.length;
    receiver.push(0, [new Uint8Array(100)]);
    receiver.push(6, []);
    await settled();
    expect(got.length).to.equal(words);
  });
});
