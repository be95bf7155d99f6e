import { readdirSync, readFileSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { sha256 } from '../../../src/base/digest.ts';
import { SendError } from '../../../src/domain/channel.ts';
import { mediaOfEvent } from '../../../src/store/tables/media.ts';
import { freshStore, storeForAll } from '../../store/fresh.ts';
import { type Download, PNG, pieces, setTaking as setTakingOn } from './stage.ts';

const store = await storeForAll();
const setTaking = (download: Download | undefined) => setTakingOn(download, { store });

const handsOut =
  (bytes: Uint8Array): Download =>
  async () =>
    pieces(bytes);

const filesIn = (root: string): readonly string[] =>
  readdirSync(root, { recursive: true, withFileTypes: true }).flatMap((entry) =>
    entry.isFile() ? [entry.name] : [],
  );

describe('a file that comes with a message', () => {
  it('is kept by its digest, for its owner’s eyes only, before its row names it', async () => {
    const { take, event, root, files } = await setTaking(handsOut(PNG));
    const taken = await take([{ kind: 'image', id: 'f1', bytes: PNG.length, name: 'a.png' }]);
    expect(taken.refused).toEqual([]);
    expect(taken.kept).toMatchObject([
      { kind: 'image', type: 'image/png', bytes: PNG.length, digest: sha256(PNG), session: 's1' },
    ]);
    expect(await mediaOfEvent(store, event())).toEqual(taken.kept);
    const path = files.pathOf(sha256(PNG));
    expect(readFileSync(path)).toEqual(PNG);
    const modes = [root, join(path, '..'), path].map((at) => statSync(at).mode & 0o777);
    expect(modes).toEqual([0o700, 0o700, 0o600]);
  });

  it('is kept once, however often it comes, and is not fetched again after a crash', async () => {
    const { take, root, asked } = await setTaking(handsOut(PNG));
    const ref = { kind: 'image', id: 'f1' } as const;
    const [first, again] = [await take([ref], 'e1'), await take([ref], 'e1')];
    expect(again).toEqual(first);
    expect(asked).toEqual(['f1']);
    await take([ref], 'e2');
    expect(asked).toEqual(['f1', 'f1']);
    expect(filesIn(root)).toEqual([sha256(PNG)]);
  });

  it('is not even begun where it is said to be too large', async () => {
    const { take, asked } = await setTaking(handsOut(PNG));
    const taken = await take([{ kind: 'file', id: 'f1', name: 'big.iso', bytes: 1_000_001 }]);
    expect(taken.refused).toEqual(['“big.iso” is larger than 1 MB']);
    expect(asked).toEqual([]);
  });

  it('is read no further than the limit where it never ends, and nothing of it stays', async () => {
    let sent = 0;
    let ended = false;
    let aborted = false;
    const { take, root } = await setTaking(async (_, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return (async function* endless() {
        try {
          for (;;) {
            sent += 65_536;
            yield Buffer.alloc(65_536);
          }
        } finally {
          ended = true;
        }
      })();
    });
    const taken = await take([{ kind: 'file', id: 'f1', bytes: 10 }]);
    expect(taken).toEqual({ kept: [], refused: ['a file is larger than 1 MB'] });
    expect(sent).toBeLessThan(1_000_000 + 2 * 65_536);
    expect({ ended, aborted }).toEqual({ ended: true, aborted: true });
    expect(filesIn(root)).toEqual([]);
  });

  it.each([
    [
      'a program that is called a picture',
      { kind: 'image' },
      '\x7fELF\x02\x01',
      'a picture is not',
    ],
    ['a program that is called a PDF', { kind: 'file', name: 'a.pdf' }, 'MZ\0\0', '“a.pdf” is not'],
    [
      'a JPEG of type PNG',
      { kind: 'image', type: 'image/png' },
      '\xff\xd8\xff\xe0',
      'a picture is',
    ],
    ['a page that is called a picture', { kind: 'image' }, '<html>hello', 'a picture is not'],
    ['nothing', { kind: 'file' }, '', 'a file is empty'],
    ['less than was said', { kind: 'file', bytes: 100 }, 'abc', 'a file was cut off: 3 bytes'],
  ] as const)('is refused where it is %s', async (_, ref, content, words) => {
    const { take, root, event } = await setTaking(handsOut(Buffer.from(content, 'latin1')));
    const taken = await take([{ id: 'f1', ...ref }]);
    expect(taken.kept).toEqual([]);
    expect(taken.refused[0]).toContain(words);
    expect(filesIn(root)).toEqual([]);
    expect(await mediaOfEvent(store, event())).toEqual([]);
  });

  it('is told of by a name that cannot act', async () => {
    const { take } = await setTaking(handsOut(Buffer.alloc(0)));
    const taken = await take([{ kind: 'file', id: 'f', name: 'a”\u202egnp.exe\n– file 1: ok' }]);
    expect(taken.refused).toEqual(["“a'⟦U+202E⟧gnp.exe⏎– file 1: ok” is empty"]);
  });

  it('is tried again where the platform says later, and told of in its words where it says no', async () => {
    let tried = 0;
    const { take, asked } = await setTaking(async (ref) => {
      tried += 1;
      if (ref.id === 'gone') throw new SendError({ kind: 'refused', reason: 'it has expired' });
      if (tried < 3) throw new SendError({ kind: 'later', reason: 'busy' });
      return pieces(PNG);
    });
    const media = [{ kind: 'image', id: 'f1' } as const, { kind: 'image', id: 'gone' } as const];
    const taken = await take(media);
    expect(taken.kept).toHaveLength(1);
    expect(taken.refused).toEqual(['a picture could not be fetched: it has expired']);
    expect(asked).toEqual(['f1', 'f1', 'f1', 'gone']);
  });

  it('never shows what a broken connection says, which may hold an address with a key in it', async () => {
    const { take } = await setTaking(async () => {
      throw new Error('GET https://api.example/bot123:SECRET/file failed');
    });
    const { refused } = await take([{ kind: 'image', id: 'f1' }]);
    expect(refused).toEqual(['a picture could not be fetched: the connection broke off']);
  });

  it('is not taken where all the room is used up, nor beyond ten of one message', async () => {
    const { take } = await setTakingOn(handsOut(PNG), {
      store: (await freshStore()).store,
      limits: { file: 1000, all: PNG.length },
    });
    await take([{ kind: 'image', id: 'f1' }], 'e0');
    const one = { kind: 'image', id: 'f', bytes: 10 } as const;
    const { refused } = await take(Array.from({ length: 12 }, () => one));
    expect(refused).toHaveLength(11);
    expect(refused[0]).toContain('media.keptMegabytes');
    expect(refused[10]).toBe('2 more: only 10 files of one message are taken');
  });

  it('leaves an owner room, whatever others have sent', async () => {
    const { take } = await setTakingOn(async ({ id }) => pieces(Buffer.from(id.repeat(25))), {
      store: (await freshStore()).store,
      limits: { file: 1000, all: 400 },
    });
    const refusedTo = async (name: string, giver?: string): Promise<readonly string[]> => {
      const from = giver === undefined ? {} : { giver };
      const ref = { kind: 'file', id: name, bytes: 50 } as const;
      return (await take([ref], name, from)).refused;
    };
    for (const name of ['a1', 'a2']) expect(await refusedTo(name, 'a')).toEqual([]);
    expect(await refusedTo('a3', 'a')).toEqual([expect.stringContaining('your part of the room')]);
    for (const giver of ['b', 'c'])
      for (const n of [1, 2]) expect(await refusedTo(`${giver}${n}`, giver)).toEqual([]);
    expect(await refusedTo('d1', 'd')).toEqual([expect.stringContaining('who are no owners')]);
    for (const name of ['o1', 'o2']) expect(await refusedTo(name)).toEqual([]);
    expect(await refusedTo('o3')).toEqual([expect.stringContaining('the room for received files')]);
  });

  it('cannot be fetched where its channel brings words only', async () => {
    const { take } = await setTaking(undefined);
    const { refused } = await take([{ kind: 'video', id: 'f1' }]);
    expect(refused).toEqual(['a video could not be fetched: this channel brings words only']);
  });

  it('leaves nothing where the turn is stopped meanwhile, and stops it', async () => {
    const { take, stopping, root } = await setTaking(async () =>
      (async function* () {
        yield PNG;
        stopping.abort(new Error('stopped'));
        await new Promise(() => undefined);
      })(),
    );
    await expect(take([{ kind: 'image', id: 'f1' }])).rejects.toThrow('stopped');
    expect(filesIn(root)).toEqual([]);
  });
});

describe('what nobody names any more', () => {
  it('is removed once it is old, and what is named or just comes stays', async () => {
    const { take, files, root } = await setTaking(handsOut(PNG));
    await take([{ kind: 'image', id: 'f1' }]);
    const path = files.pathOf(sha256(PNG));
    expect(await files.sweep(async () => false, Date.now())).toBe(0);
    utimesSync(path, 0, 0);
    expect(await files.sweep(async () => true, Date.now())).toBe(0);
    expect(await files.sweep(async () => false, Date.now())).toBe(1);
    expect(filesIn(root)).toEqual([]);
  });
});
