import type { CommandRule, Raise } from '../commands/command-rule.ts';
import { type CommandWords, listed, mayHoldMore } from './command-words.ts';

/** Those of a rule's raises that the words from an index on bring about; all, where words are not known. */
export function raisedBy(
  rule: CommandRule,
  raises: readonly Raise[],
  { command, from }: { readonly command: CommandWords; readonly from: number },
): readonly Raise[] {
  if (raises.length === 0) return raises;
  const anything = mayHoldMore(command, from);
  const words = command.argv.slice(from);
  const options = optionsOf(rule, words);
  return raises.filter(
    (raise) =>
      (anything && !raise.literal) ||
      (raise.words && words.some((word) => raise.words?.test(word))) ||
      options.some((option) => takes(rule, raise, option)),
  );
}

/**
 * Every word with a dash, whatever stands before it: `--` ends nothing for `find`, and may be the
 * value of another option (`sort -T -- -o x`). Where the first word needs no dash, it gets one.
 */
function optionsOf({ bundled }: CommandRule, words: readonly string[]): readonly string[] {
  const [first, ...rest] = words;
  const dashed = bundled && first && !first.startsWith('-') ? [`-${first}`, ...rest] : words;
  return dashed.filter((word) => word.startsWith('-') && word !== '-');
}

const takes = (rule: CommandRule, raise: Raise, option: string): boolean =>
  listed(raise.options).some((known) =>
    option.startsWith('--') ? longOption(known, option) : shortOption(rule, known, option),
  );

/** GNU programs accept any unambiguous beginning of a long option: `--comp` is `--compress-program`. */
function longOption(known: string, option: string): boolean {
  const equals = option.indexOf('=');
  const name = equals < 0 ? option : option.slice(0, equals);
  return known.startsWith('--') && name.length > 2 && known.startsWith(name);
}

/** A letter counts wherever it stands in a cluster: `-xo` holds `-o`. Rather once too often. */
function shortOption(rule: CommandRule, known: string, option: string): boolean {
  if (known.startsWith('--')) return false;
  if (rule.longShorts || known.length > 2)
    return option === known || option.startsWith(`${known}=`);
  return option.slice(1).includes(known.slice(1));
}
