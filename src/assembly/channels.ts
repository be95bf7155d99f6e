import { join } from 'node:path';
import { newId } from '../base/ids.ts';
import type { Log } from '../base/log.ts';
import { channels as table } from '../channels/registry.ts';
import { findLibrary } from '../channels/whatsapp/library.ts';
import type { Channel, ChannelFacts, ChannelHealth } from '../domain/channel.ts';
import type { InboundEvent } from '../domain/event.ts';
import { keyOf } from '../protocol/session-key.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** One configured channel. Without credentials there is nothing to open, and `health` says so. */
export interface Configured {
  readonly facts: ChannelFacts;
  readonly channel?: Channel;
  health: ChannelHealth;
  /** When the platform last answered. */
  provedAt?: number;
}

/** The channels of a profile, and how each is doing. */
export interface Channels {
  get(name: string): Channel | undefined;
  facts(name: string): ChannelFacts;
  list(): readonly Readonly<Configured>[];
  open(accept: (event: InboundEvent) => Promise<void>): void;
  close(): Promise<void>;
}

/** Makes every configured channel. One that lacks its credentials is marked failed; the rest goes on. */
export async function createChannels(options: AtomOptions, records: Records): Promise<Channels> {
  const { log, clock, metrics } = options;
  const device = await connected(options, table.device);
  const shown = [
    await connected(options, table.terminal),
    ...(await telegram(options)),
    ...(await whatsapp(options, records)),
  ];
  const all = [device, ...shown];
  const get = (name: string): Channel | undefined =>
    all.find(({ facts }) => facts.name === name)?.channel;
  for (const { facts, health } of shown) {
    log.info(`channel ${facts.label} by ${facts.transport}`, { channel: facts.name });
    if (health.state === 'failed') sayHealth(log.part(facts.name), facts, health);
  }
  return {
    get,
    facts: (name) => all.find(({ facts }) => facts.name === name)?.facts ?? table.terminal.facts,
    // That of devices is always there, and how it does is that of the port.
    list: () => shown,
    open: (accept) => {
      for (const configured of shown)
        watch(configured, accept, { log: log.part(configured.facts.name), clock, metrics });
    },
    close: async () => {
      await Promise.allSettled(all.map(({ channel }) => channel?.close()));
    },
  };
}

function watch(
  configured: Configured,
  accept: (event: InboundEvent) => Promise<void>,
  { log, clock, metrics }: Pick<AtomOptions, 'log' | 'clock' | 'metrics'>,
): void {
  const { name } = configured.facts;
  configured.channel?.open({
    accept,
    attempt: () => metrics.attempt(name),
    health: (health) => {
      if (health.state === 'ready' && configured.health.state === 'retrying')
        metrics.reconnected(name);
      configured.health = health;
      // This terminal is here as long as somebody looks at it; a platform proves itself by answering.
      if (health.state === 'ready' && name !== 'terminal') configured.provedAt = clock.now();
      sayHealth(log, configured.facts, health);
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

/** A channel of those who are connected to the gateway: `terminal` or `device`. */
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

async function telegram(options: AtomOptions): Promise<readonly Configured[]> {
  const settings = options.config.channels.telegram;
  if (!settings?.enabled) return [];
  const { facts } = table.telegram;
  const token = await options.secrets.get('telegram.token');
  if (token === undefined) return [{ facts, health: { state: 'failed', reason: NO_TOKEN } }];
  const { create } = await table.telegram.load();
  const channel = create({
    token,
    ...(settings.apiRoot === undefined ? {} : { apiRoot: settings.apiRoot }),
    log: options.log.part('telegram'),
    clock: options.clock,
    newId: () => newId(),
  });
  return [{ facts, channel, health: { state: 'starting' } }];
}

async function whatsapp(
  { config, paths, secrets, packageFolder, log, clock }: AtomOptions,
  { store }: Records,
): Promise<readonly Configured[]> {
  const settings = config.channels.whatsapp;
  if (!settings?.enabled) return [];
  const { facts } = table.whatsapp;
  const { create } = await table.whatsapp.load();
  const { url, ...rest } = settings;
  const channel = create({
    ...{ store, secrets, clock, log: log.part('whatsapp'), newId: () => newId() },
    program: join(packageFolder, 'dist', 'channels', 'whatsapp.mjs'),
    library: () => findLibrary({ packageFolder, data: paths.data }),
    settings: { ...rest, ...(url === undefined ? {} : { url }) },
  });
  return [{ facts, channel, health: { state: 'starting' } }];
}

const NO_TOKEN =
  'no token is stored. Get one from @BotFather, then: atom secrets set telegram.token';
