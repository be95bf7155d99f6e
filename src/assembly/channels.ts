import { isDeepStrictEqual } from 'node:util';
import type { Log } from '../base/log.ts';
import { type PlatformName, channels as table } from '../channels/registry.ts';
import type { Channel, ChannelFacts, ChannelHealth } from '../domain/channel.ts';
import type { InboundEvent } from '../domain/event.ts';
import type { Hook } from '../domain/hook.ts';
import { keyOf } from '../protocol/session-key.ts';
import { a2a } from './channels/a2a.ts';
import type { Configured, MakePlatform } from './channels/configured.ts';
import { discord } from './channels/discord.ts';
import { ownChannels } from './channels/own.ts';
import { signal } from './channels/signal.ts';
import { slack } from './channels/slack.ts';
import { sms } from './channels/sms.ts';
import { telegram } from './channels/telegram.ts';
import { webhook } from './channels/webhook.ts';
import { whatsapp } from './channels/whatsapp.ts';
import { whatsappCloud } from './channels/whatsapp-cloud.ts';
import type { Jails } from './jail.ts';
import type { OwnChannels } from './own-channels.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** The channels of a profile, and how each is doing. */
export interface Channels {
  get(name: string): Channel | undefined;
  facts(name: string): ChannelFacts;
  list(): readonly Readonly<Configured>[];
  /** What answers the requests of platforms, by the name of its channel. */
  hooks(): ReadonlyMap<string, Hook>;
  open(accept: Accept): void;
  /** Closes a platform and opens it with the secrets of now. Undefined where it is not configured. */
  reopen(name: string): Promise<Readonly<Configured> | undefined>;
  close(): Promise<void>;
}

interface ChannelParts {
  readonly records: Records;
  readonly jails: Pick<Jails, 'libraryJail'>;
  readonly own: OwnChannels;
}

type Accept = (event: InboundEvent) => Promise<void>;

const PLATFORMS: Readonly<Record<PlatformName, MakePlatform>> = {
  telegram,
  whatsapp,
  'whatsapp-cloud': whatsappCloud,
  sms,
  slack,
  signal,
  discord,
  webhook,
  a2a,
};

/** Makes every configured channel. One that lacks its credentials is marked failed; the rest goes on. */
export async function createChannels(
  options: AtomOptions,
  { records, jails, own }: ChannelParts,
): Promise<Channels> {
  const { log } = options;
  const device = await connected(options, table.device);
  const agent = await connected(options, table.agent);
  const platforms = await Promise.all(
    Object.values(PLATFORMS).map((make) => make(options, records, jails)),
  );
  const written = () => ownChannels(options, records, own);
  const shown = [
    await connected(options, table.terminal),
    ...platforms.flat(),
    ...(await written()),
  ];
  const all = (): readonly Configured[] => [device, agent, ...shown];
  const byName = (name: string) => all().find(({ facts }) => facts.name === name);
  const opening = createOpening(options, records);
  let last: Promise<unknown> = Promise.resolve();
  const reopen = async (name: string): Promise<Configured | undefined> => {
    const at = shown.findIndex(({ facts }) => facts.name === name);
    if (name === 'terminal' || at < 0) return undefined;
    await shown[at]?.channel?.close();
    const all = isPlatform(name) ? await PLATFORMS[name](options, records, jails) : await written();
    const made = all.find(({ facts }) => facts.name === name);
    if (made === undefined) return undefined;
    shown[at] = made;
    opening.again(made);
    return made;
  };
  for (const { facts, health } of shown) {
    log.info(`channel ${facts.label} by ${facts.transport}`, { channel: facts.name });
    if (health.state === 'failed') sayHealth(log.part(facts.name), facts, health);
  }
  return {
    get: (name) => byName(name)?.channel,
    facts: (name) => ({
      ...(byName(name)?.facts ?? table.terminal.facts),
      profile: options.paths.profile,
    }),
    // Those of devices and of agents are always there, and how they do is that of the gateway.
    list: () => shown,
    hooks: () =>
      new Map(
        shown.flatMap(({ facts, channel }) =>
          channel?.hook === undefined ? [] : [[facts.name, channel.hook] as const],
        ),
      ),
    open: (accept) => opening.open(shown, accept),
    reopen: (name) => {
      // One after the other: of two at once, one would stay open and be nobody's.
      const reopened = last.then(() => reopen(name));
      last = reopened.catch(() => undefined);
      return reopened;
    },
    close: async () => {
      await Promise.allSettled(all().map(({ channel }) => channel?.close()));
    },
  };
}

const isPlatform = (name: string): name is PlatformName => Object.hasOwn(PLATFORMS, name);

/** Opens channels, and tells what becomes of them. */
function createOpening({ log, clock, metrics }: AtomOptions, { bus }: Records) {
  let hear: Accept | undefined;
  const openOne = (configured: Configured, accept: Accept): void => {
    const { facts, health } = configured;
    const alert = (reason: string): void =>
      bus.tell('alert', { kind: 'channel', text: `${facts.label} failed: ${reason}` });
    if (health.state === 'failed') alert(health.reason);
    const back = (): void => bus.tell('channel.back', { channel: facts.name });
    watch(configured, accept, { log: log.part(facts.name), clock, metrics, alert, back });
  };
  return {
    open: (shown: readonly Configured[], accept: Accept): void => {
      hear = accept;
      for (const configured of shown) openOne(configured, accept);
    },
    /** One that was made anew; before `open` it waits for it like all others. */
    again: (configured: Configured): void => {
      if (hear) openOne(configured, hear);
    },
  };
}

function watch(
  configured: Configured,
  accept: Accept,
  {
    log,
    clock,
    metrics,
    alert,
    back,
  }: Pick<AtomOptions, 'log' | 'clock' | 'metrics'> & {
    alert(reason: string): void;
    back(): void;
  },
): void {
  const { name } = configured.facts;
  configured.channel?.open({
    accept,
    attempt: () => metrics.attempt(name),
    health: (health) => {
      const before = configured.health;
      configured.health = health;
      if (health.state === 'ready' && before.state === 'retrying') {
        metrics.reconnected(name);
        back();
      }
      // This terminal is here as long as somebody looks at it; a platform proves itself by answering.
      if (health.state === 'ready' && name !== 'terminal') configured.provedAt = clock.now();
      if (isDeepStrictEqual(health, before)) return;
      sayHealth(log, configured.facts, health);
      if (health.state === 'failed') alert(health.reason);
    },
  });
}

function sayHealth(log: Log, { name }: ChannelFacts, health: ChannelHealth): void {
  // Only a platform can tell whether credentials are good.
  const verified = name === 'terminal' ? '' : ', credentials verified';
  if (health.state === 'ready') log.info(`ready as ${health.identity}${verified}`);
  if (health.state === 'retrying') log.warn(`trying again: ${health.reason}`);
  if (health.state === 'failed') log.error(`failed: ${health.reason}`);
}

/** A channel of those who are connected to the gateway: `terminal`, `device` or `agent`. */
async function connected(
  { emit, clock }: AtomOptions,
  { facts, load }: (typeof table)['terminal'],
): Promise<Configured> {
  const { create } = await load();
  const channel = create({
    publish: ({ id, to, text, inReplyTo }) =>
      emit({
        kind: 'message',
        id,
        session: keyOf(to, false),
        text,
        at: clock.now(),
        ...(inReplyTo === undefined ? {} : { inReplyTo }),
      }),
  });
  return { facts, channel, health: { state: 'starting' } };
}
