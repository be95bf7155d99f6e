import type { AtomError } from '../base/errors.ts';
import { asIs } from '../base/hint.ts';
import type { RefusalReason } from '../domain/action.ts';
import type { Sourced } from '../domain/label.ts';
import { OWN, PLAIN } from './hearing.ts';
import { wasStopped } from './output-text.ts';
import type { Plan, Planner } from './planner.ts';
import type { Taken } from './turn-deps.ts';

/** How a turn ended. `text` is the reply, which the caller sends. */
export interface TurnResult {
  readonly kind: 'replied' | 'declined' | 'blocked' | 'failed' | 'stopped';
  readonly text: string;
  /** How a model wrote it; absent for atom's own words. */
  readonly format?: 'markdown';
  /** Ids of further messages that were taken into the turn and are answered with it. */
  readonly taken?: readonly string[];
}

export type End = Omit<TurnResult, 'taken'>;

/** What a model's provider says went wrong is told to the model again, and is nobody's we know. */
export async function fail(
  { deps, append }: Taken,
  { name, sees }: Planner,
  error: AtomError,
): Promise<End> {
  deps.log.warn(`The planner failed: ${error.message}`);
  const { hint = asIs } = deps;
  // What is somebody else's words is repeated as it was.
  const message = error.quotes === undefined ? hint(error.message) : error.message;
  const text = [message, ...error.next.map(hint)].join('\n');
  const quotes = error.quotes !== undefined || error.code !== 'blocked';
  const outside = sees === 'conversation' && quotes;
  const foreign: Sourced = {
    labels: { integrity: 'untrusted', confidentiality: 'private' },
    source: `an error message of ${name}`,
  };
  await append({ role: 'note', text }, outside ? foreign : OWN);
  return { kind: error.code === 'blocked' ? 'blocked' : 'failed', text };
}

/** True for calls whose arguments are no JSON, which nobody can read. */
export const isGarbled = ({ calls }: Pick<Plan, 'calls'>): boolean =>
  calls.some(({ input }) => input === null || typeof input !== 'object' || Array.isArray(input));

/** It took too many steps; what is said of it is the reply of the next one. */
export async function overrun({ append }: Taken, step: number): Promise<undefined> {
  const text = `I stopped after ${step} steps without coming to an end. Say "go on" and I will, or ask for a smaller part of it.`;
  await append({ role: 'assistant', text, calls: [], final: true }, PLAIN);
}

/** It was told once what was wrong, and did it again. */
export async function giveUp({ deps, append }: Taken): Promise<End> {
  const { hint = asIs } = deps;
  const text = hint(
    // Without its name: which models there are, is the owner's to know.
    `The model asked for a tool twice in a way that cannot be read, so I stopped. Ask again, or choose another model:   atom models list`,
  );
  await append({ role: 'assistant', text, calls: [], final: true }, PLAIN);
  return { kind: 'failed', text };
}

/** What was cut off is told: how long it had run, and what it had printed. */
export async function stop({ deps, input, append }: Taken): Promise<End> {
  const entries = await deps.transcript.load(input.session.id);
  const last = entries.findLast(({ event }) => event === input.event.id)?.item;
  const cut = last?.role === 'tool' && wasStopped(last.value) ? `\n${last.text}` : '';
  // Noted without it: what a command printed is not atom's own.
  await append({ role: 'note', text: 'Stopped.' }, PLAIN);
  return { kind: 'stopped', text: `Stopped.${cut}` };
}

/** How a turn is said to have ended where the last refusal was that. */
export function kindAfter(refused: RefusalReason | undefined): End['kind'] {
  if (refused === 'denied' || refused === 'expired') return 'declined';
  const held = ['policy', 'blocked', 'limited', 'halted'];
  return refused !== undefined && held.includes(refused) ? 'blocked' : 'replied';
}
