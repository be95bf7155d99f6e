import type { Command } from 'commander';
import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { bash } from './bash.ts';
import { fish } from './fish.ts';
import { knownOf } from './known.ts';
import { powershell } from './powershell.ts';
import { settingPlaces } from './settings.ts';
import { type Place, placesOf } from './words.ts';
import { zsh } from './zsh.ts';

const SHELLS: Readonly<Record<string, (places: readonly Place[]) => string>> = {
  bash,
  zsh,
  fish,
  powershell,
};

/** Everything of atom's own command line that can be completed. */
export function completedOf(program: Command): readonly Place[] {
  const commands = program.commands.map((command) => command.name());
  const known = knownOf(commands, Object.keys(SHELLS));
  return placesOf(program, { ...known, more: settingPlaces() });
}

/** Prints what a shell has to read so that it completes atom's commands, options and what they take. */
export function showCompletion(cli: Cli, program: Command, shell: string): void {
  const make = Object.hasOwn(SHELLS, shell) ? SHELLS[shell] : undefined;
  if (make === undefined)
    throw new AtomError('usage', 'That shell is not known here.', {
      next: [`There is: ${Object.keys(SHELLS).join(', ')}`],
    });
  const script = make(completedOf(program));
  if (cli.out.json) cli.out.object({ shell, script });
  else cli.out.data(script.trimEnd());
}
