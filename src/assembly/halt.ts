import { newId } from '../base/ids.ts';
import type { Perform } from '../domain/action.ts';
import type { Decider } from '../domain/approval.ts';
import { deciderWords, type HaltChange, haltWords } from '../domain/halt.ts';
import type { Governor } from '../governance/governor.ts';
import type { Halt } from '../governance/halt/halt.ts';
import type { Answers } from '../protocol/answers.ts';
import type { OwnerAct } from './owner-acts.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/**
 * The same governor; everything done through it ends with the next panic. Agents begin nothing while
 * one holds; the owner and atom itself may, to end it and to tell of it.
 */
export const endingWith = (halt: Pick<Halt, 'signal'>, governor: Governor): Governor => ({
  performAs: (principal) => {
    const perform = governor.performAs(principal);
    return (intent, options = {}) => {
      const panic = halt.signal();
      if (panic.aborted && principal.kind !== 'agent') return perform(intent, options);
      const ends = [panic, ...(options.signal ? [options.signal] : [])];
      return perform(intent, { ...options, signal: AbortSignal.any(ends) });
    };
  },
});

/** What the owner gives along: a code of the second factor, or a word typed at the terminal. */
export interface ResumeProof {
  readonly code?: string;
  readonly typed: boolean;
}

/** How a wish to go on was taken. `needs-…`: nothing was done, and what is missing. */
export type Resumed = Answers['resume'];

export type Resume = (by: Decider, proof: ResumeProof) => Promise<Resumed>;

export interface ResumeParts {
  readonly halt: Halt;
  readonly ownerAct: OwnerAct;
  readonly secondFactor: () => Promise<boolean>;
}

/** Ends what holds: a pause at once; a panic with the second factor, or without one at the terminal. */
export const createResume =
  ({ halt, ownerAct, secondFactor }: ResumeParts): Resume =>
  async (by, { code, typed }) => {
    const was = halt.current();
    if (!was) return { ok: false, reason: 'not-held', message: 'Nothing is halted or paused.' };
    if (was.kind === 'paused') {
      await halt.lift(by);
      return { ok: true, was };
    }
    const enrolled = await secondFactor();
    const missing = enrolled ? withFactor(code) : withoutFactor(by, typed);
    if (missing) return missing;
    const proof = { by, ...(enrolled && code !== undefined ? { code } : {}) };
    const outcome = await ownerAct({ action: 'halt.resume', resource: { ...by } }, proof);
    if (outcome.ok) return { ok: true, was };
    return { ok: false, reason: 'refused', message: outcome.message };
  };

type Missing = Extract<Resumed, { readonly ok: false }>;

const withFactor = (code: string | undefined): Missing | undefined =>
  code === undefined ? NEEDS_CODE : undefined;

/** Without a second factor a phone proves nothing; the terminal is where the owner sits. */
function withoutFactor({ surface }: Decider, typed: boolean): Missing | undefined {
  if (surface !== 'terminal') return NOT_HERE;
  return typed ? undefined : NEEDS_WORD;
}

const NEEDS_CODE = {
  ok: false,
  reason: 'needs-code',
  message:
    'Everything is halted. To go on, send the code of your second factor along: /resume 123456',
} as const;

const NOT_HERE = {
  ok: false,
  reason: 'not-here',
  message:
    'Everything is halted. Resume at the terminal (atom resume), or enrol a second factor there.',
} as const;

const NEEDS_WORD = {
  ok: false,
  reason: 'needs-word',
  message: 'Everything is halted. Type the word resume to let it go on.',
} as const;

/** Says in the log and the feed that everything was halted, and that it goes on. Returns how to stop. */
export function tellOfHalts(
  options: AtomOptions,
  { bus }: Pick<Records, 'bus'>,
  performAsSystem: Perform,
): () => void {
  const log = options.log.part('halt');
  const post = (id: string, text: string): void => {
    log.warn(text);
    performAsSystem({
      id,
      action: 'feed.post',
      resource: { kind: 'alert', text },
      context: {},
    }).catch((error: unknown) => log.error(`the alert was lost: ${String(error)}`));
  };
  const stops = [
    bus.on('halt.changed', (change) => post(newId(), changeWords(change))),
    bus.on('limit.reached', ({ id, words }) => post(id, words)),
  ];
  return () => {
    for (const stop of stops) stop();
  };
}

function changeWords({ was, now, by }: HaltChange): string {
  if (now?.kind === 'paused') return `${haltWords(now)}. Messages are kept.`;
  if (now) return `${haltWords(now)}. What ran was killed, what waited was denied: atom resume`;
  return `${was?.kind === 'paused' ? 'The pause' : 'The halt'} was ended by ${deciderWords(by)}.`;
}
