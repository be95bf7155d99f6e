import { lstat, readdir, readFile, realpath, writeFile } from 'node:fs/promises';
import { dirname, join, normalize } from 'node:path';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { isInside } from '../../domain/jail-choice.ts';
import { readAsk } from '../runtime/asks.ts';
import type { Bounds } from '../runtime/bounds.ts';
import type { Use } from '../runtime/process.ts';
import type { Case } from './cases.ts';

export interface Scene {
  /** The folder of the jail, a real path. */
  readonly folder: string;
  readonly bounds: Bounds;
  readonly answers: Case['answers'];
}

type Params = { readonly [key: string]: Json };

/**
 * What answers a skill that is tried: held against its permissions as in life, its files are those of the
 * test's own folder, and everything else is what the test says. Nothing real is asked for.
 */
export const standIn = (scene: Scene): Use => ({
  serve: async (method, params) => {
    if (method === 'progress' || method === 'log') return null;
    const asked = readAsk(method, params, scene.bounds);
    const given = params as Params;
    const path = normalize(String(given.path ?? '.'));
    const why = asked.within({ resource: { jail: scene.bounds.ownJail, path } } as never);
    if (why !== undefined) throw new AtomError('blocked', why);
    if (method.startsWith('fs.')) return await fileOf(scene, { method, path, text: given.text });
    const key = keyOf(method, given);
    const answer = Object.hasOwn(scene.answers, key) ? scene.answers[key] : undefined;
    if (answer !== undefined) return answer as Json;
    throw new AtomError('not-found', `The test gives no answer to: ${key}`);
  },
  onPrinted: () => undefined,
});

const keyOf = (method: string, { url, argv, name }: Params): string =>
  `${method} ${[argv ?? url ?? name].flat().map(String).join(' ')}`;

async function fileOf(
  { folder }: Scene,
  {
    method,
    path,
    text,
  }: { readonly method: string; readonly path: string; readonly text?: Json | undefined },
): Promise<Json> {
  const place = join(folder, path);
  // The skill may have put a link there, and this process sees more than its jail.
  const real = await realpath(method === 'fs.write' ? dirname(place) : place);
  const found = await lstat(place).catch(() => undefined);
  if (!isInside(folder, real) || found?.isSymbolicLink())
    throw new AtomError('blocked', `${path} leads out of the jail.`);
  if (method === 'fs.read') return await readFile(place, 'utf8');
  if (method === 'fs.list') return await entriesOf(place);
  await writeFile(place, String(text));
  return null;
}

async function entriesOf(folder: string): Promise<Json> {
  const entries = await readdir(folder, { withFileTypes: true });
  return Promise.all(
    entries.map(async (entry) => ({
      name: entry.name,
      kind: entry.isFile() ? 'file' : entry.isDirectory() ? 'folder' : 'other',
      bytes: (await lstat(join(folder, entry.name))).size,
    })),
  );
}
