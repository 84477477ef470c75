import { expect } from 'chai';
import { openSink } from '../../../../src/core/files/sink.ts';
import { openMemorySink } from '../../../../src/core/files/sink-memory.ts';
import { openOpfsSink } from '../../../../src/core/files/sink-opfs.ts';
import { saveDownload } from '../../../../src/core/files/save-download.ts';
import { pattern, sameBytes } from './support.ts';

const root = (): Promise<FileSystemDirectoryHandle> => navigator.storage.getDirectory();
const bytesOf = async (content: Blob): Promise<Uint8Array> => new Uint8Array(await content.arrayBuffer());

async function temporaryFiles(): Promise<string[]> {
  const folder = await (await root()).getDirectoryHandle('reforms-files', { create: true });
  const names: string[] = [];
  for await (const name of folder.keys()) if (!name.endsWith('.crswap')) names.push(name);
  return names.sort();
}

describe('the place of a received file', () => {
  afterEach(async () => {
    await (await root()).removeEntry('chosen.bin').catch(() => undefined);
  });

  it('is the file that was chosen, which changes only when all of it is there', async () => {
    const handle = await (await root()).getFileHandle('chosen.bin', { create: true });
    const sink = await openSink({ name: 'a.bin', size: 50_000, handle });
    await sink.write(pattern(30_000));
    expect((await handle.getFile()).size).to.equal(0);
    await sink.write(pattern(20_000));
    expect(await sink.close()).to.equal('picker');
    expect(await (await handle.getFile()).size).to.equal(50_000);
  });

  it('keeps what the chosen file held before when the transfer ends early', async () => {
    const handle = await (await root()).getFileHandle('chosen.bin', { create: true });
    const writable = await handle.createWritable();
    await writable.write('old');
    await writable.close();
    const sink = await openSink({ name: 'a.bin', size: 50_000, handle });
    await sink.write(pattern(30_000));
    await sink.abort();
    expect(await (await handle.getFile()).text()).to.equal('old');
  });

  it('is a temporary file that becomes a download', async () => {
    const saved: { content: Blob; name: string }[] = [];
    const sink = await openSink({
      name: 'a.bin',
      size: 50_000,
      save: (content, name) => saved.push({ content, name }),
    });
    await sink.write(pattern(50_000));
    expect(await sink.close()).to.equal('download');
    const [download] = saved;
    expect(saved.length).to.equal(1);
    expect(download?.name).to.equal('a.bin');
    expect(download && sameBytes(await bytesOf(download.content), pattern(50_000))).to.equal(true);
  });

  it('leaves no temporary file when the transfer ends early', async () => {
    const before = await temporaryFiles();
    const sink = await openOpfsSink(50_000, () => expect.fail('saved'));
    expect((await temporaryFiles()).length).to.equal(before.length + 1);
    await sink?.write(pattern(30_000));
    await sink?.abort();
    expect(await temporaryFiles()).to.deep.equal(before);
  });

  it('cleans up what a page that is gone has left, and leaves alone what is in use', async () => {
    const folder = await (await root()).getDirectoryHandle('reforms-files', { create: true });
    const inUse = await openOpfsSink(10, () => undefined);
    const kept = await temporaryFiles();
    await folder.getFileHandle('left-behind', { create: true });
    const next = await openOpfsSink(10, () => undefined);
    const now = await temporaryFiles();
    expect(now).to.not.include('left-behind');
    expect(now).to.include.members(kept);
    await inUse?.abort();
    await next?.abort();
  });

  it('is not the private file system where that has no room', async () => {
    expect(await openOpfsSink(Number.MAX_SAFE_INTEGER, () => undefined)).to.equal(undefined);
  });

  it('is memory where there is nothing else', async () => {
    let saved = new Blob();
    const sink = openMemorySink((content) => {
      saved = content;
    });
    const buffer = pattern(10_000);
    await sink.write(buffer);
    buffer.fill(0);
    await sink.write(new Uint8Array([1, 2, 3]));
    expect(await sink.close()).to.equal('download');
    const bytes = await bytesOf(saved);
    expect(sameBytes(bytes.subarray(0, 10_000), pattern(10_000))).to.equal(true);
    expect([...bytes.subarray(10_000)]).to.deep.equal([1, 2, 3]);
  });

  it('hands a download over as bytes that no browser shows in the page', async () => {
    const clicked: { name: string; url: string }[] = [];
    const onClick = (event: MouseEvent): void => {
      const link = event.target;
      if (!(link instanceof HTMLAnchorElement)) return;
      event.preventDefault();
      clicked.push({ name: link.download, url: link.href });
    };
    document.addEventListener('click', onClick);
    saveDownload(new Blob(['<script>alert(1)</script>'], { type: 'text/html' }), 'page.html');
    document.removeEventListener('click', onClick);
    const [link] = clicked;
    expect(clicked.length).to.equal(1);
    expect(link?.name).to.equal('page.html');
    const content = await (await fetch(link?.url ?? '')).blob();
    expect(content.type).to.equal('application/octet-stream');
    expect(document.querySelector('a')).to.equal(null);
  });
});
