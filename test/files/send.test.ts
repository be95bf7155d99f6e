import { appendFileSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../src/base/digest.ts';
import type { FileChat, SendingFile } from '../../src/domain/sending-file.ts';
import { createFileSend } from '../../src/files/send.ts';
import { complexityOf } from '../../src/governance/complexity.ts';
import { agent, execute, makeScene, run } from './scene.ts';

const PDF = Buffer.from('%PDF-1.4\n1 0 obj\nend');
const TELEGRAM: FileChat = { label: 'Telegram', media: { image: 1000, file: 2000 }, isOwn: true };

/** A jail, a chat, and what was handed on to it. */
function setStage(chat: FileChat | undefined = TELEGRAM) {
  const scene = makeScene();
  onTestFinished(scene.remove);
  const sent: (SendingFile & { readonly copy: string })[] = [];
  const action = createFileSend({
    ...scene.deps,
    chat: async () => chat,
    dispatch: async (file) => {
      const copy = join(scene.root, `copy-${sent.length}`);
      await file.copyTo(copy);
      sent.push({ ...file, copy });
      return { message: `file:${file.run}`, type: file.type, bytes: file.bytes };
    },
  });
  const send = (path: string, more = {}) => run(action, { path, session: 's1', ...more });
  return { ...scene, action, send, sent };
}

describe('a file that is sent', () => {
  it('goes as a private copy, known by what its bytes are', async () => {
    const { put, send, sent } = setStage();
    put('out/report.pdf', PDF);
    expect(await send('out/report.pdf', { caption: 'here' })).toEqual({
      message: 'file:r',
      path: 'out/report.pdf',
      type: 'application/pdf',
      bytes: PDF.length,
    });
    expect(sent).toMatchObject([
      { session: 's1', name: 'report.pdf', kind: 'file', type: 'application/pdf', caption: 'here' },
    ]);
    const copy = sent[0]?.copy ?? '';
    expect(readFileSync(copy)).toEqual(PDF);
    expect(statSync(copy).mode & 0o777).toBe(0o600);
  });

  it('is asked about like whatever leaves, with its digest on the card', async () => {
    const { put, action } = setStage();
    put('report.pdf', PDF);
    const prepared = await action.prepare({ path: 'report.pdf', session: 's1' }, agent);
    expect(complexityOf('file.send', prepared).complexity).toBe(3);
    expect(prepared.leaves).toBe('nobody');
    expect(prepared.card).toMatchObject({
      words: ['send report.pdf (application/pdf, 20 bytes)'],
      may: ['send this file to your own chat on Telegram'],
      detail: `as it is, with whatever is in it; SHA-256 ${sha256(PDF)}`,
    });
    const group = setStage({ ...TELEGRAM, isOwn: false });
    group.put('report.pdf', PDF);
    const there = await group.action.prepare({ path: 'report.pdf', session: 's1' }, agent);
    expect(there.leaves).toBe('people');
  });

  it.each([
    ['changed', (path: string) => writeFileSync(path, PDF.toString().replace('end', 'END'))],
    ['grew', (path: string) => appendFileSync(path, 'x'.repeat(5000))],
  ])('stays where it %s after it was decided about', async (_, change) => {
    const { put, action, sent } = setStage();
    const path = put('report.pdf', PDF);
    const prepared = await action.prepare({ path: 'report.pdf', session: 's1' }, agent);
    change(path);
    await expect(execute(action, prepared)).rejects.toThrow('changed since this was decided');
    expect(sent).toEqual([]);
  });

  it('is never another one by way of a link, nor a folder, nor nothing', async () => {
    const { put, work, root, send } = setStage();
    symlinkSync(join(root, 'secret'), join(work, 'innocent.txt'));
    await expect(send('innocent.txt')).rejects.toThrow('is a link');
    symlinkSync(root, join(work, 'around'));
    await expect(send('around/secret')).rejects.toThrow(/link/);
    await expect(send('../secret')).rejects.toThrow('leads out');
    put('sub/a');
    await expect(send('sub')).rejects.toThrow('not a plain file');
    await expect(send('sub/a')).rejects.toThrow('is empty');
    put('.env', 'KEY=1');
    await expect(send('.env')).rejects.toThrow('holds secrets');
  });

  it('is refused where its chat takes none, or not so large a one', async () => {
    const { put, send } = setStage();
    put('big.bin', Buffer.alloc(2001));
    await expect(send('big.bin')).rejects.toThrow('too large for this chat');
    // Written anew it may fit.
    put('big.png', Buffer.concat([Buffer.from('\x89PNG\r\n\x1a\n', 'latin1'), Buffer.alloc(5000)]));
    expect(await send('big.png')).toMatchObject({ type: 'image/png' });
    const words = setStage({ ...TELEGRAM, label: 'SMS', media: {} });
    words.put('a.pdf', PDF);
    await expect(words.send('a.pdf')).rejects.toThrow('SMS takes no files from here');
  });
});
