import { AtomError, asAtomError } from '../base/errors.ts';
import { cleanLabels, joinLabels, type Labels, worstLabels } from '../domain/label.ts';
import type { TranscriptEntry } from '../domain/session.ts';
import { entriesSeen } from '../domain/window.ts';
import { act } from './act.ts';
import { consult, withSummary } from './consult.ts';
import {
  type End,
  fail,
  giveUp,
  isGarbled,
  kindAfter,
  overrun,
  stop,
  type TurnResult,
} from './end-turn.ts';
import type { Planner } from './planner.ts';
import { nextStep } from './progress.ts';
import { hear, takeIn, takenBy } from './take-in.ts';
import type { Said } from './transcript-door.ts';
import type { Taken, TurnDeps, TurnInput } from './turn-deps.ts';

export interface Turn {
  /**
   * Answers one message, and what is taken in meanwhile. Everything it knows is in the transcript, so a turn taken again after a
   * crash goes on where it was: calls that came back are not made again, and a reply that was written
   * is given again. Never throws for what a planner or an action does; throws where the transcript
   * cannot be read or written.
   */
  run(input: TurnInput, signal: AbortSignal): Promise<TurnResult>;
}

const MAX_STEPS = 20;

export const createTurn = (deps: TurnDeps): Turn => ({
  run: async (input, signal) => {
    const { event, session } = input;
    const said = (...[item, from, whole]: Parameters<Taken['append']>): Said => ({
      session: session.id,
      event: event.id,
      ...from,
      item,
      ...(whole === undefined ? {} : { whole }),
    });
    const append: Taken['append'] = (...words) => deps.transcript.append(said(...words));
    const later: Taken['later'] = async (...words) =>
      deps.transcript.later ? deps.transcript.later(said(...words)) : append(...words);
    const appendIn: Taken['appendIn'] = async (sql, ...words) =>
      (await deps.transcript.appendIn?.(sql, said(...words))) ?? false;
    deps.onState({ step: 'started' }, session.id, event.id);
    const turn: Taken = { deps, input, signal, append, later, appendIn, joined: new Set() };
    const end = await takeTurn(turn);
    const taken = input.meanwhile ? { taken: await takenBy(turn, input.meanwhile) } : {};
    deps.onState({ step: 'ended', result: end.kind }, session.id, event.id);
    return { ...end, ...taken };
  },
});

async function takeTurn(turn: Taken): Promise<End> {
  for (;;) {
    const result = turn.signal.aborted ? await stop(turn) : await takeStep(turn);
    if (result !== undefined) return result;
  }
}

/** Does the next thing. A result means that the turn is over. */
async function takeStep(turn: Taken): Promise<End | undefined> {
  const { deps, input } = turn;
  const { event, session } = input;
  const entries = await deps.transcript.load(session.id);
  const mine = entries.filter((entry) => entry.event === event.id).map((entry) => entry.item);
  const next = nextStep(mine);
  const asked = mine.filter(({ role }) => role === 'assistant').length;
  // After the last step nobody would read what was taken in.
  const mayTakeIn = asked < maxSteps(deps);
  if (mayTakeIn && (await takeIn(turn, entries, { next, asked }))) return undefined;
  switch (next.kind) {
    case 'hear':
      // Told in a conversation that was left, where a crash kept its turn from being stopped.
      if (!(await deps.transcript.goesOn())) return stop(turn);
      await hear(turn, event);
      return undefined;
    case 'act': {
      const labels = { window: windowLabels(entries), asked: askedLabels(turn, entries) };
      return (await act(turn, next, labels)) === 'stop' ? stop(turn) : undefined;
    }
    case 'reply': {
      const tooLong = next.steps > maxSteps(deps);
      const { format } = next;
      const text = withSummary(next.text, entries, event.id);
      const kind = tooLong ? 'failed' : kindAfter(next.refused);
      return { kind, text, ...(format && { format }) };
    }
    case 'ask':
      return ask(turn, entries, next.steps);
  }
}

/** Asks the planner what to do next and writes it down. A result means that the turn is over. */
async function ask(
  turn: Taken,
  entries: readonly TranscriptEntry[],
  step: number,
): Promise<End | undefined> {
  const planner = await turn.deps.planner(turn.input.session);
  const labels = seenLabels(turn, planner, entries);
  if (step >= maxSteps(turn.deps)) return overrun(turn, step);
  const plan = await consult({ turn, planner, entries, step }).catch(asAtomError);
  if (plan === 'again') return undefined;
  if (turn.signal.aborted) return stop(turn);
  if (plan instanceof AtomError) return fail(turn, planner, plan);
  const mine = entries.filter((entry) => entry.event === turn.input.event.id);
  if (isGarbled(plan) && mine.some(({ item }) => item.role === 'assistant' && isGarbled(item)))
    return giveUp(turn);
  const final = plan.calls.length === 0;
  // What it asks for is written with the beginning of it, and the last word with the reply.
  await turn.later({ role: 'assistant', ...plan, final }, { labels });
  return undefined;
}

const maxSteps = (deps: TurnDeps): number => deps.maxSteps ?? MAX_STEPS;

/** What a planner says may come from anything it was shown, so it carries the label of all of it. */
const seenLabels = (
  { input }: Taken,
  { sees }: Planner,
  entries: readonly TranscriptEntry[],
): Labels => windowLabels(entriesSeen(entries, input.event.id, sees));

/** The label that what is asked for was written down with. */
const askedLabels = ({ input }: Taken, entries: readonly TranscriptEntry[]): Labels =>
  entries.findLast(({ event, item }) => event === input.event.id && item.role === 'assistant')
    ?.labels ?? worstLabels;

const windowLabels = (entries: readonly TranscriptEntry[]): Labels =>
  entries.reduce<Labels>((all, entry) => joinLabels(all, entry.labels), cleanLabels);
