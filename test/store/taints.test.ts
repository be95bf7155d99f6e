import { expect, test } from 'vitest';
import { cleanLabels, type Labels } from '../../src/domain/label.ts';
import { beginRun } from '../../src/store/tables/runs.ts';
import { allTaints, deleteTaint, putTaint, taintsOnRecord } from '../../src/store/tables/taints.ts';
import { freshStore } from './fresh.ts';

const labels: Labels = { ...cleanLabels, integrity: 'untrusted' };

test('a taint tells of its run as long as that is named, and none where it is over', async () => {
  const { store } = await freshStore();
  const run = { id: 'r1', digest: 'd', action: 'shell.exec', state: 'begun', begunAt: 7 } as const;
  await beginRun(store, run, 'b');
  for (const of of ['', 'r1', 'unknown']) await putTaint(store, { path: '/jail', run: of, labels });
  expect(await taintsOnRecord(store)).toEqual([
    { path: '/jail', run: '', labels },
    {
      path: '/jail',
      run: 'r1',
      labels,
      by: { action: 'shell.exec', begunAt: 7, boot: 'b', state: 'begun' },
    },
    { path: '/jail', run: 'unknown', labels },
  ]);
});

test('one taint is taken off without those of other runs and paths', async () => {
  const { store } = await freshStore();
  for (const path of ['/a', '/b'])
    for (const run of ['', 'r1']) await putTaint(store, { path, run, labels });
  await deleteTaint(store, { path: '/a', run: 'r1' });
  expect((await allTaints(store)).map(({ path, run }) => [path, run])).toEqual([
    ['/a', ''],
    ['/b', ''],
    ['/b', 'r1'],
  ]);
});
