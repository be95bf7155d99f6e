import { maturities } from './agent.ts';
import { hostsWithin } from './host-pattern.ts';
import type { JailSpec } from './jail.ts';
import { isInside } from './jail-choice.ts';
import { limitNames, limitsAt, limitUnits, limitWords } from './jail-limits.ts';
import { gitModes, gitOf } from './jail-words.ts';

/** The jails of `next` that let commands do more than those of `known` by the same name. */
export const widened = (
  known: readonly JailSpec[],
  next: readonly JailSpec[],
): readonly JailSpec[] =>
  next.filter((jail) => wideningWords(namesake(known, jail), jail).length > 0);

/** What a jail lets commands do that it did not before, one thing an entry; empty where it is nothing. */
export function wideningWords(before: JailSpec | undefined, jail: JailSpec): readonly string[] {
  if (before === undefined || before.folder !== jail.folder)
    return [`${jail.mode === 'read-write' ? 'change' : 'read'} files in ${jail.folder}`];
  return [
    ...(jail.mode === 'read-write' && before.mode === 'read-only' ? ['change files there'] : []),
    ...(jail.network ?? [])
      .filter((host) => !hostsWithin([host], before.network ?? []))
      .map((host) => `reach ${host}`),
    ...(gitModes.indexOf(gitOf(jail)) > gitModes.indexOf(gitOf(before))
      ? [`change what git keeps (${gitOf(jail)})`]
      : []),
    ...(jail.unprotected ?? [])
      .filter((name) => !(before.unprotected ?? []).includes(name))
      .map((name) => `change ${name}`),
    ...(jail.shows ?? [])
      .filter((path) => !(before.shows ?? []).some((shown) => isInside(shown, path)))
      .map((path) => `read ${path}`),
    ...moreToUse(before, jail),
  ];
}

/** The jail that bore the same name. */
export const namesake = (known: readonly JailSpec[], { name }: JailSpec): JailSpec | undefined =>
  known.find((jail) => jail.name === name);

/** Limits that are higher for an agent of any maturity. */
const moreToUse = (before: JailSpec, jail: JailSpec): readonly string[] =>
  limitNames.flatMap((name) => {
    const higher = maturities.filter(
      (maturity) => limitsAt(jail, maturity)[name] > limitsAt(before, maturity)[name],
    );
    const [first] = higher.toReversed();
    if (first === undefined) return [];
    return [
      `use more (${limitUnits[name].option} ${limitWords(name, limitsAt(jail, first)[name])})`,
    ];
  });
