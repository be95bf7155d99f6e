import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { listKept } from '../../../src/jail/quarantine/kept.ts';
import { createQuarantineRestore } from '../../../src/jail/quarantine/restore-action.ts';
import { intent, setGovernor } from '../../governance/stage.ts';
import { makeScene } from '../scene.ts';

/** A governor that can put back one file, whose owner says yes to everything, and means it. */
async function set() {
  const scene = await makeScene();
  onTestFinished(() => scene.remove());
  await scene.sh('echo wanted > .envrc');
  const root = join(scene.root, 'quarantine');
  const stage = await setGovernor({
    maturity: 'autonomous',
    actions: [createQuarantineRestore({ root, turn: async () => () => undefined })],
    answer: ({ id }) =>
      void stage.approvals.answer({
        ref: id,
        verdict: 'approve',
        typed: true,
        by: { surface: 'terminal', id: 'owner' },
      }),
  });
  const at = join(scene.jail.folder, '.envrc');
  const id = listKept(root)[0]?.id ?? '';
  const asOwner = stage.governor.performAs({ kind: 'owner', id: 'owner' });
  return { ...stage, asOwner, at, id };
}

test('what was moved out is put back for its owner, who sees what it grants', async () => {
  const { asOwner, asked, at, id } = await set();
  const outcome = await asOwner(intent('1', 'quarantine.restore', { id }));
  expect(outcome).toEqual({ ok: true, value: { restored: [at] } });
  expect(asked[0]?.card).toMatchObject({ risk: 'high', words: [`put back ${id}: .envrc`] });
  expect(asked[0]?.card.may).toEqual([`be run or trusted by other programs: ${at}`]);
});

test('it is no agent’s to put back, however grown up', async () => {
  const { perform, asked, at, id } = await set();
  expect(await perform(intent('1', 'quarantine.restore', { id }))).toMatchObject({
    ok: false,
    reason: 'blocked',
  });
  expect([asked, existsSync(at)]).toEqual([[], false]);
});

test('it is not put over what came into its place', async () => {
  const { asOwner, asked, at, id } = await set();
  writeFileSync(at, 'mine');
  expect(await asOwner(intent('1', 'quarantine.restore', { id }))).toMatchObject({ ok: false });
  expect(asked).toEqual([]);
});
