import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Json } from '../../src/base/json.ts';
import type { ActionRequest } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { complexityOf } from '../../src/governance/complexity.ts';
import { issue } from '../../src/governance/grant.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { createShellExec } from '../../src/jail/shell-exec.ts';
import { makeScene, type Scene, SECRET } from '../jail/scene.ts';
import { corporaFolder, haveCorpora } from './score/corpora.ts';
import { bypassAllowed } from './score/promises.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
  mkdirSync(join(scene.jail.folder, 'sub'));
  for (const name of ['f', 'a.tar', 'sub/f', '.env'])
    writeFileSync(join(scene.jail.folder, name), `${name} as it was\n`);
});
afterAll(() => scene?.remove());

/** Everything in the jail's folder and around it, with what is in it. */
const whole = (): readonly (readonly [string, string])[] =>
  readdirSync(scene.home, { recursive: true, encoding: 'utf8' })
    .sort()
    .map((name) => {
      const path = join(scene.home, name);
      return [name, statSync(path).isFile() ? readFileSync(path, 'latin1') : ''];
    });

/** Runs a line as an agent's; the words of the refusal where it cannot even be prepared. */
async function run(line: string): Promise<Json> {
  const { deps, jail } = scene;
  const status = { state: 'ready', mechanism: 'bubblewrap', checks: [], warnings: [] } as const;
  const shell = createShellExec({
    ...deps,
    launch: createLauncher(deps),
    jails: () => [jail],
    status: () => status,
    covers: async () => ({ ok: false, why: 'not here' }),
  });
  try {
    const prepared = await shell.prepare({ line }, undefined);
    const { complexity } = complexityOf('shell.exec', prepared);
    expect(complexity, line).toBe(1);
    const request: ActionRequest = {
      id: 'r',
      action: 'shell.exec',
      resource: prepared.resource,
      context: {},
      principal: { kind: 'agent', id: 'a' },
      labels: cleanLabels,
    };
    const grant = issue({ request, prepared, digest: 'd', complexity });
    return await shell.execute(grant, AbortSignal.timeout(10_000), () => undefined);
  } catch (error) {
    if (error instanceof AtomError && error.code === 'not-found') return error.message;
    throw error;
  }
}

describe.skipIf(!haveCorpora())(
  `what gets past lists of first words (skipped where there is none at ${corporaFolder})`,
  () => {
    it('runs in a jail where it neither changes a byte nor reads what lies outside', async () => {
      const before = whole();
      const lines = bypassAllowed().heldByJail.flatMap(({ sample: { ask } }) =>
        ask.kind === 'line' ? [ask.text] : [],
      );
      expect(lines.length).toBeGreaterThan(10);
      let ran = 0;
      for (const line of lines) {
        const result = await run(line);
        if (typeof result !== 'string') ran += 1;
        expect(JSON.stringify(result), line).not.toContain(SECRET);
        expect(JSON.stringify(result), line).not.toContain('.env as it was');
        expect(whole(), line).toEqual(before);
      }
      expect(ran).toBeGreaterThan(lines.length / 2);
    }, 120_000);

    it('would change files in a jail that is not for looking', async () => {
      const { stdout } = await scene.sh('cat f; echo more >> f; cat f');
      expect(stdout).toBe('f as it was\nf as it was\nmore\n');
    });
  },
);
