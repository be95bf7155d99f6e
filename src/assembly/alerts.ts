import type { Log } from '../base/log.ts';
import { alertChannel } from '../channels/alerts/channel.ts';
import { type AlertTarget, alertText, type Posted } from '../channels/alerts/post.ts';
import { formatOf, targetUrl } from '../channels/alerts/target.ts';
import type { AlertSettings } from '../config/alerts-schema.ts';
import { type Alert, alertKinds } from '../domain/alert.ts';
import type { Channel } from '../domain/channel.ts';
import { alertSecret } from '../secrets/names.ts';
import { type Alerted, createAlertQueue } from './alert-queue.ts';
import { hearAlerts } from './happenings.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

export interface Alerts {
  /** What posts the messages of the outbox for a target, by the name that it has there. */
  channel(name: string): Channel | undefined;
  /** Queues nothing any more. */
  stop(): Promise<void>;
}

/**
 * Queues what the owner wants to hear of for their addresses. Never in the way of what it tells about: it
 * holds up nothing, and what becomes of it is a line in the log and an entry in the record.
 */
export async function startAlerts(
  options: Pick<AtomOptions, 'config' | 'secrets' | 'log' | 'clock' | 'paths'>,
  records: Pick<Records, 'bus' | 'store' | 'audit'>,
): Promise<Alerts> {
  const { clock, paths } = options;
  const log = options.log.part('alerts');
  const targets = (await targetsOf(options)).map(({ name, events, target }) => ({
    name,
    events,
    channel: alertChannel(
      { name, target },
      {
        clock,
        from: paths.profile,
        ended: (kind, posted) => noteEnd(records, log, { name, kind, posted }),
      },
    ),
  }));
  const queue = createAlertQueue({ ...records, clock, log });
  const stops = hearAlerts(records.bus, (alert) => {
    for (const target of targets)
      if (target.events.includes(alert.kind)) queue.add(alerted(target), alert);
  });
  return {
    channel: (name) => targets.find(({ channel }) => channel.facts.name === name)?.channel,
    stop: async () => {
      for (const stop of stops) stop();
      await queue.settled();
    },
  };
}

const alerted = ({
  name,
  channel,
}: {
  readonly name: string;
  readonly channel: Channel;
}): Alerted => ({
  name,
  channel,
  compose: async ({ text }) => ({
    facts: channel.facts,
    to: { channel: channel.facts.name, account: 'main', peer: name },
    text: alertText(text),
  }),
});

interface AlertEnd {
  readonly name: string;
  readonly kind: Alert['kind'];
  readonly posted: Posted;
}

function noteEnd(
  { store, audit }: Pick<Records, 'store' | 'audit'>,
  log: Log,
  { name, kind, posted }: AlertEnd,
): void {
  if (posted.ok) log.info(`posted to ${name}`, { kind });
  else log.error(`not posted to ${name}: ${posted.why}`, { kind });
  const how = posted.ok ? { status: posted.status } : { why: posted.why };
  store
    .tx((sql) =>
      audit(sql, posted.ok ? 'alert.posted' : 'alert.failed', { target: name, kind, ...how }),
    )
    .catch((error: unknown) => log.error(`not recorded: ${String(error)}`));
}

type Target = Pick<AlertSettings, 'name' | 'events'> & { readonly target: AlertTarget };

async function targetsOf({
  config,
  secrets,
  log,
}: Pick<AtomOptions, 'config' | 'secrets' | 'log'>): Promise<readonly Target[]> {
  const found: Target[] = [];
  for (const { name, events, format } of wanted(config.alerts)) {
    const text = await secrets.get(alertSecret(name));
    if (text === undefined) {
      if (config.alerts.some((one) => one.name === name))
        log.part('alerts').error(`no address is stored for ${name}: atom alerts add ${name}`);
      continue;
    }
    try {
      const url = targetUrl(text);
      found.push({ name, events, target: { url, format: format ?? formatOf(url) } });
    } catch {
      log
        .part('alerts')
        .error(`what is stored for ${name} is no https address: atom alerts add ${name}`);
    }
  }
  return found;
}

/** One that only the environment names gets everything. */
const wanted = (
  alerts: readonly AlertSettings[],
): readonly (Pick<AlertSettings, 'name' | 'events'> & Partial<AlertSettings>)[] =>
  alerts.some(({ name }) => name === FROM_ENV)
    ? alerts
    : [...alerts, { name: FROM_ENV, events: [...alertKinds] }];

/** The name of the target of DISCORD_WEBHOOK_URL. */
const FROM_ENV = 'discord';
