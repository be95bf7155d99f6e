import { describe, expect, it } from 'vitest';
import { maturities } from '../../src/domain/agent.ts';
import {
  limitNames,
  limitsAt,
  limitsByMaturity,
  limitUnits,
  limitWords,
} from '../../src/domain/jail-limits.ts';
import { jailWords } from '../../src/domain/jail-words.ts';

describe('the limits of a command', () => {
  it('grow with the maturity of the agent: 5, 30, 300 and 600 seconds', () => {
    const walls = maturities.map((maturity) => limitsAt({}, maturity).wallMs / 1000);
    expect(walls).toEqual([5, 30, 300, 600]);
    for (const name of limitNames) {
      const values = maturities.map((maturity) => limitsByMaturity[maturity][name]);
      expect(values).toEqual(values.toSorted((a, b) => a - b));
    }
  });

  it('are the jail’s own where it has any, and never more than ten minutes', () => {
    const jail = { limits: { wallMs: 7000, memoryBytes: 1024 ** 2 } };
    for (const maturity of maturities)
      expect(limitsAt(jail, maturity)).toEqual({ ...limitsByMaturity[maturity], ...jail.limits });
    expect(limitsAt({ limits: { wallMs: 900_000 } }, 'student').wallMs).toBe(600_000);
  });

  it('lie within what a jail may set', () => {
    for (const maturity of maturities)
      for (const name of limitNames) {
        const { factor, least, most } = limitUnits[name];
        const value = limitsByMaturity[maturity][name] / factor;
        expect([value >= least, value <= most, Number.isInteger(value)]).toEqual([
          true,
          true,
          true,
        ]);
      }
  });

  it('are said in units that people know', () => {
    expect(limitWords('wallMs', 120_000)).toBe('120 s');
    expect(limitWords('memoryBytes', 1.5 * 1024 ** 3)).toBe('1.5 GB');
    expect(limitWords('outputBytes', 256 * 1024)).toBe('256 KB');
    expect(limitWords('processes', 64)).toBe('64');
  });
});

it('a jail’s words name everything in which it is not the usual one', () => {
  const work = { name: 'work', folder: '/w', mode: 'read-write' as const };
  expect(jailWords(work)).toBe('work (read-write, no network)');
  expect(jailWords({ ...work, git: 'guarded', network: [] })).toBe(jailWords(work));
  expect(
    jailWords({
      ...work,
      mode: 'read-only',
      network: ['a.example.org', '*.example.net'],
      git: 'open',
      unprotected: ['node_modules'],
      shows: ['/opt/x'],
      limits: { wallMs: 9000 },
    }),
  ).toBe(
    'work (read-only, network: a.example.org *.example.net, git open, may change node_modules, shows /opt/x, wall 9 s)',
  );
});
