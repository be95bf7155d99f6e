import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as wait } from 'node:timers/promises';
import { emptyJail } from '../../src/skills/runtime/host.ts';
import { startRunner } from '../../src/skills/runtime/modules.ts';
import { createPool, type Pool } from '../../src/skills/runtime/pool.ts';
import { openWorkshop, sourceOf, type Workshop } from '../skills/workshop.ts';
import { type Spread, spread } from './measure.ts';

/** From the call of a trivial skill to its result, beside a jailed Node that does nothing. */
export interface SkillCost {
  readonly bare: Spread;
  readonly cold: Spread;
  readonly warm: Spread;
  /** What the processes that wait take together, in MB; a page that others share counts by its share. */
  readonly poolMegabytes: number;
}

const WAITING = 2;

/** Times them in turn, so that all share the machine's moods. */
export async function timeSkills(rounds: number): Promise<SkillCost> {
  const shop = await openWorkshop();
  const { host } = shop;
  const pool = createPool({
    size: WAITING,
    start: () => startRunner(host, emptyJail(host), { ahead: true }),
  });
  try {
    shop.skill('echo', sourceOf('echo', 'return { text: input.text };'));
    const loaded = await shop.load();
    const call = (given: Partial<{ pool: Pool }>) =>
      shop.call(loaded, { skill: 'echo', input: { text: 'hi' } }, { deps: given });
    const times: Record<'bare' | 'cold' | 'warm', number[]> = { bare: [], cold: [], warm: [] };
    const timed = async (to: number[], work: () => Promise<unknown>): Promise<void> => {
      const start = performance.now();
      await work();
      to.push(performance.now() - start);
    };
    await call({ pool });
    for (let round = 0; round < rounds; round++) {
      await timed(times.bare, () => bareNode(shop));
      await timed(times.cold, () => call({}));
      await filled(pool);
      await timed(times.warm, () => call({ pool }));
    }
    await filled(pool);
    const poolMegabytes = nodesBelow(process.pid).reduce((sum, pid) => sum + shareOf(pid), 0);
    const { bare, cold, warm } = times;
    return { bare: spread(bare), cold: spread(cold), warm: spread(warm), poolMegabytes };
  } finally {
    await pool.close();
    shop.remove();
  }
}

const bareNode = ({ host }: Workshop): Promise<unknown> =>
  host.launch(
    {
      jail: emptyJail(host),
      cwd: host.emptyFolder,
      argv: ['/opt/atom/node', '-e', '0'],
      readOnly: [{ host: host.nodePath, inside: '/opt/atom/node' }],
    },
    AbortSignal.timeout(60_000),
    () => undefined,
  );

async function filled(pool: Pool): Promise<void> {
  while (pool.ready() < WAITING) await wait(5);
}

function shareOf(pid: number): number {
  const [, kb] = /^Pss:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/smaps_rollup`, 'utf8')) ?? [];
  return Number(kb) / 1024;
}

/** The processes below one that have become Node. */
function nodesBelow(pid: number): readonly number[] {
  const children = readdirSync(`/proc/${pid}/task`).flatMap((task) =>
    readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8')
      .split(' ')
      .filter(Boolean)
      .map(Number),
  );
  return children.flatMap((child) => {
    const isNode = readFileSync(`/proc/${child}/cmdline`, 'utf8').startsWith('/opt/atom/node');
    return [...(isNode ? [child] : []), ...nodesBelow(child)];
  });
}
