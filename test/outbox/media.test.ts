import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createMedia } from '../../src/outbox/media.ts';
import { waitingFiles } from '../../src/store/tables/outbox.ts';
import { freshFolder } from '../store/fresh.ts';
import { chat, setOutbox } from './stage.ts';

const media = { kind: 'image', path: '/x/p-1/code.png' } as const;

describe('a picture in the outbox', () => {
  it('goes out once with its text, and is removed once it was sent', async () => {
    const { queue, drain, sent, discarded } = await setOutbox();
    await queue({ id: 'a', to: chat('1'), text: 'a', media });
    await queue({ id: 'b', to: chat('1'), text: 'b' });
    await drain();
    expect(sent.map((one) => one.media)).toEqual([media, undefined]);
    expect(discarded).toEqual([media]);
  });

  it('stays while it may be sent again, and is removed where it was given up or came too late', async () => {
    const { queue, step, drain, failures, discarded, clock } = await setOutbox();
    failures.push({ kind: 'later', reason: 'busy' }, { kind: 'refused', reason: 'no' });
    await queue({ id: 'a', to: chat('1'), text: 'a', media });
    await step();
    expect(discarded).toEqual([]);
    await drain();
    expect(discarded).toEqual([media]);
    await queue({ id: 'b', to: chat('1'), text: 'b', media, expiresAt: clock.now() - 1 });
    await drain();
    expect(discarded).toEqual([media, media]);
  });

  it('comes before its text where that is too long to stand below it', async () => {
    const { queue, drain, sent } = await setOutbox({ maxCaption: 100 });
    const text = 'words '.repeat(20).trim();
    await queue({ id: 'a', to: chat('1'), text, media });
    await drain();
    expect(sent.map((one) => [one.text, one.media])).toEqual([
      ['', media],
      [text, undefined],
    ]);
  });

  it('is left out where the channel shows none', async () => {
    const { queue, drain, sent } = await setOutbox({ media: {} });
    await queue({ id: 'a', to: chat('1'), text: 'a', media });
    await drain();
    expect(sent[0]).not.toHaveProperty('media');
  });
});

describe('the folder of pictures', () => {
  it('is its owner’s alone, and nothing outside of it is ever removed', async () => {
    const folder = freshFolder();
    const root = join(folder, 'pictures');
    const kept = createMedia(root);
    const one = await kept.keep(Buffer.from('png'), 60_000);
    expect(readFileSync(one.path, 'utf8')).toBe('png');
    const modes = [root, dirname(one.path), one.path].map((path) => statSync(path).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600]);
    await kept.discard({ kind: 'image', path: join(folder, 'pictures', '..', 'x', 'y') });
    await kept.discard({ kind: 'image', path: root });
    expect(existsSync(one.path)).toBe(true);
    await kept.discard(one);
    await kept.discard(one);
    expect(readdirSync(root)).toEqual([]);
  });

  it('is emptied when its time is over, and of what an earlier run left', async () => {
    const root = join(freshFolder(), 'pictures');
    const kept = createMedia(root);
    const { path } = await kept.keep(Buffer.from('png'), 5);
    await expect.poll(() => existsSync(path)).toBe(false);
    await kept.keep(Buffer.from('png'), 60_000);
    await createMedia(root).sweep([]);
    expect(readdirSync(root)).toEqual([]);
  });

  it('keeps through a restart what is still to be sent', async () => {
    const root = join(freshFolder(), 'pictures');
    const kept = createMedia(root);
    const path = join(await kept.folder(), 'report.pdf');
    writeFileSync(path, 'report');
    const other = await kept.folder();
    const { queue, store } = await setOutbox({ media: { file: 1000 } });
    await queue({ id: 'a', to: chat('1'), text: 'a', media: { kind: 'file', path } });
    await createMedia(root).sweep(await waitingFiles(store));
    expect(existsSync(path)).toBe(true);
    expect(existsSync(other)).toBe(false);
  });
});
