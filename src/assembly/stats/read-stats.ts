import type { ChannelTraffic, Counted, DayUse, ModelUse, Stats } from '../../domain/stats.ts';
import { dayOf, daysBetween, quantilesOf } from '../../domain/stats.ts';
import type { Sql } from '../../domain/store.ts';
import { CHAIN } from '../../governance/audit/tree.ts';
import { MILLION } from '../../governance/limits/settings.ts';
import { costOfTokens } from '../../llm/cost.ts';
import type { ModelSettings } from '../../llm/place.ts';
import {
  entriesSince,
  messagesIn,
  messagesOut,
  replyTimes,
  type Span,
} from '../../store/tables/stats.ts';
import { count, createTally, TALLIED, type Tally, type Tokens } from './tally.ts';

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
  for await (const page of entriesSince(sql, record)) for (const entry of page) tally.add(entry);
  const { approvals, commands, refusals, skills, actions, tokens } = tally.read();
  const arrived = await messagesIn(sql, span);
  const perDay = new Map<string, number>();
  for (const { at } of arrived) count(perDay, dayOf(at));
  const priced = (used: ReadonlyMap<string, Tokens>): readonly ModelUse[] =>
    [...used].map(([model, each]) => ({ model, ...each, money: moneyOf(model, each, models) }));
  const days = daysBetween(span.since, span.until).map(
    (day): DayUse => ({
      ...{ day, messages: perDay.get(day) ?? 0, actions: actions.get(day) ?? 0 },
      models: priced(tokens.get(day) ?? new Map()),
    }),
  );
  return {
    ...span,
    messages: await trafficIn(sql, span, arrived),
    replies: quantilesOf(await replyTimes(sql, span)),
    ...{ approvals, commands, currency, days },
    refusals: mostFirst(refusals),
    skills: mostFirst(skills),
    models: [...priced(together(tokens))].sort((a, b) => b.money - a.money || b.calls - a.calls),
  };
}

const mostFirst = (counts: ReadonlyMap<string, number>): readonly Counted[] =>
  [...counts].map(([name, many]) => ({ name, count: many })).sort((a, b) => b.count - a.count);

function together(perDay: Tally['tokens']): ReadonlyMap<string, Tokens> {
  const all = new Map<string, Tokens>();
  for (const [model, { calls, input, output }] of [...perDay.values()].flatMap((day) => [...day])) {
    const before = all.get(model) ?? { calls: 0, input: 0, output: 0 };
    all.set(model, {
      calls: before.calls + calls,
      input: before.input + input,
      output: before.output + output,
    });
  }
  return all;
}

/** A provider that is not among the settings any more has no price that anybody could look up. */
const moneyOf = (model: string, tokens: Tokens, settings: ModelSettings): number =>
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
      ...{ channel, in: incoming.get(channel) ?? 0, out: many('sent') },
      ...{ failed: many('failed'), uncertain: many('uncertain'), expired: many('expired') },
    };
  });
}

/** The channel in the key of a chat (see `addressKey`). */
const channelOf = (lane: string): string => decodeURIComponent(lane.split('/')[0] ?? '');
