import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import type { Action } from '../../../src/domain/action.ts';
import type { Agent } from '../../../src/domain/agent.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import { issue } from '../../../src/governance/grant.ts';
import type { Here } from '../../../src/skills/text/missing.ts';
import { createTextShelf, type TextShelf } from '../../../src/skills/text/shelf.ts';

export const agent: Agent = {
  id: 'a',
  name: 'ada',
  maturity: 'intern',
  model: 'offline',
  workspace: 'work',
  paused: false,
};

/** A machine with `git` and `GH_TOKEN`, and nothing else. */
const here: Here = {
  system: 'linux',
  hasProgram: (name) => name === 'git',
  hasVariable: (name) => name === 'GH_TOKEN',
};

/** A shelf of the skills below a folder of its own. */
export function openShelf(): {
  readonly root: string;
  readonly shelf: TextShelf;
  readonly put: (path: string, text: string) => string;
  /** Writes a skill with nothing but its `SKILL.md`. */
  readonly skill: (name: string, more?: string, body?: string) => string;
  /** Approves what lies there now. */
  readonly approve: (name: string) => Promise<void>;
} {
  const root = mkdtempSync(join(tmpdir(), 'atom-shelf-'));
  onTestFinished(() => rmSync(root, { recursive: true, force: true }));
  const approved = new Set<string>();
  const shelf = createTextShelf({
    roots: () => [
      { folder: join(root, 'profile'), origin: 'profile' },
      { folder: join(root, 'other', '.agents', 'skills'), origin: 'jail', jail: 'other' },
      { folder: join(root, 'jail', '.agents', 'skills'), origin: 'jail', jail: 'work' },
    ],
    taken: () => [
      { name: 'workspace', jail: undefined },
      { name: 'grab', jail: 'other' },
    ],
    isApproved: (name, digest) => approved.has(`${name} ${digest}`),
    here,
  });
  const put = (path: string, text: string): string => {
    mkdirSync(dirname(join(root, path)), { recursive: true });
    writeFileSync(join(root, path), text);
    return join(root, path);
  };
  return {
    root,
    shelf,
    put,
    skill: (name, more = '', body = 'Fold it twice.') =>
      put(
        `profile/${name}/SKILL.md`,
        `---\nname: ${name}\ndescription: Folds ${name}\n${more}---\n${body}\n`,
      ),
    approve: async (name) => {
      approved.add(`${name} ${(await shelf.open(name)).skill.digest}`);
    },
  };
}

/** Does an action as if it had been decided. */
export async function act(action: Action, resource: Json, between?: () => void): Promise<Json> {
  const prepared = await action.prepare(resource, agent);
  between?.();
  const request = {
    id: 'r',
    action: action.name,
    resource: prepared.resource,
    context: {},
    principal: { kind: 'agent' as const, id: 'a' },
    labels: cleanLabels,
  };
  const grant = issue({ request, prepared, digest: 'd', complexity: 2 });
  return action.execute(grant, AbortSignal.timeout(10_000), () => undefined);
}
