import { AtomError, asAtomError } from './errors.ts';
import { shellWord } from './shell-word.ts';

/** The first words of all commands: in "once atom runs" or "and atom goes on" it is no command. */
const COMMANDS = [
  'init start chat status health attach stop pause resume panic pair senders users',
  'devices approvals runs stats undo agents a2a models memory feed skills mcp jobs',
  'rules policy jails quarantine container files 2fa sessions channels alerts notify',
  'config edition secrets spool outbox audit backup service logs doctor security update',
  'version completion help',
]
  .flatMap((line) => line.split(' '))
  .join('|');

/** `atom` where a command line begins: at the start, after a label, a bracket or another one. */
const COMMAND = new RegExp(
  `(^|\\s\\s|[:,;] |then |and |or |\\()atom (?=(?:${COMMANDS})(?![\\w-]))`,
  'gm',
);

/** A line that names commands of atom, so that they act on this profile: `atom -p other start`. */
export const hintFor = (profile: string, line: string): string =>
  profile === 'default' ? line : line.replaceAll(COMMAND, `$1atom -p ${shellWord(profile)} `);

/** The same failure, its next steps for this profile. */
export function failureFor(profile: string, thrown: unknown): AtomError {
  const error = asAtomError(thrown);
  const next = error.next.map((line) => hintFor(profile, line));
  return new AtomError(error.code, error.message, { cause: error, next });
}
