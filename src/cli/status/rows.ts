import { clockTime, duration } from '../../base/clock.ts';
import type { ChannelHealth } from '../../domain/channel.ts';
import { type Halted, haltWords } from '../../domain/halt.ts';
import type { JailStatus } from '../../domain/jail.ts';
import { jailWords as accessWords } from '../../domain/jail-words.ts';
import type { FactorStatus } from '../../domain/second-factor.ts';
import type {
  ChannelStatus,
  CircuitStatus,
  NetworkStatus,
  RecordStatus,
  Status,
  UsageStatus,
} from '../../protocol/status.ts';
import { short } from '../out/bars.ts';
import { cardLine } from '../out/words.ts';

/** A status in words: what, and how it is. `now` in milliseconds since 1970. */
export function statusRows(status: Status, now: number): readonly (readonly [string, string])[] {
  const { agent, spool, outbox, approvals } = status;
  return [
    ...(status.halted ? [haltRow(status.halted, now)] : []),
    ['gateway', gatewayWords(status, now)],
    ...networkRows(status.network),
    ...webhookRows(status.webhooks),
    ['agent', `${agent.name} · ${agent.maturity} · ${agent.model}`],
    ...status.agents
      .filter(({ name, paused }) => name !== agent.name || paused)
      .map((one) => ['agent', agentWords(one)] as const),
    ['jail', jailWords(status.jail)],
    ...status.jails.map((jail) => ['folder', `${jail.folder} · ${accessWords(jail)}`] as const),
    ...(status.jailsWaiting ?? []).map(
      ({ name }) =>
        ['WAITS', `the settings let commands do more in ${name}: atom jails agree`] as const,
    ),
    ...status.channels.map((channel) => ['channel', channelWords(channel, now)] as const),
    ...(status.doubts === 0
      ? []
      : [['in doubt', `${status.doubts} may have happened: atom runs list`] as const]),
    ...status.circuits.map((circuit) => ['left alone', circuitWords(circuit)] as const),
    ...status.running.map((words) => ['running', words] as const),
    ...approvals.map(
      (card) => ['asks', `${card.code} · ${card.risk} risk · ${cardLine(card)}`] as const,
    ),
    ['2fa', factorWords(status.secondFactor)],
    ['inbox', inboxWords(spool, now)],
    [
      'outbox',
      `${outbox.waiting} waiting · ${outbox.failed} failed · ${outbox.uncertain} uncertain`,
    ],
    ['record', recordWords(status.record, now)],
    ['usage', usageWords(status.usage)],
    ['skills', status.skills.map(({ name }) => name).join(', ') || 'none'],
    ['memory', `${Math.round(status.memoryBytes / 1024 / 1024)} MB`],
  ];
}

const agentWords = ({ name, maturity, paused }: Status['agents'][number]): string =>
  [name, maturity, ...(paused ? ['paused'] : [])].join(' · ');
const haltRow = (halted: Halted, now: number): readonly [string, string] => [
  halted.kind.toUpperCase(),
  `${haltWords(halted)} (${duration(now - halted.at)}). Let it go on: atom resume`,
];

/** How much of the record is signed, in one line. */
function recordWords({ entries, signed, signedAt, key }: RecordStatus, now: number): string {
  if (key === undefined || signedAt === undefined) return `${entries} entries · not signed yet`;
  const since = `${signed} signed ${duration(now - signedAt)} ago`;
  return `${entries} entries · ${since} · key ${key}`;
}

const usageWords = (usage: UsageStatus): string => {
  const { actions, commands, money, moneyPerDay, currency, tokens } = usage;
  const spent = `${money.toFixed(2)} of ${moneyPerDay} ${currency} · ${short(tokens)} tokens`;
  return `last 24 h: ${actions} actions · ${commands} commands · ${spent}`;
};

function gatewayWords({ profile, pid, startedAt, stopping, version }: Status, now: number): string {
  const state = stopping ? 'stopping' : 'running';
  const since = `since ${clockTime(startedAt)} (${duration(now - startedAt)})`;
  return `${state} · profile ${profile} · pid ${pid} · ${since} · ${version}`;
}

/** Without a device nothing listens, and nothing is said. */
function networkRows(network: NetworkStatus): readonly (readonly [string, string])[] {
  if (network.state === 'off') return [];
  if (network.state === 'listening') return [['port', `${network.url} · devices and programs`]];
  return [['port', `FAILED · ${network.reason} ${network.next[0] ?? ''}`.trimEnd()]];
}

/** Without a channel that takes any, nothing listens. */
function webhookRows(webhooks: Status['webhooks']): readonly (readonly [string, string])[] {
  if (webhooks.state === 'off') return [];
  if (webhooks.state === 'listening')
    return [['webhooks', `${webhooks.url}/hooks/ · ${webhooks.channels.join(', ')}`]];
  return [['webhooks', `FAILED · ${webhooks.reason} ${webhooks.next[0] ?? ''}`.trimEnd()]];
}

/** What the gateway found out about its jail, in one line. */
export function jailWords(status: JailStatus): string {
  if (status.state === 'unavailable') return `none: ${status.reason} No command runs.`;
  const held = status.checks.filter((check) => check.held).length;
  const checks = `${held} of ${status.checks.length} checks held`;
  if (status.state === 'leaking')
    return `${status.mechanism} · LEAKING · ${checks}. No command runs.`;
  return [`${status.mechanism} · ready`, checks, ...status.warnings.map(({ words }) => words)].join(
    ' · ',
  );
}

function factorWords(factor: FactorStatus): string {
  if (!factor.enrolled) return 'none enrolled';
  const { recoveryCodes, lockedUntil } = factor;
  const locked = lockedUntil === undefined ? [] : [`LOCKED until ${clockTime(lockedUntil)}`];
  return ['enrolled', `${recoveryCodes} recovery codes left`, ...locked].join(' · ');
}

function channelWords(
  { name, transport, health, lastInboundAt, provedAt, silent }: ChannelStatus,
  now: number,
): string {
  const heard =
    lastInboundAt === undefined ? [] : [`last message ${duration(now - lastInboundAt)} ago`];
  const alive = provedAt === undefined ? [] : [aliveWords(now - provedAt, silent === true)];
  return [name, transport, healthWords(health), ...alive, ...heard].join(' · ');
}

const aliveWords = (ms: number, silent: boolean): string =>
  silent ? `SILENT for ${duration(ms)}` : `answered ${duration(ms)} ago`;

function healthWords(health: ChannelHealth): string {
  if (health.state === 'starting') return 'starting';
  if (health.state === 'ready') return `ready as ${health.identity}`;
  return `${health.state}: ${health.reason}`;
}

function inboxWords({ waiting, dead, oldestAt }: Status['spool'], now: number): string {
  const oldest = oldestAt === undefined ? [] : [`oldest ${duration(now - oldestAt)}`];
  const aside = dead === 0 ? [] : [`${dead} put aside: atom spool list`];
  return [`${waiting} waiting`, ...oldest, ...aside].join(' · ');
}

function circuitWords(circuit: CircuitStatus): string {
  const { name } = circuit;
  if (circuit.state === 'closed') return name;
  const again = circuit.state === 'open' ? `until ${clockTime(circuit.until)}` : 'tried now';
  return [name, `failed again and again: ${circuit.reason}`, again].join(' · ');
}
