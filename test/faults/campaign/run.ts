// npm run faults [-- --nightly] [--only <fault>] [--seed <n>] [--times <n>] [--mutants]: what happens to
// messages and effects when everything around them fails. Ends with 1 where a promise was broken.
import { parseArgs } from 'node:util';
import { builtAtom } from '../../cli/built.ts';
import { someSeed } from '../../flows/stage/chance.ts';
import { FAULTS } from './all.ts';
import type { Fault, Settings } from './fault.ts';
import { buildMutant, MUTANTS, type Mutant, WHOLE } from './mutants.ts';
import { heading, row } from './table.ts';

const { values: given } = parseArgs({
  options: {
    nightly: { type: 'boolean', default: false },
    only: { type: 'string', multiple: true },
    seed: { type: 'string' },
    times: { type: 'string' },
    mutants: { type: 'boolean', default: false },
  },
});

const seed = given.seed === undefined ? someSeed() : Number(given.seed);
const names = (given.mutants ? [WHOLE, ...MUTANTS] : FAULTS).map(({ name }) => name);
const unknown = given.only?.filter((name) => !names.includes(name)) ?? [];
if (unknown.length > 0) throw new Error(`no ${unknown.join()}; there are: ${names.join()}`);
const chosen = FAULTS.filter(({ name }) => given.only?.includes(name) ?? true);

await builtAtom();
console.log(`seed ${seed}   (again: npm run faults -- --seed ${seed})\n`);
const failed = given.mutants ? await runMutants() : await runFaults();
console.log(failed.length === 0 ? '\nEvery promise was kept.' : `\nBROKEN: ${failed.join(', ')}`);
process.exit(failed.length === 0 ? 0 : 1);

async function runFaults(): Promise<readonly string[]> {
  console.log(heading());
  const broken: string[] = [];
  for (const fault of chosen) {
    const times = Number(given.times ?? (given.nightly ? fault.nightly : fault.usual));
    const wrong = await strike(fault, times, { seed });
    if (wrong.length > 0) broken.push(fault.name);
  }
  return broken;
}

/** Strikes and prints; what was wrong, in words. */
async function strike(fault: Fault, times: number, settings: Settings): Promise<readonly string[]> {
  const missing = fault.missing?.();
  if (missing !== undefined) {
    console.log(`${fault.name.padEnd(18)} skipped: ${missing}`);
    return [];
  }
  const start = performance.now();
  const outcome = await fault.strike(times, settings);
  console.log(row(fault.name, outcome, (performance.now() - start) / 1000));
  for (const words of outcome.wrong.slice(0, 10)) console.log(`    ${words}`);
  return outcome.wrong;
}

/** Those that no fault noticed, and the whole one where it was taken for broken. */
async function runMutants(): Promise<readonly string[]> {
  const failed: string[] = [];
  for (const mutant of [WHOLE, ...MUTANTS]) {
    if (!(given.only?.includes(mutant.name) ?? true)) continue;
    if ((await isCaught(mutant)) === (mutant === WHOLE)) failed.push(mutant.name);
  }
  return failed;
}

async function isCaught(mutant: Mutant): Promise<boolean> {
  const fault = FAULTS.find(({ name }) => name === mutant.caughtBy);
  if (!fault) throw new Error(`no fault ${mutant.caughtBy}`);
  console.log(`mutant “${mutant.name}”\n${heading()}`);
  const built = buildMutant(mutant);
  try {
    const wrong = await strike(fault, mutant.times, { seed, program: built.program });
    console.log(wrong.length > 0 ? '    caught\n' : '    nothing was noticed\n');
    return wrong.length > 0;
  } finally {
    built.remove();
  }
}
