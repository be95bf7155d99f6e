import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Prepared } from '../../domain/action.ts';
import { readAsk } from '../runtime/asks.ts';
import type { Bounds } from '../runtime/bounds.ts';
import type { Use } from '../runtime/process.ts';
import type { Case } from './cases.ts';

/**
 * Does `file.read`, `file.list` or `file.write` in the folder of one test, never through a link or a pipe;
 * throws AtomError `blocked` where `within` says why it may not.
 */
export type FileAct = (
  action: string,
  resource: Json,
  within?: (prepared: Prepared) => string | undefined,
) => Promise<Json>;

export interface Scene {
  readonly files: FileAct;
  readonly bounds: Bounds;
  readonly answers: Case['answers'];
}

type Params = { readonly [key: string]: Json };

/**
 * What answers a skill that is tried: held against its permissions as in life, its files are those of the
 * test's own folder, and everything else is what the test says. Nothing real is asked for.
 */
export const standIn = ({ files, bounds, answers }: Scene): Use => ({
  serve: async (method, params) => {
    if (method === 'progress' || method === 'log') return null;
    const asked = readAsk(method, params, bounds);
    if (method.startsWith('fs.'))
      return asked.answer(await files(asked.action, asked.resource, asked.within));
    const why = asked.within({ resource: asked.resource, jail: bounds.ownJail } as never);
    if (why !== undefined) throw new AtomError('blocked', why);
    const key = keyOf(method, params as Params);
    const answer = Object.hasOwn(answers, key) ? answers[key] : undefined;
    if (answer !== undefined) return answer as Json;
    throw new AtomError('not-found', `The test gives no answer to: ${key}`);
  },
  onPrinted: () => undefined,
});

const keyOf = (method: string, { url, argv, name, when }: Params): string =>
  `${method} ${[argv ?? url ?? name ?? when].flat().map(String).join(' ')}`;
