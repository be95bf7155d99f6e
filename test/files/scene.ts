import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Json } from '../../src/base/json.ts';
import type { Action, Prepared } from '../../src/domain/action.ts';
import type { Agent } from '../../src/domain/agent.ts';
import type { JailSpec } from '../../src/domain/jail.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import type { FilesDeps } from '../../src/files/place.ts';
import { issue } from '../../src/governance/grant.ts';
import { knowJails } from '../../src/jail/known-jails.ts';

export const agent: Agent = {
  id: 'a',
  name: 'a',
  maturity: 'intern',
  model: 'offline',
  workspace: 'work',
  paused: false,
};

export interface Scene {
  readonly root: string;
  readonly work: string;
  readonly deps: FilesDeps;
  put(path: string, content?: string | Buffer): string;
  remove(): void;
}

/** A read-write jail `work` and a read-only jail `docs`, with a secret beside them. */
export function makeScene(): Scene {
  const root = mkdtempSync(join(tmpdir(), 'atom-files-'));
  const [work, docs] = [join(root, 'work'), join(root, 'docs')];
  for (const folder of [work, docs]) mkdirSync(folder);
  writeFileSync(join(root, 'secret'), 'CANARY');
  const jails: readonly JailSpec[] = [
    { name: 'work', folder: work, mode: 'read-write' },
    { name: 'docs', folder: docs, mode: 'read-only' },
  ];
  const uid = process.getuid?.() ?? 0;
  const known = knowJails({ home: join(root, 'home'), stateDirs: [], uid }, jails);
  const folderOf = ({ folder }: JailSpec): string => known.open(folder).path;
  const put: Scene['put'] = (path, content = '') => {
    const file = join(work, path);
    mkdirSync(join(file, '..'), { recursive: true });
    writeFileSync(file, content);
    return file;
  };
  const remove = (): void => rmSync(root, { recursive: true, force: true });
  return { root, work, deps: { jails: () => jails, folderOf }, put, remove };
}

export const execute = (action: Action, prepared: Prepared): Promise<Json> => {
  const principal = { kind: 'agent', id: 'a' } as const;
  const intent = { id: 'r', action: action.name, resource: prepared.resource, context: {} };
  const grant = issue({
    complexity: 3,
    request: { ...intent, principal, labels: cleanLabels },
    prepared,
    digest: '',
  });
  return action.execute(grant, AbortSignal.timeout(5000), () => undefined);
};

export const run = async (action: Action, resource: Json): Promise<Json> =>
  execute(action, await action.prepare(resource, agent));
