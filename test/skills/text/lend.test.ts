import { chmodSync, mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import type { Action } from '../../../src/domain/action.ts';
import { createLauncher } from '../../../src/jail/launch.ts';
import { createShellExec } from '../../../src/jail/shell-exec.ts';
import { createLend } from '../../../src/skills/text/lend.ts';
import { makeScene } from '../../jail/scene.ts';
import { ready } from '../workshop.ts';
import { act, agent, openShelf } from './shelf-stage.ts';

const SCRIPT =
  '#!/bin/sh\necho "folded $1"\necho x > "$(dirname "$0")/made" || echo "not written"\n';

/** A jail, and a skill `crane` with a script. */
async function setStage() {
  const scene = await makeScene();
  onTestFinished(scene.remove);
  const shop = openShelf();
  shop.skill('crane');
  const script = shop.put('profile/crane/scripts/fold.sh', SCRIPT);
  chmodSync(script, 0o755);
  await shop.shelf.load();
  const cache = join(scene.root, 'kept');
  mkdirSync(cache);
  const shell: Action = createShellExec({
    ...scene.deps,
    launch: createLauncher(scene.deps),
    jails: () => [scene.jail],
    status: () => ready,
    covers: async () => ({ ok: false, why: 'not here' }),
    lend: createLend(shop.shelf, cache),
  });
  const run = (resource: Json, between?: () => void) => act(shell, resource, between);
  return { ...shop, scene, script, cache, shell, run };
}

const fold = '/opt/atom/skills/crane/scripts/fold.sh';

it('what came with an approved skill runs in the jail, by its words and in a line, and cannot be changed', async () => {
  const { approve, run, shell, cache } = await setStage();
  await approve('crane');
  const folded = { exit: 0, stdout: 'folded twice\nnot written\n' };
  expect(await run({ argv: [fold, 'twice'] })).toMatchObject(folded);
  expect(await run({ argv: ['sh', fold, 'twice'] })).toMatchObject(folded);
  expect(await run({ line: `${fold} twice | cat` })).toMatchObject(folded);
  expect(readdirSync(cache)).toHaveLength(1);
  const { card, facts } = await shell.prepare({ argv: ['sh', fold] }, agent);
  expect(card.may).toContain('read and run what came with the skill crane');
  expect(facts).toMatchObject({ skills: [{ skill: 'crane' }] });
  expect(await run({ argv: ['ls', '/opt'] })).toMatchObject({ exit: 2 });
});

it('it is refused until it is approved, and once it changed', async () => {
  const { approve, run, script } = await setStage();
  const next = [expect.stringContaining('atom skills approve crane')];
  await expect(run({ argv: ['sh', fold] })).rejects.toMatchObject({ code: 'blocked', next });
  await approve('crane');
  const change = () => writeFileSync(script, 'echo something else');
  // Between what was decided and what would run.
  await expect(run({ argv: ['sh', fold] }, change)).rejects.toMatchObject({
    code: 'blocked',
    next,
  });
  await expect(run({ argv: ['sh', fold] })).rejects.toMatchObject({ code: 'blocked', next });
});

it('a kept copy that somebody changed is made anew', async () => {
  const { approve, run, cache } = await setStage();
  await approve('crane');
  await run({ argv: [fold, 'twice'] });
  const copy = join(cache, readdirSync(cache)[0] ?? '', 'scripts/fold.sh');
  chmodSync(copy, 0o755);
  writeFileSync(copy, '#!/bin/sh\necho forged');
  expect(await run({ argv: [fold, 'twice'] })).toMatchObject({
    stdout: expect.stringMatching(/^folded/),
  });
});

it('an agent that may not use the skill does not run what came with it', async () => {
  const { approve, shell } = await setStage();
  await approve('crane');
  const asked = shell.prepare({ argv: ['sh', fold] }, { ...agent, skills: ['other'] });
  await expect(asked).rejects.toThrow('may not use the skill crane');
});
