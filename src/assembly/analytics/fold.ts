import type { Json } from '../../base/json.ts';
import { dayOf } from '../../domain/stats.ts';
import type { NumberedBody } from '../../store/tables/stats.ts';
import type { Cell, Counts, Open, Place } from '../../store/tables/tally.ts';
import type { Context } from './attribute.ts';

/** What some entries of the record add up to, and which questions to models they leave open. */
export interface Folded {
  readonly cells: ReadonlyMap<string, readonly [Cell, Counts]>;
  readonly opened: ReadonlyMap<string, Open>;
  /** Runs whose questions were open before and are answered now. */
  readonly closed: readonly string[];
}

export interface FoldDeps {
  readonly attribute: (context: Context) => Promise<Omit<Place, 'agent'>>;
  /** A question that entries before these left open. */
  readonly openQuestion: (run: string) => Promise<Open | undefined>;
}

/** The kinds of entries that are counted. */
export const FOLDED = ['begun', 'done', 'failed'] as const;

export const NO_COUNTS: Counts = {
  replies: 0,
  actions: 0,
  asked: 0,
  calls: 0,
  input: 0,
  output: 0,
  cached: 0,
  reasoning: 0,
  ms: 0,
};

/** Counts entries of the record, in their order; none of anybody's words. */
export async function fold(entries: readonly NumberedBody[], deps: FoldDeps): Promise<Folded> {
  const cells = new Map<string, readonly [Cell, Counts]>();
  const opened = new Map<string, Open>();
  const closed: string[] = [];
  const add = (cell: Cell, more: Partial<Counts>): void => {
    const key = JSON.stringify([cell.day, cell.user, cell.agent, cell.channel, cell.model]);
    cells.set(key, [cell, sumOf(cells.get(key)?.[1] ?? NO_COUNTS, more)]);
  };
  const begun = async (body: Body, at: number): Promise<void> => {
    const place = await placeOf(body, deps);
    if (body.action === 'llm.complete') opened.set(String(body.run), { at, ...place });
    else if (isAgents(body)) add({ day: dayOf(at), ...place, model: '' }, deedOf(body));
  };
  const ended = async ({ run, model, tokens }: Body, at: number): Promise<void> => {
    const id = String(run);
    const question = opened.get(id) ?? (await deps.openQuestion(id));
    if (!question) return;
    if (!opened.delete(id)) closed.push(id);
    const { at: since, ...place } = question;
    if (tokens)
      add({ day: dayOf(at), ...place, model: String(model) }, answerOf(tokens, at - since));
  };
  for (const { at, kind, body } of entries) {
    // Most ends are of what no model was asked for.
    if (kind === 'done' && !body.includes('"tokens"')) continue;
    await (kind === 'begun' ? begun : ended)(JSON.parse(body) as Body, at);
  }
  return { cells, opened, closed };
}

interface Body {
  readonly run?: Json;
  readonly action?: Json;
  readonly approval?: Json;
  readonly model?: Json;
  readonly principal?: { readonly kind?: Json; readonly id?: Json } | null;
  readonly context?: Context | null;
  readonly tokens?: Partial<Pick<Counts, 'input' | 'output' | 'cached' | 'reasoning'>>;
}

const isAgents = ({ principal }: Body): boolean => principal?.kind === 'agent';

/** What the owner tries is the owner's, and no agent's. */
const placeOf = async (body: Body, { attribute }: FoldDeps): Promise<Place> => ({
  ...(await attribute(body.context ?? {})),
  agent: isAgents(body) ? String(body.principal?.id ?? '') : '',
});

function deedOf({ action, approval }: Body): Partial<Counts> {
  if (action === 'message.reply') return { replies: 1 };
  if (action === 'feed.post') return {};
  return { actions: 1, ...(approval == null ? {} : { asked: 1 }) };
}

const answerOf = (tokens: NonNullable<Body['tokens']>, ms: number): Partial<Counts> => ({
  ...tokens,
  calls: 1,
  ms: Math.max(0, ms),
});

/** Two counts added up. */
export const sumOf = (one: Counts, more: Partial<Counts>): Counts => ({
  replies: one.replies + (more.replies ?? 0),
  actions: one.actions + (more.actions ?? 0),
  asked: one.asked + (more.asked ?? 0),
  calls: one.calls + (more.calls ?? 0),
  input: one.input + (more.input ?? 0),
  output: one.output + (more.output ?? 0),
  cached: one.cached + (more.cached ?? 0),
  reasoning: one.reasoning + (more.reasoning ?? 0),
  ms: one.ms + (more.ms ?? 0),
});
