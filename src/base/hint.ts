import { AtomError, asAtomError } from './errors.ts';
import { shellWord } from './shell-word.ts';

/** `atom` where a command line begins: at the start, after a label, a question or a bracket, or beside another; not in a sentence. */
const COMMAND = /(^|\s\s|: |\? |then |\(|(?<=\batom \w+(?:, | and | or )))atom (?=[a-z\d])/gm;

/** A line that names commands of atom, so that they act on this profile: `atom -p other start`. */
export const hintFor = (profile: string, line: string): string =>
  profile === 'default' ? line : line.replaceAll(COMMAND, `$1atom -p ${shellWord(profile)} `);

/** The same failure, the commands it names for this profile. */
export function failureFor(profile: string, thrown: unknown): AtomError {
  const error = asAtomError(thrown);
  const { code, violates, elsewhere, quotes } = error;
  const next = error.next.map((line) => hintFor(profile, line));
  // What is somebody else's words is repeated as it was.
  const message = quotes === undefined ? hintFor(profile, error.message) : error.message;
  const more = { violates, elsewhere, ...(quotes === undefined ? {} : { quotes }) };
  return new AtomError(code, message, { cause: error, next, ...more });
}
