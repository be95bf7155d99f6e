import { beforeAll, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { FAULTS } from './campaign/all.ts';

beforeAll(async () => void (await builtAtom()));

/** A small, fixed share of `npm run faults`: the same each time, and over in a minute. */
const SEED = 20_260_726;
const SHARE = [
  ['kill', 1],
  ['failpoints', 1],
  ['power-torn', 1],
  ['429', 4],
  ['bridge', 1],
] as const;

const named = (name: string) => FAULTS.find((fault) => fault.name === name);

it.each(SHARE)(
  'after “%s”, %i times, nothing is lost, out of order, done twice or doubled in silence',
  { timeout: 180_000 },
  async (name, times) => {
    const fault = named(name);
    if (!fault) throw new Error(`no fault ${name}`);
    const missing = fault.missing?.();
    if (missing !== undefined) return console.log(`${name} was skipped: ${missing}`);
    const outcome = await fault.strike(times, { seed: SEED });
    expect(outcome.wrong).toEqual([]);
    expect(outcome.in).toBeGreaterThan(times);
    expect(outcome.struck).toBe(times);
  },
);
