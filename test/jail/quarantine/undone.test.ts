import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { systemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { listKept } from '../../../src/jail/quarantine/kept.ts';
import { planRestore, restore } from '../../../src/jail/quarantine/restore.ts';
import { createUndo } from '../../../src/undo/undo.ts';
import { freshStore } from '../../store/fresh.ts';
import { makeScene } from '../scene.ts';

const NOW = new AbortController().signal;

/** A jail whose runs undo knows of. */
async function watched() {
  const scene = await makeScene();
  onTestFinished(() => scene.remove());
  const { store } = await freshStore();
  const kept = join(scene.root, 'kept');
  mkdirSync(kept);
  const log = createLog(() => undefined);
  const turn = async () => () => undefined;
  const undo = await createUndo({ store, clock: systemClock, folder: kept, log, turn });
  const run = async (id: string, script: string) => {
    const { folder } = scene.jail;
    await undo.before({ run: id, action: 'shell.exec', words: ['sh'], folder }, NOW);
    const result = await scene.sh(script);
    await undo.after(id);
    return result;
  };
  const takeBack = async (ref: string) => {
    const { digest } = await undo.plan({ ref, force: false });
    return undo.restore({ ref, force: false, plan: digest, by: 'owner' }, NOW);
  };
  return { ...scene, undo, run, takeBack, at: (path: string) => join(scene.jail.folder, path) };
}

test('taking back a run whose file was moved out does not bring that file back', async () => {
  const { run, takeBack, at, root } = await watched();
  writeFileSync(at('f'), 'mine\n');
  expect((await run('1', 'echo other > f; echo evil > .envrc')).quarantined).toEqual(['.envrc']);
  expect(await takeBack('1')).toMatchObject({ changes: [{ path: 'f' }], failed: [] });
  expect(readFileSync(at('f'), 'utf8')).toBe('mine\n');
  expect(existsSync(at('.envrc'))).toBe(false);
  expect(listKept(join(root, 'quarantine'))).toHaveLength(1);
});

test('taking back a run that changed such a file brings back what it was', async () => {
  const { run, takeBack, at } = await watched();
  mkdirSync(at('sub'));
  writeFileSync(at('sub/.envrc'), 'mine\n');
  expect((await run('1', 'echo evil > sub/.envrc')).quarantined).toEqual(['sub/.envrc']);
  expect(await takeBack('1')).toMatchObject({ failed: [], kept: [] });
  expect(readFileSync(at('sub/.envrc'), 'utf8')).toBe('mine\n');
  expect((await run('2', 'cat sub/.envrc')).quarantined).toBeUndefined();
});

test('what its owner put back stays when the run is taken back', async () => {
  const { run, takeBack, at, root } = await watched();
  await run('1', 'echo x > f; echo wanted > .envrc');
  const kept = join(root, 'quarantine');
  restore(kept, planRestore(kept, { id: listKept(kept)[0]?.id ?? '' }));
  await takeBack('1');
  expect(existsSync(at('f'))).toBe(false);
  expect(readFileSync(at('.envrc'), 'utf8')).toBe('wanted\n');
});
