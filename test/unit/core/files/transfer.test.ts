import { expect } from 'chai';
import {
  fileOf,
  handOver,
  isOver,
  lastKind,
  pattern,
  sameBytes,
  settled,
  StandingClock,
  turn,
  until,
} from './support.ts';
import { windowBytes } from '../../../../src/core/files/send.ts';

describe('a file from one person to another', () => {
  for (const size of [0, 1, 900, 16_383, 16_384, 16_385, 49_152, 1_048_577]) {
    it(`arrives whole with ${size} bytes`, async () => {
      const { run, sink, sent, got } = await handOver(fileOf(size));
      await run();
      expect(got.at(-1)).to.deep.equal({ kind: 'completed', savedBy: 'download' });
      expect(sent.at(-1)).to.deep.equal({ kind: 'completed' });
      expect(sink.state).to.equal('closed');
      expect(sameBytes(await sink.bytes(), pattern(size))).to.equal(true);
    });
  }

  it('arrives whole from every length around the end of the first chunk', async () => {
    for (const size of [16_250, 16_270, 16_280, 16_290, 16_300, 16_310]) {
      const { run, sink, got } = await handOver(fileOf(size));
      await run();
      expect(lastKind(got)).to.equal('completed');
      expect(sameBytes(await sink.bytes(), pattern(size))).to.equal(true);
    }
  });

  it('moves 64 MiB with few bytes in the channel, in the window and in each write', async () => {
    const size = 67_108_864;
    const { wire, sink, run, got } = await handOver(fileOf(size));
    await run();
    expect(lastKind(got)).to.equal('completed');
    expect(sink.size).to.equal(size);
    expect(wire.fullest).to.be.below(4_194_304 + 65_536);
    expect(sink.largestWrite).to.be.below(1_048_576 + 16_385);
    const words = got.filter(({ kind }) => kind === 'received').length;
    expect(words).to.be.within(60, 900);
  });

  it('waits for the channel to empty before it reads on', async () => {
    const { wire, sent } = await handOver(fileOf(20_000_000));
    await until(() => wire.fileBacklog >= 4_194_304);
    await settled();
    expect(wire.fullest).to.be.below(4_194_304 + 65_536);
    expect(isOver(sent)).to.equal(false);
    wire.flow();
    const before = wire.messages;
    await until(() => wire.messages > before);
  });

  it('is never further ahead of a slow disk than the window', async () => {
    let open: () => void = () => {};
    const { wire, sink, run, got } = await handOver(fileOf(30_000_000));
    sink.gate = new Promise((resolve) => {
      open = resolve;
    });
    while (wire.messages * 49_152 < windowBytes) {
      wire.flow();
      await turn();
    }
    for (let turns = 0; turns < 300; turns += 1) {
      wire.flow();
      await turn();
    }
    expect(wire.messages * 49_152).to.be.within(windowBytes, windowBytes + 49_152);
    expect(sink.size).to.equal(0);
    open();
    sink.gate = undefined;
    await run();
    expect(lastKind(got)).to.equal('completed');
    expect(sameBytes(await sink.bytes(), pattern(30_000_000))).to.equal(true);
  });

  it('tells both sides how far it is, again and again, and never backwards', async () => {
    const clock = new StandingClock();
    const { run, sent, got } = await handOver(fileOf(20_000_000), { clock });
    const ticks = until(() => {
      clock.go(60);
      return isOver(sent);
    });
    await Promise.all([run(), ticks]);
    for (const reports of [sent, got]) {
      const bytes = reports.flatMap((report) => (report.kind === 'progressed' ? [report.bytes] : []));
      expect(bytes.length).to.be.above(1);
      expect([...bytes].sort((a, b) => a - b)).to.deep.equal(bytes);
      expect(bytes.at(-1)).to.be.at.most(20_000_000);
    }
  });

  it('keeps what it promised about its name when the name is hostile', async () => {
    const names = [
      '../../etc/passwd',
      'a\u202egnp.exe',
      '',
      '..',
      'x'.repeat(4_000),
      'e\u200b\u0301.txt',
      'CON',
      '\ud800',
    ];
    for (const name of names) {
      const { run, got } = await handOver(fileOf(10, name));
      await run();
      expect(lastKind(got)).to.equal('completed');
    }
  });

  it('arrives whatever its type is said to be', async () => {
    for (const type of ['', 'text/plain;charset=utf-8', 'nonsense', `a/${'b'.repeat(200)}`]) {
      const { run, got } = await handOver(fileOf(10, 'a.txt', type));
      await run();
      expect(lastKind(got)).to.equal('completed');
    }
  });

  it('ends without a word when the sender cancels, wherever it is', async () => {
    for (const messages of [0, 1, 20, 60]) {
      const { wire, sending, sent } = await handOver(fileOf(3_000_000));
      await until(() => wire.messages >= messages);
      sending.abort();
      const before = wire.messages;
      const words = sent.length;
      await settled();
      expect(wire.messages).to.equal(before);
      expect(sent.length).to.equal(words);
    }
  });

  it('throws away what was written when the receiver cancels, wherever it is', async () => {
    for (const messages of [0, 1, 20, 60]) {
      const { wire, receiving, got, sink } = await handOver(fileOf(3_000_000));
      await until(() => {
        wire.flow();
        return wire.messages >= messages;
      });
      receiving.abort();
      const words = got.length;
      wire.flow();
      await settled();
      expect(sink.state).to.equal('aborted');
      expect(got.length).to.equal(words);
    }
  });

  it('throws away a sink that opens only after the receiver has cancelled', async () => {
    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const { sink, receiving, got } = await handOver(fileOf(10), {
      openSink: async () => {
        await gate;
        return sink;
      },
    });
    receiving.abort();
    open();
    await until(() => sink.state === 'aborted');
    expect(got).to.deep.equal([]);
  });

  it('fails with `peer-gone` when the channel ends', async () => {
    const { wire, sent } = await handOver(fileOf(20_000_000));
    await until(() => wire.fileBacklog >= 4_194_304);
    wire.cut();
    await until(() => isOver(sent));
    expect(sent.at(-1)).to.deep.equal({ kind: 'failed', code: 'peer-gone', tell: undefined });
  });

  it('fails with `file-unwritable` when the disk is full, and keeps nothing', async () => {
    const { run, sink, got } = await handOver(fileOf(3_000_000));
    sink.full = true;
    await run();
    expect(got.at(-1)).to.deep.equal({ kind: 'failed', code: 'file-unwritable', tell: 'file-unwritable' });
    expect(sink.state).to.equal('aborted');
  });

  it('fails with `file-unwritable` when there is no place to write to', async () => {
    const { run, got } = await handOver(fileOf(10), {
      openSink: () => Promise.reject(new DOMException('no', 'NotAllowedError')),
    });
    await run();
    expect(got).to.deep.equal([{ kind: 'failed', code: 'file-unwritable', tell: 'file-unwritable' }]);
  });

  it('fails with `file-changed` when the file can no longer be read as it was', async () => {
    const shrunk = fileOf(3_000_000);
    const gone = fileOf(3_000_000);
    const slice = Blob.prototype.slice;
    Object.defineProperty(shrunk, 'slice', {
      value: (start: number, end: number) => slice.call(shrunk, start, Math.min(end, 2_500_000)),
    });
    Object.defineProperty(gone, 'slice', {
      value: () => ({ arrayBuffer: () => Promise.reject(new DOMException('changed', 'NotReadableError')) }),
    });
    for (const file of [shrunk, gone]) {
      const { run, sent, sink } = await handOver(file);
      await run();
      expect(sent.at(-1)).to.deep.equal({ kind: 'failed', code: 'file-changed', tell: 'file-changed' });
      await until(() => sink.state === 'aborted');
    }
  });

  it('is not completed by a receiver who says so too early', async () => {
    const { sender, sent, wire } = await handOver(fileOf(20_000_000));
    await until(() => wire.messages > 3);
    sender.done();
    expect(sent.at(-1)).to.deep.equal({ kind: 'failed', code: 'bad-frame', tell: 'internal' });
    const before = wire.messages;
    await settled();
    expect(wire.messages).to.equal(before);
  });

  it('pays no attention to a receiver who has more than was sent', async () => {
    const { sender, sent, wire } = await handOver(fileOf(20_000_000), { acks: false });
    await until(() => wire.messages > 3);
    sender.acked(2 ** 50);
    sender.acked(Number.NaN);
    sender.acked(-1);
    expect(sent.filter(({ kind }) => kind === 'progressed')).to.deep.equal([]);
  });

  it('starts once, and not at a chunk that does not exist', async () => {
    const { sender, run, got, sink } = await handOver(fileOf(100_000));
    await until(() => got.length > 0);
    sender.start(3);
    await run();
    expect(sameBytes(await sink.bytes(), pattern(100_000))).to.equal(true);

    let open: () => void = () => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const other = await handOver(fileOf(100_000), {
      openSink: async () => {
        await gate;
        return other.sink;
      },
    });
    other.sender.start(4_000_000_000);
    await until(() => isOver(other.sent));
    expect(other.sent).to.deep.equal([{ kind: 'failed', code: 'bad-frame', tell: 'internal' }]);
    other.receiving.abort();
    open();
  });
});
