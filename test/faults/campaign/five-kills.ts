import { until } from '../../flows/stage/until.ts';
import type { Fault } from './fault.ts';
import type { Told } from './history.ts';
import { inWorld, killAtPoint } from './kills.ts';
import { FAILPOINTS, type Failpoint } from './moments.ts';
import type { World } from './world.ts';

/** Atom gives a message up that ended so many of its turns. */
const STRIKES = 5;
/** How far its first turn gets; none of the others gets as far as an answer. */
const FIRST = ['its effect is there', 'the command is begun', 'the model is asked'];

/**
 * One message ends atom five times, and nothing comes through in between. It is put aside, whoever sent it is
 * told, what its turn had begun is in doubt, and what is said behind it is answered.
 */
const fiveKills: Fault['strike'] = (times, settings) =>
  inWorld(settings, { model: true }, async (world) => {
    const wrong: string[] = [];
    for (let n = 0; n < times; n++) {
      const { token, chat } = await endFiveTimes(world, pointNamed(FIRST[n % FIRST.length] ?? ''));
      await goOn(world, chat);
      if (!isAside(world, token)) wrong.push(`${token} ended atom five times and goes on`);
    }
    return { struck: times, wrong };
  });

async function endFiveTimes(world: World, first: Failpoint): Promise<Told> {
  const { came, said } = await killAtPoint(world, first, () => world.tell('bid'));
  if (!came) throw new Error(`nobody came by: ${first.name}`);
  // No answer of the model ends a turn before it is killed.
  world.model?.rule(() => 'silence');
  for (let strike = 1; strike < STRIKES; strike++) {
    const again = await killAtPoint(world, pointNamed('the model is asked'), async () => undefined);
    if (!again.came) throw new Error(`${said.token} had only ${strike} turns`);
  }
  world.model?.rule(() => 'pass');
  return said;
}

async function goOn(world: World, chat: string): Promise<void> {
  const gateway = await world.start();
  await world.tell('look', chat);
  // Where it does not come through, the judge will say so.
  await until('every answer', world.isQuiet, 60_000).catch(() => undefined);
  gateway.signal('SIGTERM');
  await gateway.ended;
}

const isAside = ({ profile }: World, token: string): boolean =>
  profile.rows(`SELECT 1 FROM spool WHERE state = 'dead' AND body LIKE ?`, `%${token}%`).length > 0;

function pointNamed(name: string): Failpoint {
  const found = FAILPOINTS.find((point) => point.name === name);
  if (!found) throw new Error(`no failpoint “${name}”`);
  return found;
}

export const repeatedKills: readonly Fault[] = [
  { name: 'five-kills', nightly: 20, usual: 2, strike: fiveKills },
];
