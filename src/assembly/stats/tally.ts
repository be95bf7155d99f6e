import type { Json } from '../../base/json.ts';
import { dayOf, quantilesOf, type Stats } from '../../domain/stats.ts';
import { skillInWords } from '../../skills/skill-card.ts';
import type { RawBody } from '../../store/tables/stats.ts';

/** What the record tells: everything of Stats that it holds, by day where that is asked for. */
export interface Tally {
  readonly approvals: Stats['approvals'];
  readonly commands: Stats['commands'];
  readonly refusals: ReadonlyMap<string, number>;
  readonly skills: ReadonlyMap<string, number>;
  /** By the day. */
  readonly actions: ReadonlyMap<string, number>;
  /** By day and model. */
  readonly tokens: ReadonlyMap<string, ReadonlyMap<string, Tokens>>;
}

export interface Tokens {
  readonly calls: number;
  readonly input: number;
  readonly output: number;
}

/** The kinds of entries that are counted. */
export const TALLIED = [
  ...['begun', 'done', 'refused'],
  ...[
    'approval.asked',
    'approval.approved',
    'approval.denied',
    'approval.expired',
    'approval.void',
  ],
] as const;

/** Counts entries as they come. */
export function createTally(): { add(entry: RawBody): void; read(): Tally } {
  const counts = { asked: 0, approved: 0, denied: 0, expired: 0, void: 0, standing: 0, byRule: 0 };
  const commands: [number, number, number, number] = [0, 0, 0, 0];
  const refusals = new Map<string, number>();
  const skills = new Map<string, number>();
  const actions = new Map<string, number>();
  const tokens = new Map<string, Map<string, Tokens>>();
  const askedAt = new Map<string, number>();
  const decided: number[] = [];

  const begun = (body: Body, at: number): void => {
    const { action, complexity, approval, standing, principal, words } = body;
    if (action === 'shell.exec') {
      const index = Number(complexity) - 1;
      commands[index] = (commands[index] ?? 0) + 1;
    }
    if (action === 'skill.call') count(skills, skillInWords(words));
    if (!isAgents(principal) || isTalk(action)) return;
    count(actions, dayOf(at));
    if (approval !== null) return;
    counts[standing === null ? 'byRule' : 'standing'] += 1;
  };
  const done = ({ model, tokens: used }: Body, at: number): void => {
    const day = dayOf(at);
    const models = tokens.get(day) ?? new Map<string, Tokens>();
    const before = models.get(String(model)) ?? { calls: 0, input: 0, output: 0 };
    const { input, output } = used as unknown as Tokens;
    tokens.set(day, models);
    models.set(String(model), {
      calls: before.calls + 1,
      input: before.input + input,
      output: before.output + output,
    });
  };
  const answered = (state: 'approved' | 'denied' | 'expired' | 'void', body: Body, at: number) => {
    counts[state] += 1;
    const since = askedAt.get(String(body.id));
    // Only people take their time; what ends by itself says nothing of them.
    if (since !== undefined && body.by != null && (state === 'approved' || state === 'denied'))
      decided.push(at - since);
  };
  return {
    add: ({ kind, at, body: text }) => {
      if (kind === 'done' && !text.includes('"tokens"')) return;
      const body = JSON.parse(text) as Body;
      if (kind === 'begun') begun(body, at);
      if (kind === 'done' && body.tokens !== undefined) done(body, at);
      if (kind === 'refused') count(refusals, String(body.reason));
      if (kind === 'approval.asked') {
        counts.asked += 1;
        askedAt.set(String(body.id), at);
      }
      const state = ANSWERS[kind];
      if (state) answered(state, body, at);
    },
    read: () => ({
      approvals: { ...counts, decided: quantilesOf(decided) },
      ...{ commands, refusals, skills, actions, tokens },
    }),
  };
}

type Body = Readonly<Record<string, Json | undefined>>;

const ANSWERS: Readonly<Record<string, 'approved' | 'denied' | 'expired' | 'void' | undefined>> = {
  'approval.approved': 'approved',
  'approval.denied': 'denied',
  'approval.expired': 'expired',
  'approval.void': 'void',
};

/** Adds one to what is counted under a name. */
export const count = (counts: Map<string, number>, name: string, many = 1): void =>
  void counts.set(name, (counts.get(name) ?? 0) + many);

const isAgents = (principal: Json | undefined): boolean =>
  (principal as { readonly kind?: Json } | null | undefined)?.kind === 'agent';

/** Thinking and answering is part of everything that an agent does. */
const isTalk = (action: Json | undefined): boolean =>
  action === 'llm.complete' || action === 'message.reply' || action === 'feed.post';
