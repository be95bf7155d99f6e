import { spawnSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { freePort } from '../peers/free-port.ts';
import { type Answers, takeAnswers } from './answers.ts';
import { startGateway } from './measure.ts';
import { post, postAgain, type Seen } from './webhook-load.ts';

const atom = join(resolve(import.meta.dirname, '../..'), 'bin', 'atom.js');
/** What waits at the end needs its turns. */
const ANSWERED_MS = 15 * 60_000;

/** What became of everything that a real gateway acknowledged. */
export interface Survival extends Fate {
  readonly seen: Seen;
  /** Of those that the program heard nothing of and posted again, how many were taken then. */
  readonly again: number;
  /** Until all was answered, from the last post on. */
  readonly answeredMs: number;
}

interface Fate {
  /** Acknowledged, and not in the store. */
  readonly lost: number;
  /** Acknowledged, and its turn ended; what waits in one conversation may have been answered together. */
  readonly answered: number;
  readonly unanswered: number;
  /** Kept twice, or answered by more than one message. */
  readonly doubled: number;
  /** Messages that arrived at the program's own address. */
  readonly arrived: number;
}

export interface Storm {
  readonly seconds: number;
  /** Posts a second. */
  readonly rate: number;
  readonly kills: number;
}

/**
 * Posts to a gateway, kills it and starts it again in between, posts again what nothing was heard of, and looks
 * what is in its store and what was answered.
 */
export async function surviveLoad({ seconds, rate, kills }: Storm): Promise<Survival> {
  const port = await freePort();
  const profile = createProfile({
    config: {
      webhooks: { port },
      limits: { actionsPerMinute: 100_000 },
    },
    env: { DBUS_SESSION_BUS_ADDRESS: '', PORT: '' },
  });
  const answers = await takeAnswers();
  try {
    const secret = secretOf(profile, answers.url);
    const url = `http://127.0.0.1:${port}/hooks/webhook`;
    let gateway = await startGateway(atom, profile.env);
    const posting = post({ url, secret, connections: 50, duration: seconds, rate });
    for (let kill = 1; kill <= kills; kill++) {
      await pause((seconds * 1000) / (kills + 1));
      await gateway.kill();
      gateway = await startGateway(atom, profile.env);
    }
    const seen = await posting;
    const posted = performance.now();
    await quiet(profile);
    const again = await postAgain({ url, secret }, seen.unheard);
    await quiet(profile);
    const answeredMs = performance.now() - posted;
    await gateway.stop();
    const all = new Set([...seen.acknowledged, ...again]);
    return { seen, again: again.size, answeredMs, ...fateOf(profile, all, answers) };
  } finally {
    answers.close();
    profile.remove();
  }
}

function secretOf(profile: Profile, answersTo: string): string {
  const set = ['--set', 'source=bench', '--set', `url=${answersTo}`];
  const words = [atom, 'channels', 'add', 'webhook', ...set, '--json'];
  const { stdout, stderr } = spawnSync(process.execPath, words, {
    env: profile.env,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  return (JSON.parse(stdout) as { 'webhook.bench': string })['webhook.bench'];
}

/** Until nothing waits for its turn or to be sent. */
async function quiet({ rows }: Profile): Promise<void> {
  const until = performance.now() + ANSWERED_MS;
  while (performance.now() < until) {
    const [open] = rows<{ n: number }>(
      `SELECT (SELECT count(*) FROM spool WHERE state = 'waiting') +
              (SELECT count(*) FROM outbox WHERE state IN ('queued', 'sending')) AS n`,
    );
    if (open?.n === 0) return;
    await pause(500);
  }
}

function fateOf({ rows }: Profile, acknowledged: ReadonlySet<string>, { of }: Answers): Fate {
  const kept = rows<{ id: string; state: string }>(
    `SELECT external_id AS id, state FROM spool WHERE channel = 'webhook'`,
  );
  const states = new Map(kept.map(({ id, state }) => [id, state]));
  const ids = [...acknowledged];
  const answered = ids.filter((id) => states.get(id) === 'handled').length;
  const sizes = [...of.values()].map(({ size }) => size);
  return {
    lost: ids.filter((id) => !states.has(id)).length,
    answered,
    unanswered: ids.length - answered,
    doubled: kept.length - states.size + sizes.filter((size) => size > 1).length,
    arrived: sizes.reduce((sum, size) => sum + size, 0),
  };
}
