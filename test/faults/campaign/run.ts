// npm run faults: what happens to messages and effects when everything around them fails. Ends with 1 where a
// promise was broken, and says where it left that world: its store, its logs and what was seen.
import { parseArgs } from 'node:util';
import { builtAtom } from '../../cli/built.ts';
import { someSeed } from '../../flows/stage/chance.ts';
import { FAULTS } from './all.ts';
import type { Fault, Settings } from './fault.ts';
import { buildMutant, MUTANTS, type Mutant, WHOLE } from './mutants.ts';
import { heading, row } from './table.ts';

const USAGE = `npm run faults -- [options]

  --only <fault>   this one only; may be said several times
  --times <n>      how often each fault strikes
  --seed <n>       the same chances as in another run
  --jobs <n>       so many faults at a time (3)
  --nightly        the long campaign, which takes hours
  --mutants        takes one guard away at a time: each must be noticed

Faults: ${FAULTS.map(({ name }) => name).join(' ')}`;

const given = options();

/** Each fault waits more than it works, in a world of its own. */
const JOBS = 3;

/** What is wrong where a fault could not be tried to its end: that says nothing of what was promised. */
const BROKEN_OFF = 'broken off';
/** What a mutant lost is not waited for as long as what atom may still bring. */
const MUTANT_MS = 40_000;

const seed = given.seed === undefined ? someSeed() : Number(given.seed);
const choices = given.mutants ? [WHOLE, ...MUTANTS] : FAULTS;
const unknown = given.only?.filter((name) => !choices.some((one) => one.name === name)) ?? [];
if (unknown.length > 0)
  refuse(`There is no ${unknown.join()}, but: ${choices.map(({ name }) => name).join(', ')}`);
const isChosen = ({ name }: { readonly name: string }): boolean =>
  given.only?.includes(name) ?? true;

await builtAtom();
console.log(`seed ${seed}   (again: npm run faults -- --seed ${seed})\n\n${heading()}`);
const failed = given.mutants
  ? await failing([WHOLE, ...MUTANTS].filter(isChosen), isMisjudged)
  : await failing(FAULTS.filter(isChosen), isBroken);
console.log(failed.length === 0 ? '\nEvery promise was kept.' : `\nBROKEN: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

function options() {
  try {
    const { values } = parseArgs({
      options: {
        nightly: { type: 'boolean', default: false },
        only: { type: 'string', multiple: true },
        seed: { type: 'string' },
        times: { type: 'string' },
        jobs: { type: 'string' },
        mutants: { type: 'boolean', default: false },
        help: { type: 'boolean', default: false },
      },
    });
    if (values.help) {
      console.log(USAGE);
      process.exit(0);
    }
    for (const name of ['seed', 'times', 'jobs'] as const)
      if (values[name] !== undefined && !/^[1-9]\d{0,8}$/.test(values[name]))
        refuse(`--${name} takes a whole number from 1 up, not “${values[name]}”`);
    return values;
  } catch (error) {
    return refuse(error instanceof Error ? error.message : String(error));
  }
}

function refuse(why: string): never {
  console.error(`${why}\n\n${USAGE}`);
  process.exit(2);
}

/** Names of those that fail, several being tried at a time. */
async function failing<T extends { readonly name: string }>(
  all: readonly T[],
  fails: (one: T) => Promise<boolean>,
): Promise<readonly string[]> {
  const queue = [...all];
  const found: string[] = [];
  const work = async (): Promise<void> => {
    for (let one = queue.shift(); one !== undefined; one = queue.shift())
      if (await fails(one)) found.push(one.name);
  };
  await Promise.all(Array.from({ length: Number(given.jobs ?? JOBS) }, work));
  return found;
}

async function isBroken(fault: Fault): Promise<boolean> {
  const times = Number(given.times ?? (given.nightly ? fault.nightly : fault.usual));
  const { lines, wrong } = await strike(fault, times, { seed, keep: true });
  console.log(lines.join('\n'));
  return wrong.length > 0;
}

/** Strikes; what was wrong, in words, and the lines that tell of it. */
async function strike(
  fault: Fault,
  times: number,
  settings: Settings,
): Promise<{ readonly wrong: readonly string[]; readonly lines: readonly string[] }> {
  const missing = fault.missing?.();
  if (missing !== undefined)
    return { wrong: [], lines: [`${fault.name.padEnd(18)} skipped: ${missing}`] };
  const start = performance.now();
  try {
    const outcome = await fault.strike(times, settings);
    const line = row(fault.name, outcome, (performance.now() - start) / 1000);
    const words = [
      ...outcome.wrong.slice(0, 10),
      ...(outcome.kept ? [`kept: ${outcome.kept}`] : []),
    ];
    return { wrong: outcome.wrong, lines: [line, ...words.map(indented)] };
  } catch (error) {
    const line = `${fault.name.padEnd(18)} ${BROKEN_OFF}: ${String(error)}`;
    return { wrong: [BROKEN_OFF], lines: [line] };
  }
}

function indented(words: string): string {
  return `    ${words}`;
}

/** True where a mutant was not noticed by what it has to break, or the whole one was taken for broken. */
async function isMisjudged(mutant: Mutant): Promise<boolean> {
  const built = buildMutant(mutant);
  try {
    const lines = [`atom with “${mutant.name}”`];
    let [caught, brokenOff] = [false, false];
    for (const [name, times] of mutant.faults) {
      const fault = FAULTS.find((one) => one.name === name);
      if (!fault) throw new Error(`no fault ${name}`);
      const struck = await strike(fault, times, {
        seed,
        program: built.program,
        patienceMs: MUTANT_MS,
        keep: mutant === WHOLE,
      });
      brokenOff ||= struck.wrong.includes(BROKEN_OFF);
      caught ||= struck.wrong.some((words) => mutant.sign.test(words));
      lines.push(...struck.lines);
    }
    lines.push(caught ? '    caught' : '    nothing was noticed', '');
    console.log(lines.join('\n'));
    return brokenOff || caught === (mutant === WHOLE);
  } finally {
    built.remove();
  }
}
