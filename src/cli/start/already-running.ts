import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';

/** What is said where a gateway holds the profile already. `pid` is its process, where it told. */
export function alreadyRunning({ paths }: Cli, pid?: number): AtomError {
  const who = pid === undefined ? '' : ` (pid ${pid})`;
  return new AtomError(
    'already-running',
    `A gateway already holds profile "${paths.profile}"${who}.`,
    { next: ['Open its terminal UI:   atom attach', 'Stop it:   atom stop'] },
  );
}
