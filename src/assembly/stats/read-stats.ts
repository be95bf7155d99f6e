import type { ChannelTraffic, Counted, DayUse, ModelUse, Stats, Use } from '../../domain/stats.ts';
import { dayOf, daysBetween, quantilesOf } from '../../domain/stats.ts';
import type { Sql } from '../../domain/store.ts';
import { CHAIN } from '../../governance/audit/tree.ts';
import { MILLION } from '../../governance/limits/settings.ts';
import { costOfTokens } from '../../llm/cost.ts';
import type { ModelSettings } from '../../llm/place.ts';
import { allAgents } from '../../store/tables/agents.ts';
import {
  entriesSince,
  messagesIn,
  messagesOut,
  replyTimes,
  type Span,
} from '../../store/tables/stats.ts';
import { type Answers, count, createTally, TALLIED } from './tally.ts';

/** What money is counted by. */
export interface Prices {
  readonly models: ModelSettings;
  readonly currency: string;
}

/**
 * What happened from `since` on, read from the record and the queues: the same whether a gateway runs or
 * not. Messages are there for as long as the settings keep them, the record for longer.
 */
export async function readStats(
  sql: Sql,
  span: Span,
  { models, currency }: Prices,
): Promise<Stats> {
  const tally = createTally();
  const record = { chain: CHAIN, kinds: TALLIED, since: span.since };
  const isOver = (at: number): boolean => span.cut === true && at >= span.until;
  for await (const page of entriesSince(sql, record))
    for (const entry of page) if (!isOver(entry.at)) tally.add(entry);
  const { approvals, commands, refusals, skills, actions, answers } = tally.read();
  const arrived = await messagesIn(sql, span);
  const perDay = new Map<string, number>();
  for (const { at } of arrived) count(perDay, dayOf(at));
  const priced = answers.map((one) => ({ ...one, money: moneyOf(one, models) }));
  const byModel = (of: readonly Priced[]): readonly ModelUse[] =>
    [...together(of, ({ model }) => model)].map(([model, use]) => ({ model, ...use }));
  const days = daysBetween(span.since, span.until).map(
    (day): DayUse => ({
      day,
      messages: perDay.get(day) ?? 0,
      actions: actions.get(day) ?? 0,
      models: byModel(priced.filter((one) => one.day === day)),
    }),
  );
  const names = new Map((await allAgents(sql)).map(({ id, name }) => [id, name]));
  const byAgent = together(
    priced.filter(({ agent }) => agent !== null),
    ({ agent }) => names.get(agent ?? '') ?? agent ?? '',
  );
  return {
    since: span.since,
    until: span.until,
    messages: await trafficIn(sql, span, arrived),
    replies: quantilesOf(await replyTimes(sql, span)),
    approvals,
    commands,
    currency,
    days,
    refusals: mostFirst(refusals),
    skills: mostFirst(skills),
    models: byModel(priced).toSorted(dearestFirst),
    agents: [...byAgent].map(([agent, use]) => ({ agent, ...use })).toSorted(dearestFirst),
  };
}

const mostFirst = (counts: ReadonlyMap<string, number>): readonly Counted[] =>
  [...counts].map(([name, many]) => ({ name, count: many })).sort((a, b) => b.count - a.count);

const dearestFirst = (a: Use, b: Use): number => b.money - a.money || b.calls - a.calls;

type Priced = Answers & Use;

/** The sums of what has one name. */
function together(
  answers: readonly Priced[],
  nameOf: (one: Priced) => string,
): ReadonlyMap<string, Use> {
  const all = new Map<string, Use>();
  for (const one of answers) {
    const before = all.get(nameOf(one)) ?? NOTHING;
    const sum = (what: keyof Use): number => before[what] + one[what];
    all.set(nameOf(one), {
      calls: sum('calls'),
      input: sum('input'),
      output: sum('output'),
      cached: sum('cached'),
      reasoning: sum('reasoning'),
      money: sum('money'),
    });
  }
  return all;
}

const NOTHING: Use = { calls: 0, input: 0, output: 0, cached: 0, reasoning: 0, money: 0 };

/** A provider that is not among the settings any more has no price that anybody could look up. */
const moneyOf = ({ model, ...tokens }: Answers, settings: ModelSettings): number =>
  costOfTokens(model, tokens, settings) / MILLION;

async function trafficIn(
  sql: Sql,
  span: Span,
  arrived: readonly { readonly channel: string }[],
): Promise<readonly ChannelTraffic[]> {
  const incoming = new Map<string, number>();
  for (const { channel } of arrived) count(incoming, channel);
  const outgoing = new Map<string, Map<string, number>>();
  for (const { lane, state, count: many } of await messagesOut(sql, span)) {
    const channel = channelOf(lane);
    const states = outgoing.get(channel) ?? new Map<string, number>();
    outgoing.set(channel, states);
    count(states, state, many);
  }
  return [...new Set([...incoming.keys(), ...outgoing.keys()])].sort().map((channel) => {
    const many = (state: string): number => outgoing.get(channel)?.get(state) ?? 0;
    return {
      channel,
      in: incoming.get(channel) ?? 0,
      out: many('sent'),
      failed: many('failed'),
      uncertain: many('uncertain'),
      expired: many('expired'),
    };
  });
}

/** The channel in the key of a chat (see `addressKey`). */
const channelOf = (lane: string): string => decodeURIComponent(lane.split('/')[0] ?? '');
