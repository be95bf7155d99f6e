import type { Complexity } from '../domain/complexity.ts';
import type { Effect } from './commands/command-rule.ts';
import { effectOf, weigh } from './weigh.ts';
import type { CommandWords } from './words/command-words.ts';

export type { CommandWords } from './words/command-words.ts';
export { inlineCode } from './words/inline-code.ts';

/** What holds where the command would run. */
export interface Circumstances {
  /** A snapshot taken before covers everything it may write: reversible. */
  readonly undo: boolean;
  /** It can reach nothing over the network. */
  readonly offline?: boolean;
}

export interface Classification {
  readonly complexity: Complexity;
  /** Why, in words that fit on a card. */
  readonly reasons: readonly string[];
  /** Every program it would start, wrappers taken off, itself included: what rules look at. */
  readonly commands: readonly (readonly string[])[];
}

/**
 * How much a command would do, from its words alone: what the table says of its program, raised by its
 * options, by the commands and scripts within it, and by the files it names. What is taken for a look
 * runs where nothing can be written, so only what looks may be known by name alone.
 */
export function classifyCommand(
  command: CommandWords,
  circumstances: Circumstances,
): Classification {
  const { findings, commands } = weigh(command);
  const effect = effectOf(findings);
  const reasons = findings.filter((found) => found.effect === effect).map(({ why }) => why);
  return {
    complexity: complexityAs(effect, circumstances),
    reasons: [...new Set(reasons)],
    commands,
  };
}

/** The same for words that are all known, where nothing can be undone unless it is said. */
export const classifyArgv = (
  argv: readonly string[],
  circumstances: Circumstances = { undo: false },
): Classification => classifyCommand({ argv }, circumstances);

function complexityAs(effect: Effect, { undo, offline = false }: Circumstances): Complexity {
  if (effect === 'fetch') return undo && offline ? 3 : 4;
  if (effect === 'lose') return undo ? 3 : 4;
  return ({ look: 1, say: 2, change: 3, beyond: 4 } as const)[effect];
}
