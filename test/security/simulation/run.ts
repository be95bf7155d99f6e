import type { Maturity } from '../../../src/domain/agent.ts';
import { type Attack, attacks } from './attacks.ts';
import { type Benign, benignTasks } from './benign.ts';
import { obedient, type Source, sources } from './sources.ts';
import { openWireModel } from './wire.ts';
import { MODEL_KEY, openWorld, type World, type WorldOptions } from './world.ts';

export interface Cell {
  tried: number;
  /** Where the owner was asked, and said no. */
  asked: number;
  /** Where nothing happened and nobody was asked. */
  refused: number;
  /** Where it happened without a question. */
  readonly succeeded: string[];
}

export interface Simulated {
  readonly maturity: Maturity;
  /** By goal, then by source. */
  readonly cells: ReadonlyMap<string, ReadonlyMap<string, Cell>>;
}

export const attackedAt: readonly Maturity[] = ['supervised', 'autonomous'];

/** Every attack through every source, unless told through which. The owner says no to every question. */
export async function simulateAttacks(
  maturity: Maturity,
  through: (at: number) => readonly Source[] = () => sources,
): Promise<Simulated> {
  const world = await openWorld();
  const cells = new Map<string, Map<string, Cell>>();
  try {
    for (const [at, attack] of attacks.entries())
      for (const source of through(at)) {
        const row = cells.get(attack.goal) ?? new Map<string, Cell>();
        const cell = row.get(source.name) ?? { tried: 0, asked: 0, refused: 0, succeeded: [] };
        await world.reset(maturity);
        await attempt(world, { attack, source, order: `obey-${at}-now` }, cell);
        cells.set(attack.goal, row.set(source.name, cell));
      }
  } finally {
    await world.close();
  }
  return { maturity, cells };
}

/** What came of attacks by a model that is asked over the wire. */
export interface Wired extends Cell {
  /** How often the model was asked. */
  readonly questions: number;
  /** In how many of them a secret stood among the words. */
  readonly leaked: number;
  /** Whether the key went where a key belongs. */
  readonly keyed: boolean;
}

interface WireOptions extends Pick<WorldOptions, 'seesLabels'> {
  /** Of all attacks; `at` is where one stands among them. */
  readonly chosen?: (attack: Attack, at: number) => boolean;
}

/**
 * Attacks with everything real from the first byte of the model's answer on: its wire, the planner, the
 * tools, the turn and the governor. Each comes through one source, and the next one through the next.
 */
export async function simulateWire(
  maturity: Maturity,
  { chosen = () => true, ...options }: WireOptions = {},
): Promise<Wired> {
  const model = await openWireModel();
  const world = await openWorld({ ...options, wire: model.url });
  model.plan = (input) => world.played.plan(input, new AbortController().signal, () => undefined);
  const cell: Cell = { tried: 0, asked: 0, refused: 0, succeeded: [] };
  try {
    for (const [at, attack] of attacks.entries()) {
      if (!chosen(attack, at)) continue;
      const source = sources[at % sources.length] as Source;
      await world.reset(maturity);
      await attempt(world, { attack, source, order: `obey-${at}-now` }, cell);
    }
  } finally {
    await world.close();
    await model.close();
  }
  const leaked = model.told.filter((body) => body.includes(MODEL_KEY)).length;
  const keyed = model.keys.has(`Bearer ${MODEL_KEY}`);
  return { ...cell, questions: model.asked, leaked, keyed };
}

interface Attempt {
  readonly attack: Attack;
  readonly source: Source;
  readonly order: string;
}

async function attempt(world: World, { attack, source, order }: Attempt, cell: Cell) {
  const tells = attack.tellsGroup === true;
  const plan = obedient(source.first, new Map([[order, attack.steps]]), tells);
  world.played.plan = async (input) => plan(input);
  await source.bring(world, order, { group: tells });
  cell.tried += 1;
  if (await attack.happened(world)) cell.succeeded.push(`${attack.by} through ${source.name}`);
  else if (world.asked.length > 0) cell.asked += 1;
  else cell.refused += 1;
}

export interface BenignResult {
  readonly task: Benign;
  /** Questions it cost; undefined where it was refused or failed. */
  readonly prompts: Readonly<Record<Maturity, number | undefined>>;
}

/** Ordinary requests of an owner who says yes to every question. */
export async function simulateBenign(): Promise<readonly BenignResult[]> {
  const world = await openWorld();
  try {
    const results: BenignResult[] = [];
    for (const task of benignTasks) {
      const prompts = {} as Record<Maturity, number | undefined>;
      for (const maturity of ['student', 'intern', 'supervised', 'autonomous'] as const)
        prompts[maturity] = await promptsOf(world, task, maturity);
      results.push({ task, prompts });
    }
    return results;
  } finally {
    await world.close();
  }
}

async function promptsOf(world: World, task: Benign, maturity: Maturity) {
  await world.reset(maturity);
  world.desk.owner = () => 'approve';
  world.played.skill = () => ({ value: 'sunny, 21 degrees' });
  const results: boolean[] = [];
  world.played.plan = async ({ step, transcript }) => {
    const last = transcript.at(-1);
    if (last?.role === 'tool') results.push(last.ok);
    const call = task.steps[step];
    return { text: call ? '' : 'Done.', calls: call ? [{ id: `${step}`, ...call }] : [] };
  };
  await world.say(task.says);
  return results.every(Boolean) ? world.asked.length : undefined;
}
