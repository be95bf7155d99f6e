import { expect, test } from 'vitest';
import { cleanLabels, type Labels } from '../../src/domain/label.ts';
import { addTaint, retireTaint, returnTaints } from '../../src/governance/labels/former-taints.ts';
import { allTaints } from '../../src/store/tables/taints.ts';
import { freshStore } from '../store/fresh.ts';

const strangers: Labels = { ...cleanLabels, integrity: 'untrusted' };
const secret: Labels = { ...cleanLabels, confidentiality: 'secret' };

test('a file that undo brings back is as untrusted and as secret as it ever was', async () => {
  const { store } = await freshStore();
  for (const labels of [strangers, secret]) {
    await addTaint(store, '/w/a', labels);
    await retireTaint(store, '/w/a');
    expect(await allTaints(store)).toEqual([]);
  }
  await returnTaints(store, ['/w/other']);
  expect(await allTaints(store)).toEqual([]);
  await returnTaints(store, ['/w/a']);
  expect(await allTaints(store)).toEqual([
    { path: '/w/a', run: '', labels: { ...strangers, ...secret, integrity: 'untrusted' } },
  ]);
});

test('a file that was never tainted is not by that', async () => {
  const { store } = await freshStore();
  await retireTaint(store, '/w/a');
  await returnTaints(store, ['/w/a']);
  expect(await allTaints(store)).toEqual([]);
});
