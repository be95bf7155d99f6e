import { beforeEach, describe, expect, it } from 'vitest';
import { cleanLabels, type Labels, worstLabels } from '../../../src/domain/label.ts';
import type { Store } from '../../../src/domain/store.ts';
import { whyTainted } from '../../../src/domain/taint.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import {
  createTrustFiles,
  type TrustFiles,
  taintedPaths,
} from '../../../src/governance/labels/trust-files.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { beginRun, endRun } from '../../../src/store/tables/runs.ts';
import { allTaints, putTaint } from '../../../src/store/tables/taints.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';

const strangers: Labels = { ...cleanLabels, integrity: 'untrusted' };
const secret: Labels = { ...cleanLabels, confidentiality: 'secret' };

let store: Store;
let files: TrustFiles;
beforeEach(async () => {
  ({ store } = await freshStore());
  files = createTrustFiles({
    store,
    boot: 'now',
    audit: createAudit(heldClock()),
    realOf: (path) => (path.includes('gone') ? undefined : path.replace('/link', '/jail')),
  });
});

const taint = (path: string, labels = strangers, run = '') =>
  store.tx((sql) => putTaint(sql, { path, run, labels }));
const begin = (id: string, boot: string) => {
  const run = { id, digest: 'd', action: 'shell.exec', state: 'begun', begunAt: 5 } as const;
  return store.tx((sql) => beginRun(sql, run, boot));
};
const left = async () => (await allTaints(store)).map(({ path }) => path);
const trust = async (...paths: readonly string[]) => {
  const { digest } = await files.plan(paths);
  return (await files.lift(paths, digest)).map(({ path }) => path);
};

describe('trusting what is in files', () => {
  it('lifts one file and leaves those beside it', async () => {
    for (const name of ['a.txt', 'a.txt.bak', 'b.txt']) await taint(`/jail/${name}`);
    expect(await trust('/jail/a.txt')).toEqual(['/jail/a.txt']);
    expect(await left()).toEqual(['/jail/a.txt.bak', '/jail/b.txt']);
  });

  it('lifts a folder with all below it, by its real name', async () => {
    for (const path of ['/jail/.git', '/jail/src/a', '/jails/b']) await taint(path);
    expect(await trust('/link')).toEqual(['/jail/.git', '/jail/src/a']);
    expect(await left()).toEqual(['/jails/b']);
  });

  it('lifts what a run left that crashed with an earlier gateway, and says which it was', async () => {
    await begin('r1', 'before');
    await taint('/jail', strangers, 'r1');
    const [only] = await taintedPaths(store);
    expect(only?.run).toEqual({ id: 'r1', action: 'shell.exec', begunAt: 5 });
    expect(only && whyTainted(only)).toBe(
      'strangers’ words, by a run that has not ended (shell.exec)',
    );
    expect(await trust('/jail')).toEqual(['/jail']);
    expect(await left()).toEqual([]);
  });

  it('lifts nothing where a run is still writing, and does once it has ended', async () => {
    await begin('r1', 'now');
    await taint('/jail', strangers, 'r1');
    await taint('/jail/a.txt');
    await expect(files.plan(['/jail/a.txt'])).rejects.toThrow(
      'Something is still writing in /jail.',
    );
    await expect(files.plan(['/jail'])).rejects.toMatchObject({ code: 'blocked' });
    await store.tx((sql) => endRun(sql, 'r1', { state: 'uncertain', result: null, at: 9 }));
    expect(await trust('/jail')).toEqual(['/jail', '/jail/a.txt']);
  });

  it('keeps secrets secret', async () => {
    await taint('/jail/both', worstLabels);
    await taint('/jail/only', secret);
    expect(await trust('/jail')).toEqual(['/jail/both']);
    const kept = { integrity: 'local', confidentiality: 'secret' };
    expect(await allTaints(store)).toMatchObject([
      { path: '/jail/both', labels: kept },
      { path: '/jail/only', labels: secret },
    ]);
    await expect(files.plan(['/jail/only'])).rejects.toMatchObject({ code: 'not-found' });
  });

  it.each([
    ['what is not there', '/jail/gone.txt', 'There is nothing at /jail/gone.txt.'],
    ['what carries nothing', '/jail/c.txt', 'Nothing at /jail/c.txt counts as strangers’ words.'],
    ['one file of a folder that counts as a whole', '/jail/d/x', 'counts so because /jail/d does'],
    // Where names are told apart less strictly, this is the same file.
    ['another spelling', '/jail/A.TXT', 'counts so because /jail/a.txt does'],
  ])('refuses %s, and lifts nothing else of the same wish', async (_, path, words) => {
    for (const name of ['a.txt', 'b.txt', 'd']) await taint(`/jail/${name}`);
    await expect(files.plan(['/jail/b.txt', path])).rejects.toThrow(words);
    expect(await left()).toHaveLength(3);
  });

  it('lifts exactly what was shown: more, or a secret, since then is asked about again', async () => {
    await taint('/jail/a.txt');
    const { digest } = await files.plan(['/jail']);
    await taint('/jail/b.txt');
    await expect(files.lift(['/jail'], digest)).rejects.toMatchObject({ code: 'blocked' });
    const second = await files.plan(['/jail/a.txt']);
    await taint('/jail/a.txt', worstLabels);
    await expect(files.lift(['/jail/a.txt'], second.digest)).rejects.toThrow('Look again');
    expect(await left()).toEqual(['/jail/a.txt', '/jail/b.txt']);
  });

  it('is on the record, with every path', async () => {
    for (const name of ['a.txt', 'b.txt']) await taint(`/jail/${name}`);
    await trust('/jail');
    const [entry] = await newestEntries(store, { limit: 1 });
    expect(entry).toMatchObject({
      kind: 'files.trusted',
      body: { paths: ['/jail'], lifted: ['/jail/a.txt', '/jail/b.txt'] },
    });
  });
});
