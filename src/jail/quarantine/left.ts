import { visible } from '../../base/visible.ts';
import type { LaunchResult } from '../../domain/jail.ts';
import { asText } from './byte-path.ts';
import type { Item } from './item.ts';

/** What a run left, as its result tells it. */
export interface Left {
  /** What was moved out of the jail: paths relative to it. */
  readonly quarantined: readonly string[];
  /** Sentences about the rest. */
  readonly notes: readonly string[];
}

export const NOTHING: Left = { quarantined: [], notes: [] };

const MOST_NAMED = 10;

/** What is new and stays. New programs are not listed: every build makes some, and nobody would read it. */
export function notesOn(fresh: readonly Item[], cleared: readonly string[]): readonly string[] {
  const paths = (fate: Item['fate']): readonly string[] =>
    fresh.filter((item) => item.fate === fate).map(({ path }) => path);
  return [
    ...note('It wrote instructions that agents read', paths('instructions')),
    ...note('It changed what npm runs', paths('scripts')),
    ...note('Set-id bits were taken off', cleared),
  ];
}

const note = (words: string, paths: readonly string[]): readonly string[] =>
  paths.length === 0 ? [] : [`${words}: ${named(paths)}.`];

/** Some paths (byte strings) in words. */
export function named(paths: readonly string[]): string {
  const first = paths.slice(0, MOST_NAMED).map((path) => visible(asText(path)));
  const more = paths.length - first.length;
  return `${first.join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}

/** A result with what was left before and by it. */
export function tellLeft(result: LaunchResult, all: readonly Left[]): LaunchResult {
  const quarantined = all.flatMap((left) => left.quarantined);
  const notes = all.flatMap((left) => left.notes);
  return {
    ...result,
    ...(quarantined.length > 0 ? { quarantined } : {}),
    ...(notes.length > 0 ? { notes } : {}),
  };
}
