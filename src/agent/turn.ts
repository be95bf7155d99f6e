import { AtomError, asAtomError } from '../base/errors.ts';
import type { RefusalReason } from '../domain/action.ts';
import { cleanLabels, joinLabels, type Labels, type Sourced } from '../domain/label.ts';
import type { TranscriptEntry, TranscriptItem } from '../domain/session.ts';
import { entriesSeen } from '../domain/window.ts';
import { act } from './act.ts';
import { OWN, PLAIN } from './hearing.ts';
import { wasStopped } from './output-text.ts';
import type { Plan, Planner } from './planner.ts';
import { nextStep } from './progress.ts';
import { hear, heardBesides, takeIn, takenBy } from './take-in.ts';
import type { Taken, TurnDeps, TurnInput } from './turn-deps.ts';

/** How a turn ended. `text` is the reply, which the caller sends. */
export interface TurnResult {
  readonly kind: 'replied' | 'declined' | 'blocked' | 'failed' | 'stopped';
  readonly text: string;
  /** How a model wrote it; absent for atom's own words. */
  readonly format?: 'markdown';
  /** Ids of further messages that were taken into the turn and are answered with it. */
  readonly taken?: readonly string[];
}

type End = Omit<TurnResult, 'taken'>;

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
    const append = (item: TranscriptItem, from: Sourced): Promise<void> =>
      deps.transcript.append({ session: session.id, event: event.id, ...from, item });
    deps.onState({ step: 'started' }, session.id, event.id);
    const turn: Taken = { deps, input, signal, append, joined: new Set() };
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
      await hear(turn, event);
      return undefined;
    case 'act':
      return (await act(turn, next, windowLabels(entries))) === 'stop' ? stop(turn) : undefined;
    case 'reply': {
      const tooLong = next.steps > maxSteps(deps);
      const { text, format } = next;
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
  if (step >= maxSteps(turn.deps)) {
    const text = `I stopped after ${step} steps without coming to an end. Say "go on" and I will, or ask for a smaller part of it.`;
    await turn.append({ role: 'assistant', text, calls: [], final: true }, { labels });
    return undefined;
  }
  const plan = await consult({ turn, planner, entries, step }).catch(asAtomError);
  if (turn.signal.aborted) return stop(turn);
  if (plan instanceof AtomError) return fail(turn, planner, plan);
  const mine = entries.filter((entry) => entry.event === turn.input.event.id);
  if (isGarbled(plan) && mine.some(({ item }) => item.role === 'assistant' && isGarbled(item)))
    return giveUp(turn, planner, labels);
  const final = plan.calls.length === 0;
  await turn.append({ role: 'assistant', ...plan, final }, { labels });
  return undefined;
}

/** True for calls whose arguments are no JSON, which nobody can read. */
const isGarbled = ({ calls }: Pick<Plan, 'calls'>): boolean =>
  calls.some(({ input }) => input === null || typeof input !== 'object' || Array.isArray(input));

/** It was told once what was wrong, and did it again. */
async function giveUp({ append }: Taken, { name }: Planner, labels: Labels): Promise<End> {
  const text = `${name} asked for a tool twice in a way that cannot be read, so I stopped. Ask again, or choose another model:   atom models list`;
  await append({ role: 'assistant', text, calls: [], final: true }, { labels });
  return { kind: 'failed', text };
}

interface Consultation {
  readonly turn: Taken;
  readonly planner: Planner;
  readonly entries: readonly TranscriptEntry[];
  readonly step: number;
}

async function consult({ turn, planner, entries, step }: Consultation): Promise<Plan> {
  const { deps, input, signal } = turn;
  const session = input.session.id;
  const event = input.event.id;
  deps.onState({ step: 'thinking', planner: planner.name }, session, event);
  const transcript = entries.map((entry) => entry.item);
  const more = heardBesides(entries, event);
  return planner.plan(
    {
      session,
      event,
      step,
      more,
      transcript,
      tools: deps.tools(),
      own: await deps.isOwner(input.event),
    },
    signal,
    (text) => deps.onOutput({ session, run: `${event}:${step}`, stream: 'text', text }),
  );
}

/** What a model's provider says went wrong is told to the model again, and is nobody's we know. */
async function fail(
  { deps, append }: Taken,
  { name, sees }: Planner,
  error: AtomError,
): Promise<End> {
  deps.log.warn(`The planner failed: ${error.message}`);
  const text = [error.message, ...error.next].join('\n');
  const quotes = error.quotes !== undefined || error.code !== 'blocked';
  const outside = sees === 'conversation' && quotes;
  const foreign: Sourced = {
    labels: { integrity: 'untrusted', confidentiality: 'private' },
    source: `an error message of ${name}`,
  };
  await append({ role: 'note', text }, outside ? foreign : OWN);
  return { kind: error.code === 'blocked' ? 'blocked' : 'failed', text };
}

/** What was cut off is told: how long it had run, and what it had printed. */
async function stop({ deps, input, append }: Taken): Promise<End> {
  const entries = await deps.transcript.load(input.session.id);
  const last = entries.findLast(({ event }) => event === input.event.id)?.item;
  const cut = last?.role === 'tool' && wasStopped(last.value) ? `\n${last.text}` : '';
  // Noted without it: what a command printed is not atom's own.
  await append({ role: 'note', text: 'Stopped.' }, PLAIN);
  return { kind: 'stopped', text: `Stopped.${cut}` };
}

const maxSteps = (deps: TurnDeps): number => deps.maxSteps ?? MAX_STEPS;

function kindAfter(refused: RefusalReason | undefined): End['kind'] {
  if (refused === 'denied' || refused === 'expired') return 'declined';
  const held = ['policy', 'blocked', 'limited', 'halted'];
  return refused !== undefined && held.includes(refused) ? 'blocked' : 'replied';
}

/** What a planner says may come from anything it was shown, so it carries the label of all of it. */
const seenLabels = (
  { input }: Taken,
  { sees }: Planner,
  entries: readonly TranscriptEntry[],
): Labels => windowLabels(entriesSeen(entries, input.event.id, sees));

const windowLabels = (entries: readonly TranscriptEntry[]): Labels =>
  entries.reduce<Labels>((all, entry) => joinLabels(all, entry.labels), cleanLabels);
