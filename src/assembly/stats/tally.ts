import type { Json } from '../../base/json.ts';
import { dayOf, quantilesOf, type Stats, type Use } from '../../domain/stats.ts';
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
  /** One for each day, agent and model. */
  readonly answers: readonly Answers[];
}

/** What a model answered an agent, or the owner, on one day. */
export interface Answers extends Omit<Use, 'money'> {
  readonly day: string;
  /** The agent's id; `?` where the record begins after the question, `null` for a trial of the owner's. */
  readonly agent: string | null;
  readonly model: string;
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
  const answers = new Map<string, Answers>();
  /** Whose questions to models are open, by the run. */
  const asking = new Map<string, string | null>();
  const askedAt = new Map<string, number>();
  const decided: number[] = [];

  const begun = (body: Body, at: number): void => {
    const { action, complexity, approval, standing, principal, words } = body;
    if (action === 'shell.exec') {
      const index = Number(complexity) - 1;
      commands[index] = (commands[index] ?? 0) + 1;
    }
    if (action === 'llm.complete') asking.set(String(body.run), askerOf(principal));
    if (action === 'skill.call') count(skills, skillInWords(words));
    if (!isAgents(principal) || isTalk(action)) return;
    count(actions, dayOf(at));
    if (approval !== null) return;
    counts[standing === null ? 'byRule' : 'standing'] += 1;
  };
  const done = ({ run, model, tokens }: Body, at: number): void => {
    const asker = asking.get(String(run));
    const agent = asker === undefined ? '?' : asker;
    const place = { day: dayOf(at), agent, model: String(model) };
    asking.delete(String(run));
    const key = JSON.stringify(Object.values(place));
    const { calls, ...before } = answers.get(key) ?? NONE;
    const more = tokens as unknown as Partial<typeof before>;
    const sum = (one: keyof typeof before): number => before[one] + (more[one] ?? 0);
    answers.set(key, {
      ...place,
      calls: calls + 1,
      input: sum('input'),
      output: sum('output'),
      cached: sum('cached'),
      reasoning: sum('reasoning'),
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
      commands,
      refusals,
      skills,
      actions,
      answers: [...answers.values()],
    }),
  };
}

const NONE = { calls: 0, input: 0, output: 0, cached: 0, reasoning: 0 };

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

/** Null where it is the owner who tries a model. */
const askerOf = (principal: Json | undefined): string | null =>
  isAgents(principal) ? idOf(principal) : null;

const idOf = (principal: Json | undefined): string =>
  String((principal as { readonly id?: Json } | null | undefined)?.id ?? '?');

const isAgents = (principal: Json | undefined): boolean =>
  (principal as { readonly kind?: Json } | null | undefined)?.kind === 'agent';

/** Thinking and answering is part of everything that an agent does. */
const isTalk = (action: Json | undefined): boolean =>
  action === 'llm.complete' || action === 'message.reply' || action === 'feed.post';
