import { clockTime, duration } from '../../base/clock.ts';
import type {
  ChannelCounts,
  ClientCounts,
  HookCounts,
  LiveStats,
} from '../../domain/live-stats.ts';
import { cut, type Drawing, heading, quantileWords, row, rows } from './rows.ts';

/** What the running gateway counted, as lines of at most 40 columns. */
export function drawLive(live: LiveStats, how: Drawing, now: number): readonly string[] {
  const { startedAt, channels, clients, hooks, trips } = live;
  const since = `${clockTime(startedAt)} (${duration(now - startedAt)})`;
  return [
    heading(cut(`Since the start at ${since}`), how),
    ...channels.flatMap(channelRows),
    ...hooks.flatMap(hookRows),
    ...clients.flatMap(clientRows),
    ...trips.map(({ circuit, count }) => row('left alone', `${circuit}, ${count} times`)),
  ];
}

function channelRows({ channel, ...counts }: ChannelCounts): readonly string[] {
  const { attempts, reconnects, received, outcomes, reply, send } = counts;
  const { sent, failed, retried, uncertain, expired } = outcomes;
  const bad = [
    ...(failed + expired > 0 ? [`${failed + expired} lost`] : []),
    ...(retried + uncertain > 0 ? [`${retried + uncertain} again`] : []),
  ];
  return [
    ...rows(channel, [`${received} in`, `${sent} sent`, ...bad]),
    ...(attempts > 0 ? [row('  tries', `${attempts}, worked again ${reconnects}`)] : []),
    ...(reply.count > 0 ? [row('  answer', quantileWords(reply))] : []),
    ...(send.count > 0 ? [row('  send', quantileWords(send))] : []),
  ];
}

function hookRows({ channel, outcomes, answer }: HookCounts): readonly string[] {
  const { taken, refused, failed } = outcomes;
  const bad = [
    ...(refused > 0 ? [`${refused} refused`] : []),
    ...(failed > 0 ? [`${failed} failed`] : []),
  ];
  return [
    ...rows('webhooks', [channel, `${taken} taken`, ...bad]),
    ...(answer.count > 0 ? [row('  answer', quantileWords(answer))] : []),
  ];
}

function clientRows({ client, opened, closed, refused, resumed }: ClientCounts): readonly string[] {
  const more = [
    ...(resumed > 0 ? [`${resumed} resumed`] : []),
    ...(refused > 0 ? [`${refused} refused`] : []),
  ];
  return rows(client, [`${opened - closed} now`, `${opened} in all`, ...more]);
}
