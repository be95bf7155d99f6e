import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { maturities } from '../../src/domain/agent.ts';
import { hostAllowed } from '../../src/domain/host-pattern.ts';
import type { JailSpec } from '../../src/domain/jail.ts';
import { isInside } from '../../src/domain/jail-choice.ts';
import { limitNames, limitsAt } from '../../src/domain/jail-limits.ts';
import { widened, wideningWords } from '../../src/domain/jail-widening.ts';
import { gitModes } from '../../src/domain/jail-words.ts';

const work: JailSpec = { name: 'work', folder: '/w', mode: 'read-write' };

describe('a jail lets commands do more', () => {
  it.each<[string, JailSpec, JailSpec, readonly string[]]>([
    ['at another folder', work, { ...work, folder: '/x' }, ['change files in /x']],
    ['written', { ...work, mode: 'read-only' }, work, ['change files there']],
    ['with a host', work, { ...work, network: ['example.org'] }, ['reach example.org']],
    ['with looser git', work, { ...work, git: 'open' }, ['change what git keeps (open)']],
    ['with a free name', work, { ...work, unprotected: ['.husky'] }, ['change .husky']],
    ['with a shown folder', work, { ...work, shows: ['/opt/x'] }, ['read /opt/x']],
    ['with more time', work, { ...work, limits: { wallMs: 6000 } }, ['use more (wall 6 s)']],
    [
      'without the limit it had',
      { ...work, limits: { memoryBytes: 1024 ** 3 } },
      work,
      ['use more (memory 2 GB)'],
    ],
  ])('%s', (_, before, next, words) => {
    expect(wideningWords(before, next)).toEqual(words);
    expect(widened([before], [next])).toEqual([next]);
  });

  it('where it is new', () => {
    expect(widened([], [work])).toEqual([work]);
    expect(wideningWords(undefined, { ...work, mode: 'read-only' })).toEqual(['read files in /w']);
  });

  it('not where something was taken away', () => {
    const before: JailSpec = {
      ...work,
      network: ['*.example.org'],
      git: 'open',
      unprotected: ['.husky'],
      shows: ['/opt/x'],
      limits: { wallMs: 60_000 },
    };
    const next: JailSpec = {
      ...work,
      mode: 'read-only',
      network: ['a.example.org:443'],
      git: 'guarded',
      shows: ['/opt/x/y'],
      limits: { wallMs: 4000, processes: 4 },
    };
    expect(widened([before], [next])).toEqual([]);
    expect(widened([before], [])).toEqual([]);
  });
});

const names = ['example.org', 'a.example.org', 'b.a.example.org'];
const folders = ['/opt', '/opt/x', '/opt/x/y', '/srv'];
const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
const anyJail: fc.Arbitrary<JailSpec> = fc
  .record({
    mode: fc.constantFrom('read-only', 'read-write'),
    network: optional(
      fc.subarray([...names, '*.example.org', 'example.org:80', '*.example.org:80']),
    ),
    git: optional(fc.constantFrom(...gitModes)),
    unprotected: optional(fc.subarray(['node_modules', '.husky'])),
    shows: optional(fc.subarray(folders)),
    limits: optional(
      fc.record(
        { wallMs: fc.constantFrom(1000, 60_000, 600_000), processes: fc.constantFrom(4, 200, 600) },
        { requiredKeys: [] },
      ),
    ),
  })
  .map((given) => {
    const said = Object.entries(given).filter(([, value]) => value !== undefined);
    return { name: 'work', folder: '/w', ...Object.fromEntries(said) } as unknown as JailSpec;
  });

/** Everything that commands in a jail may do, as far as these jails differ. */
const permitted = (jail: JailSpec): ReadonlySet<string> =>
  new Set([
    ...(jail.mode === 'read-write' ? ['write'] : []),
    ...gitModes.slice(0, gitModes.indexOf(jail.git ?? 'guarded') + 1),
    ...(jail.unprotected ?? []),
    ...[...folders, '/opt/z', '/srv/z', '/opt/x/y/z'].filter((path) =>
      (jail.shows ?? []).some((shown) => isInside(shown, path)),
    ),
    ...[...names, 'c.example.org'].flatMap((host) =>
      [80, 443].filter((port) => hostAllowed(jail.network ?? [], host, port)).map((p) => host + p),
    ),
  ]);

it('a jail is widened exactly where it is not everywhere at most as permissive', () => {
  fc.assert(
    fc.property(anyJail, anyJail, (before, next) => {
      const [then, now] = [permitted(before), permitted(next)];
      const uses = maturities.some((maturity) =>
        limitNames.some(
          (name) => limitsAt(next, maturity)[name] > limitsAt(before, maturity)[name],
        ),
      );
      const more = [...now].some((thing) => !then.has(thing)) || uses;
      expect(widened([before], [next]).length > 0).toBe(more);
      expect(widened([before], [before])).toEqual([]);
    }),
    { numRuns: 500 },
  );
});
