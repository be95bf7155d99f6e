// node test/bench/webhooks.ts [--quick], after npm run build: what it costs that an acknowledged webhook is on
// disk, beside the same server that keeps nothing; and whether one is lost at 2,000 a second, also by kill -9.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { middle } from './measure.ts';
import { verdict } from './verdict.ts';
import { post, type Seen } from './webhook-load.ts';
import { surviveLoad } from './webhook-survival.ts';

const isQuick = process.argv.includes('--quick');
const SECRET = `whsec_${Buffer.from('bench'.padEnd(32, '.')).toString('base64')}`;
const ROUNDS = isQuick ? 1 : 3;
const SECONDS = isQuick ? 3 : 6;

const shown = ({ perSecond, p50, p99 }: Pick<Seen, 'perSecond' | 'p50' | 'p99'>): string =>
  `${perSecond.toFixed(0)}/s   p50 ${p50.toFixed(1)} ms   p99 ${p99.toFixed(1)} ms`;
const tell = (what: string, value: string): void => console.log(`${what.padEnd(52)}${value}`);

/** In turn, so that both share the machine's moods. The first posts of each are not counted. */
async function costOfStore(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), 'atom-bench-'));
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, 'webhooks-server.ts'), folder, SECRET],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  try {
    const [line] = await once(child.stdout, 'data');
    const { url }: { url: string } = JSON.parse(String(line));
    for (const connections of [50, 1]) {
      const rounds: { durable: Seen; none: Seen }[] = [];
      const load = { secret: SECRET, connections, duration: SECONDS };
      for (let round = -1; round < ROUNDS; round++) {
        const none = await post({ ...load, url: `${url}/hooks/none` });
        const durable = await post({ ...load, url: `${url}/hooks/webhook` });
        if (round >= 0) rounds.push({ durable, none });
      }
      report(connections, rounds);
    }
  } finally {
    child.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

function report(
  connections: number,
  rounds: readonly { readonly durable: Seen; readonly none: Seen }[],
): void {
  const of = (which: 'durable' | 'none') => ({
    perSecond: middle(rounds.map((round) => round[which].perSecond)),
    p50: middle(rounds.map((round) => round[which].p50)),
    p99: middle(rounds.map((round) => round[which].p99)),
  });
  const [durable, none] = [of('durable'), of('none')];
  tell(`webhook to 200 durable, ${connections} connections`, shown(durable));
  tell('the same server without a store', shown(none));
  const refused = rounds.reduce((sum, { durable: { later, other } }) => sum + later + other, 0);
  if (refused > 0) tell('of the durable ones not taken', String(refused));
  if (connections === 1) return;
  console.log(
    verdict('rate / without a store', durable.perSecond / none.perSecond, { least: 0.7 }),
  );
  console.log(verdict('p99 / without a store', durable.p99 / none.p99, { most: 2.5 }));
}

async function survival(): Promise<void> {
  for (const kills of [0, 1]) {
    const what = `2,000 posts a second, ${kills === 0 ? 'left alone' : 'kill -9 in the middle'}`;
    const { seen, lost, unanswered } = await surviveLoad({ seconds: isQuick ? 6 : 20, kills });
    tell(what, shown(seen));
    const { acknowledged, later, other } = seen;
    tell(
      'acknowledged, told to come again, broken off',
      `${acknowledged.size}, ${later}, ${other}`,
    );
    console.log(verdict('acknowledged and lost', lost, { most: 0 }, ''));
    console.log(verdict('acknowledged and not answered in the end', unanswered, { most: 0 }, ''));
  }
}

await costOfStore();
await survival();
