import { AtomError, asAtomError } from './errors.ts';
import { shellWord } from './shell-word.ts';

/** `atom` where a command line begins: at the start, after a label, a question or a bracket, or beside another; not in a sentence. */
const COMMAND = /(^|\s\s|: |\? |then |\(|(?<=\batom \w+(?:, | and | or )))atom (?=[a-z\d])/gm;

/** How a running gateway takes up what it reads at its start only: with a service, or started by hand. */
export const START_ANEW = 'atom restart (without a service: atom stop, then atom start)';

/** Has what atom says itself name commands so that they act on one profile. */
export type Hint = (line: string) => string;

/** As they are for the profile that needs no name. */
export const asIs: Hint = (line) => line;

/** A line that names commands of atom, so that they act on this profile: `atom -p other start`. */
export const hintFor = (profile: string, line: string): string =>
  profile === 'default' ? line : line.replaceAll(COMMAND, `$1atom -p ${shellWord(profile)} `);

/** The same for one profile, to be handed on. */
export const hintOf =
  (profile: string): Hint =>
  (line) =>
    hintFor(profile, line);

/** The same failure, the commands it names for this profile. */
export function failureFor(profile: string, thrown: unknown): AtomError {
  const error = asAtomError(thrown);
  const { code, violates, elsewhere, quotes, own } = error;
  const next = error.next.map((line) => hintFor(profile, line));
  // What is somebody else's words is repeated as it was.
  const message = quotes === undefined ? hintFor(profile, error.message) : error.message;
  const more = { violates, elsewhere, own, ...(quotes === undefined ? {} : { quotes }) };
  return new AtomError(code, message, { cause: error, next, ...more });
}
