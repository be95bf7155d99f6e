import { existsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { duration, systemClock } from '../../base/clock.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';
import { bad, type Finding, good, note } from './finding.ts';

/** What there is to hold the clock against without asking anybody. Times in milliseconds since 1970. */
export interface ClockLook {
  readonly now: number;
  /** The newest entry of the record, where there is one. */
  readonly recorded?: number | undefined;
  /** When this atom was installed. */
  readonly installed: number;
  /** Whether the system says that it takes the time from the network; undefined where it does not say. */
  readonly synchronized?: boolean | undefined;
  readonly platform: NodeJS.Platform;
}

/** A record is written, and files are made, with the clock as it was: this much is no fault. */
const SLACK_MS = 60_000;
/** Where systemd keeps that it has the time from the network. */
const TIMESYNC = '/run/systemd/timesync';

/** Whether the clock can be right. Codes of the second factor, certificates and the record depend on it. */
export async function findClock(cli: Cli): Promise<readonly Finding[]> {
  return clockFindings({
    now: systemClock.now(),
    // A database that cannot be read is told of by itself.
    recorded: await newestEntry(cli).catch(() => undefined),
    installed: statSync(join(packageFolder(), 'package.json')).mtimeMs,
    synchronized: existsSync(TIMESYNC) ? existsSync(join(TIMESYNC, 'synchronized')) : undefined,
    platform: cli.env.platform,
  });
}

/** The same, of what was looked at. */
export function clockFindings(look: ClockLook): readonly Finding[] {
  const { now, recorded = 0, installed, synchronized, platform } = look;
  const set = `Set it:   ${platform === 'darwin' ? 'sudo sntp -sS time.apple.com' : 'sudo timedatectl set-ntp true'}`;
  const words = `${new Date(now).toISOString().slice(0, 16).replace('T', ' ')} UTC`;
  const [before, what] =
    recorded > installed
      ? [recorded, 'the newest entry of the record']
      : [installed, 'the day on which atom was installed'];
  if (before - now > SLACK_MS)
    return [bad('clock', `${words} is ${duration(before - now)} before ${what}`, set)];
  return synchronized === false
    ? [note('clock', `${words}, which this system does not take from the network`, set)]
    : [good('clock', `${words}, not behind what is known`)];
}

async function newestEntry({ paths }: Cli): Promise<number | undefined> {
  if (!existsSync(paths.database)) return undefined;
  const { openStore } = await import('../../store/open.ts');
  const store = await openStore({ file: paths.database, readOnly: true });
  try {
    const row = await store.get('SELECT at FROM audit ORDER BY seq DESC LIMIT 1');
    return row === undefined ? undefined : Number(row.at);
  } finally {
    await store.close();
  }
}
