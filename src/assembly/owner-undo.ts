import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Outcome, Perform } from '../domain/action.ts';
import type { Restored } from '../domain/undo.ts';
import { changeLines, countWords, runWords } from '../domain/undo-words.ts';
import type { UndoDoor } from '../ingress/talk-door.ts';
import { sessionByKey } from '../store/tables/sessions.ts';
import type { Undo } from '../undo/undo.ts';
import type { Records } from './record.ts';

export interface UndoWish {
  /** The code or the id of a run; the last one where there is none. */
  readonly ref?: string | undefined;
  readonly force: boolean;
  /** Digest of the plan that was shown. */
  readonly plan?: string | undefined;
  /** The same for a repeat of the same wish, which is then done once. */
  readonly id?: string;
}

/** How the owner takes back what runs changed. */
export interface OwnerUndo extends Pick<Undo, 'list' | 'plan'> {
  /** Takes a run back, as an action of the owner. Throws AtomError where it was not. */
  take(wish: UndoWish): Promise<Restored>;
  /** The same from a chat, in words. */
  readonly door: UndoDoor;
}

export interface OwnerUndoParts {
  readonly records: Pick<Records, 'store'>;
  readonly undo: Undo;
  readonly performAsOwner: Perform;
}

/** The longest wait for somebody else's turn in the folder. */
const MOST_WAIT_MS = 60_000;
const MOST_LISTED = 10;

export function createOwnerUndo(parts: OwnerUndoParts): OwnerUndo {
  const { undo, records, performAsOwner } = parts;
  const take = async ({ ref: run, force, plan, id = newId() }: UndoWish): Promise<Restored> => {
    const resource = {
      force,
      ...(run === undefined ? {} : { run }),
      ...(plan === undefined ? {} : { plan }),
    };
    const outcome = await performAsOwner(
      { id, action: 'undo.restore', resource, context: {} },
      { signal: AbortSignal.timeout(MOST_WAIT_MS) },
    );
    if (!outcome.ok) throw refusal(outcome);
    return outcome.value as unknown as Restored;
  };
  const sessionOf = async (key: string): Promise<string> =>
    (await sessionByKey(records.store, key))?.id ?? '';
  return {
    list: undo.list,
    plan: undo.plan,
    take,
    door: {
      last: async ({ key, id }) => {
        const { of, digest } = await undo.plan({ session: await sessionOf(key), force: false });
        return tookBack(await take({ ref: of.run, force: false, plan: digest, id }));
      },
      list: async (key) => {
        const runs = await undo.list({ limit: MOST_LISTED, session: await sessionOf(key) });
        const lines = runs.map(
          (run) => `${run.code}  ${runWords(run)}${run.undone ? '  (taken back)' : ''}`,
        );
        return lines.join('\n') || 'Nothing of this conversation can be taken back.';
      },
    },
  };
}

function refusal({ reason, message }: Outcome & { readonly ok: false }): AtomError {
  const [first = '', ...next] = message.split('\n');
  return new AtomError(reason === 'failed' ? 'failed' : 'blocked', first, { next });
}

function tookBack(restored: Restored): string {
  const { of, changes, failed } = restored;
  return [
    `Took back run ${of.code} (${runWords(of)}): ${countWords(changes)}.`,
    ...changeLines(restored),
    ...failed.map(({ path, why }) => `! ${path} could not be brought back: ${why}`),
  ].join('\n');
}
