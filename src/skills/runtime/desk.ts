import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Log } from '../../base/log.ts';
import { visible } from '../../base/visible.ts';
import type { ActionRequest, Outcome, Perform, Update } from '../../domain/action.ts';
import type { Principal } from '../../domain/agent.ts';
import { type Asked, readAsk, shaped } from './asks.ts';
import type { Bounds } from './bounds.ts';
import type { Use } from './process.ts';
import type { Scrub } from './scrub.ts';
import type { SecretDesk } from './secret-read.ts';

export interface DeskDeps {
  /** The one way out, for whoever called the skill. */
  readonly performAs: (principal: Principal) => Perform;
  readonly secrets: Pick<SecretDesk, 'collect'>;
  readonly log: Log;
}

/** The call that a desk is for. */
export interface DeskCall {
  readonly request: ActionRequest;
  readonly bounds: Bounds;
  readonly scrub: Scrub;
  readonly onUpdate: Update;
  readonly signal: AbortSignal;
}

const progress = z.strictObject({
  text: z.string().max(500).optional(),
  done: z.number().optional(),
  total: z.number().optional(),
});
const line = z.strictObject({ text: z.string().max(2000) });

/**
 * Where a running skill asks for things. Each becomes an intent of its caller's, is held against the skill's
 * own permissions, and then passes the governor like everything else.
 */
export function createDesk(deps: DeskDeps, call: DeskCall): Use {
  const { request, bounds, scrub, onUpdate, signal } = call;
  const perform = deps.performAs(request.principal);
  const { session, event } = request.context;
  const context = {
    ...(session === undefined ? {} : { session }),
    ...(event === undefined ? {} : { event }),
    skill: { name: bounds.skill, run: request.id },
  };
  // A server may send back what it was sent.
  const forRecord = (outcome: Outcome): Outcome =>
    outcome.ok
      ? { ...outcome, value: scrub.json(outcome.value) }
      : { ...outcome, message: scrub.text(outcome.message) };
  let count = 0;
  const ask = async (asked: Asked): Promise<Json> => {
    if (asked.kept.some(scrub.holds)) throw KEPT;
    if (count >= MOST_ASKED) throw tooMany(bounds.skill);
    const id = `${request.id}/${++count}`;
    const { action, resource, within } = asked;
    const options = { signal, within, forRecord };
    const value = resultOf(await perform({ id, action, resource, context }, options));
    const given = deps.secrets.collect(id);
    if (given === undefined) return asked.answer(value);
    scrub.add(given);
    return given;
  };
  return {
    serve: async (method, params) => {
      if (method === 'progress') {
        const told = progressText(shaped(progress, params));
        onUpdate({ stream: 'stderr', text: `${scrub.text(visible(told))}\n` });
      } else if (method === 'log') {
        const { text } = shaped(line, params);
        deps.log.info(scrub.text(visible(text)), { skill: bounds.skill, run: request.id });
      } else return ask(readAsk(method, params, bounds));
      return null;
    },
    onPrinted: scrub.printed,
  };
}

/** Most of what one call asks for are looks, which no limit of the owner's counts. */
const MOST_ASKED = 5000;

const tooMany = (skill: string): AtomError =>
  new AtomError(
    'blocked',
    `The skill ${skill} has asked for ${MOST_ASKED.toLocaleString('en')} things in one call, which is as many as it may.`,
    { next: ['Ask it for less at a time.'] },
  );

const KEPT = new AtomError(
  'blocked',
  'A secret may go into a header of a request that is made for one, such as authorization, and nowhere else: this would be kept.',
);

function resultOf(outcome: Outcome): Json {
  if (outcome.ok) return outcome.value;
  throw new AtomError(outcome.reason === 'failed' ? 'failed' : 'blocked', outcome.message);
}

function progressText({ text, done, total }: z.output<typeof progress>): string {
  const count = done === undefined ? '' : ` ${done}${total === undefined ? '' : ` of ${total}`}`;
  return `${text ?? ''}${count}`.trim();
}
