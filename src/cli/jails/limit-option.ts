import { AtomError } from '../../base/errors.ts';
import type { JailLimits } from '../../domain/jail.ts';
import { type LimitUnit, limitNames, limitUnits, limitWords } from '../../domain/jail-limits.ts';

/** `wall=120s`, `memory=2GB`, `processes=64`; `wall=none` takes one back, `none` all of them. */
export type GivenLimits = readonly string[];

const SIZES: Readonly<Record<string, number>> = {
  k: 1024,
  kb: 1024,
  m: 1024 ** 2,
  mb: 1024 ** 2,
  g: 1024 ** 3,
  gb: 1024 ** 3,
};
const TIMES: Readonly<Record<string, number>> = { '': 1, s: 1, m: 60, min: 60 };

/** The limits of a jail with those that are given; undefined where it sets none. AtomError `usage`. */
export function withLimits(
  before: Partial<JailLimits> | undefined,
  given: GivenLimits | undefined,
): Partial<JailLimits> | undefined {
  const limits = new Map(Object.entries(before ?? {}));
  for (const text of given ?? []) {
    if (text === 'none') {
      limits.clear();
      continue;
    }
    const [name, value] = readLimit(text);
    if (value === undefined) limits.delete(name);
    else limits.set(name, value);
  }
  return limits.size === 0 ? undefined : (Object.fromEntries(limits) as Partial<JailLimits>);
}

function readLimit(text: string): readonly [keyof JailLimits, number | undefined] {
  const [, option, amount = '', word = ''] = /^([a-z-]+)=(\d+|none)([a-z]*)$/i.exec(text) ?? [];
  const name = limitNames.find((each) => limitUnits[each].option === option);
  if (name === undefined) throw noLimit(text, `write one of ${limitNames.map(example).join(', ')}`);
  if (amount === 'none') return [name, undefined];
  const unit = limitUnits[name];
  const size = sizeOf(unit, word.toLowerCase());
  if (size === undefined) throw noLimit(text, `write it like ${example(name)}`);
  const setting = (Number(amount) * size) / unit.factor;
  const { least, most, factor } = unit;
  if (!Number.isInteger(setting) || setting < least || setting > most) {
    const range = [least, most].map((edge) => limitWords(name, edge * factor)).join(' to ');
    throw noLimit(text, `${option} may be ${range}`);
  }
  return [name, setting * factor];
}

/** What one of a word is, in the limit's own unit. */
function sizeOf({ kind, factor }: LimitUnit, word: string): number | undefined {
  if (kind === 'count') return word === '' ? 1 : undefined;
  if (kind === 'bytes') return SIZES[word];
  const seconds = TIMES[word];
  return seconds === undefined ? undefined : seconds * factor;
}

const example = (name: keyof JailLimits): string => {
  const { option, kind } = limitUnits[name];
  return `${option}=${{ time: '120s', bytes: '512MB', count: '64' }[kind]}`;
};

const noLimit = (text: string, how: string): AtomError =>
  new AtomError('usage', `${JSON.stringify(text)} is no limit: ${how}`);
