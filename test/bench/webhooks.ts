// npm run webhooks:load [-- --quick] [--only rate,cost,load,kill] [--rate <posts a second>] [--seconds <n>]: what it costs
// that an acknowledged webhook is on disk, beside the same server that keeps nothing (`rate`: at 50 connections
// alone), in many short rounds that each begin with nothing waiting; and whether one is lost, doubled or never answered at 2,000 a second, also by
// kill -9.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { builtAtom } from '../cli/built.ts';
import { middle } from './measure.ts';
import { verdict } from './verdict.ts';
import { post, type Seen } from './webhook-load.ts';
import { surviveLoad } from './webhook-survival.ts';

const { values: given } = parseArgs({
  options: {
    quick: { type: 'boolean', default: false },
    only: { type: 'string', default: 'cost,load,kill' },
    rate: { type: 'string', default: '2000' },
    seconds: { type: 'string' },
  },
});
const isQuick = given.quick;
const SECRET = `whsec_${Buffer.from('bench'.padEnd(32, '.')).toString('base64')}`;
const ROUNDS = isQuick ? 3 : 7;
/** In so many, no machine sends more than may wait. */
const SECONDS = 2;

type Speed = Pick<Seen, 'perSecond' | 'p50' | 'p95' | 'p99'>;

const shown = ({ perSecond, p50, p95, p99 }: Speed): string =>
  `${perSecond.toFixed(0)}/s   p50 ${p50.toFixed(1)} ms   p95 ${p95.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms`;
const tell = (what: string, value: string): void => console.log(`${what.padEnd(52)}${value}`);

interface Port {
  readonly url: string;
  /** Ends all that waits. */
  readonly clear: () => Promise<void>;
}

/** With the port for webhooks in a process of its own, in front of an atom that takes no turns. */
async function withPort<T>(work: (port: Port) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-bench-'));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'webhooks-server.ts'), folder, SECRET],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(child.stdout, 'data');
    const { url }: { url: string } = JSON.parse(String(line));
    const clear = async (): Promise<void> => {
      child.stdin.write('clear\n');
      await once(child.stdout, 'data');
    };
    return await work({ url, clear });
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

/** In turn, so that both share the machine's moods. The first posts of each are not counted. */
const costOfStore = (each: readonly number[]): Promise<void> =>
  withPort(async ({ url, clear }) => {
    for (const connections of each) {
      const rounds: { durable: Seen; none: Seen }[] = [];
      const load = { secret: SECRET, connections, duration: SECONDS };
      for (let round = -1; round < ROUNDS; round++) {
        const none = await post({ ...load, url: `${url}/hooks/none` });
        const durable = await post({ ...load, url: `${url}/hooks/webhook` });
        await clear();
        if (round >= 0) rounds.push({ durable, none });
      }
      report(connections, rounds);
    }
  });

function report(
  connections: number,
  rounds: readonly { readonly durable: Seen; readonly none: Seen }[],
): void {
  const of = (which: 'durable' | 'none') => ({
    perSecond: middle(rounds.map((round) => round[which].perSecond)),
    p50: middle(rounds.map((round) => round[which].p50)),
    p95: middle(rounds.map((round) => round[which].p95)),
    p99: middle(rounds.map((round) => round[which].p99)),
  });
  const [durable, none] = [of('durable'), of('none')];
  tell(`webhook to 200 durable, ${connections} connections`, shown(durable));
  tell('the same server without a store', shown(none));
  const refused = rounds.reduce((sum, { durable: { later, other } }) => sum + later + other, 0);
  if (refused > 0) tell('of the durable ones not taken', String(refused));
  if (connections === 1) return;
  // Of each round by itself: the halves of one have the machine in the same mood, those of two may not.
  const ratio = (of: 'perSecond' | 'p99') =>
    middle(rounds.map((round) => round.durable[of] / round.none[of]));
  console.log(verdict('rate / without a store', ratio('perSecond'), { least: 0.7 }));
  console.log(verdict('p99 / without a store', ratio('p99'), { most: 2.5 }));
}

/** A whole gateway that answers meanwhile. Before it, what this machine and the one who posts can do at all. */
async function storm(kills: number): Promise<void> {
  const rate = Number(given.rate);
  const seconds = Number(given.seconds ?? (isQuick ? 6 : 20));
  const load = { secret: SECRET, connections: 50, duration: Math.min(seconds, 6), rate };
  const bare = await withPort(({ url }) => post({ ...load, url: `${url}/hooks/none` }));
  const { seen, ...fate } = await surviveLoad({ seconds, rate, kills });
  const asked = `${rate.toLocaleString('en')}/s for ${seconds} s`;
  tell(`${asked}, a server without a store`, shown(bare));
  tell(`${asked}, ${kills === 0 ? 'left alone' : 'kill -9 in the middle'}`, shown(seen));
  tell('sent', String(seen.sent));
  tell('acknowledged', String(seen.acknowledged.size));
  tell('told to come again, as too many wait', String(seen.later));
  tell('broken off', String(seen.other));
  tell('nothing heard of, and taken when posted again', `${fate.again} of ${seen.unheard.size}`);
  tell('answered, in so long after the last post', seconded(fate.answered, fate.answeredMs));
  tell('messages that arrived', String(fate.arrived));
  console.log(verdict('acknowledged and lost', fate.lost, { most: 0 }, ''));
  console.log(
    verdict('acknowledged and not answered in the end', fate.unanswered, { most: 0 }, ''),
  );
  console.log(verdict('doubled', fate.doubled, { most: 0 }, ''));
}

const seconded = (count: number, ms: number): string => `${count}   ${(ms / 1000).toFixed(0)} s`;

const SHOWS: Readonly<Record<string, () => Promise<void>>> = {
  rate: () => costOfStore([50]),
  cost: () => costOfStore([50, 1]),
  load: () => storm(0),
  kill: () => storm(1),
};
const wanted = given.only.split(',');
if (wanted.some((name) => name === 'load' || name === 'kill')) await builtAtom();
for (const [name, show] of Object.entries(SHOWS)) if (wanted.includes(name)) await show();
