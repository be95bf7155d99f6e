import { setTimeout as pause } from 'node:timers/promises';
import { chanceFrom } from '../../flows/stage/chance.ts';
import { until } from '../../flows/stage/until.ts';
import type { Fault, Outcome, Settings } from './fault.ts';
import { FAILPOINTS, type Failpoint } from './moments.ts';
import { createWorld, type World, type WorldOptions } from './world.ts';

/** A world for one fault: made, hurt, judged, taken down. `hurt` resolves to how often it struck. */
export async function inWorld(
  settings: Settings,
  options: Pick<WorldOptions, 'model'>,
  hurt: (
    world: World,
  ) => Promise<number | { readonly struck: number; readonly wrong: readonly string[] }>,
): Promise<Outcome> {
  const chance = chanceFrom(settings.seed);
  const { program, patienceMs } = settings;
  const world = await createWorld({ ...options, chance, program, patienceMs });
  const { folder } = world.profile;
  let keep = settings.keep === true;
  try {
    const came = await hurt(world);
    const { struck, wrong: found } = typeof came === 'number' ? { struck: came, wrong: [] } : came;
    const verdict = await world.judge();
    const wrong = [...verdict.wrong, ...found];
    keep &&= wrong.length > 0;
    return { ...verdict, struck, wrong, ...(keep && { kept: folder }) };
  } catch (error) {
    throw keep ? new Error(`${String(error)} (kept: ${folder})`, { cause: error }) : error;
  } finally {
    await world.close({ keep });
  }
}

/** A message that ended five turns is put aside, and its sender told so: see five-kills.ts. */
const IN_A_ROW = 3;

/** Lets the gateway come through after every third strike. `nth` from 0. */
export async function breathe(world: World, nth: number): Promise<void> {
  if (nth % IN_A_ROW !== IN_A_ROW - 1) return;
  const gateway = await world.start();
  // Where it does not come through, the judge will say so.
  await until('every answer', world.isQuiet, world.patienceMs).catch(() => undefined);
  gateway.signal('SIGTERM');
  await gateway.ended;
}

/** Half of the moments lie in the start itself. */
const killAtRandom =
  (model: boolean): Fault['strike'] =>
  async (times, settings) =>
    inWorld(settings, { model }, async (world) => {
      const { chance } = world;
      for (let kill = 0; kill < times; kill++) {
        const gateway = world.spawn();
        if (chance() > 0.4) await gateway.logged('ready', 40_000);
        for (let n = 0; n < 3; n++) {
          await world.tell();
          await pause(chance() * 60);
        }
        await pause(chance() * 350);
        await gateway.kill();
        await breathe(world, kill);
      }
      return times;
    });

/** Some things of one kind, until the gateway comes by. */
const REACH_MS = 60_000;

const killAt =
  (model: boolean): Fault['strike'] =>
  async (times, settings) =>
    inWorld(settings, { model }, async (world) => {
      const points = FAILPOINTS.filter((point) => (point.model ?? false) === model);
      const wrong: string[] = [];
      for (let kill = 0; kill < times; kill++) {
        const point = points[kill % points.length];
        if (point && !(await strikeAt(world, point))) wrong.push(`nobody came by: ${point.name}`);
        await breathe(world, kill);
      }
      return { struck: times, wrong };
    });

async function strikeAt(world: World, point: Failpoint): Promise<boolean> {
  const { came } = await killAtPoint(world, point, async () => {
    // What the start found left over may come by too; what is said now does at the latest.
    await world.tell(point.kind);
    await world.tell();
  });
  return came;
}

/** Starts a gateway, says something, and kills it where it comes by. `came` is false where it never did. */
export async function killAtPoint<T>(
  world: World,
  point: Failpoint,
  say: () => Promise<T>,
): Promise<{ readonly came: boolean; readonly said: T }> {
  const gateway = await world.start();
  const over = new AbortController();
  const reached = point.reached(world, gateway, over.signal).then(
    () => !over.signal.aborted,
    () => false,
  );
  const said = await say();
  const late = pause(REACH_MS, false, { signal: over.signal }).catch(() => false);
  const came = await Promise.race([reached, late]);
  await gateway.kill();
  over.abort();
  await reached;
  return { came, said };
}

export const kills: readonly Fault[] = [
  { name: 'kill', nightly: 800, usual: 15, strike: killAtRandom(false) },
  { name: 'kill-model', nightly: 200, usual: 5, strike: killAtRandom(true) },
  { name: 'failpoints', nightly: 200, usual: 20, strike: killAt(false) },
  { name: 'failpoints-model', nightly: 20, usual: 2, strike: killAt(true) },
];
