import { systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import { nearest } from '../../config/nearest.ts';
import type { Prepared } from '../../domain/action.ts';
import { actionNames } from '../../domain/action-names.ts';
import type { Subject } from '../../domain/subject.ts';
import type { Classification } from '../../governance/classify.ts';
import { complexityOf } from '../../governance/complexity.ts';
import type { Cli } from '../cli.ts';

/** Something that could be asked for, as it is given on the command line. */
export interface WhatIf {
  readonly action: string;
  /** The words of a command; of any other action what it is aimed at. */
  readonly words: readonly string[];
  readonly agent?: string;
  readonly jail?: string;
  readonly channel?: string;
  readonly sender?: string;
  /** `23:10`; now unless told. */
  readonly at?: string;
}

/** What rules would look at, and how much it would do; nothing is looked up but the settings. */
export async function imagine(
  cli: Cli,
  { action, words, at, ...given }: WhatIf,
): Promise<{
  readonly subject: Subject;
  readonly measured: Classification;
  readonly targets: readonly string[];
}> {
  refuseUnknown(action);
  const isCommand = action === 'shell.exec';
  if (words.length === 0 && isCommand)
    throw new AtomError('usage', 'There is no command', {
      next: [`Write it behind --, such as:   ${EXAMPLE}`],
    });
  const jail = given.jail ?? (await loadConfig(cli.paths, cli.env)).workspace;
  const targets = isCommand ? [] : words;
  const measured = complexityOf(action, preparedOf(words, { jail, targets, isCommand }));
  const subject = {
    action,
    commands: measured.commands,
    jail,
    agent: given.agent ?? 'atom',
    channel: given.channel ?? 'terminal',
    sender: given.sender ?? 'owner',
    minute: minuteOf(at),
  };
  return { subject, measured, targets };
}

const EXAMPLE = 'atom policy check shell.exec -- git push origin main';

const preparedOf = (
  words: readonly string[],
  from: { readonly jail: string; readonly targets: readonly string[]; readonly isCommand: boolean },
): Prepared => ({
  resource: null,
  facts: null,
  jail: from.jail,
  targets: from.targets,
  ...(from.isCommand ? { argv: words } : {}),
  card: { kind: from.isCommand ? 'command' : 'file', words, may: [], undo: '' },
});

/** Minutes since midnight, local time. Throws AtomError `usage`. */
function minuteOf(at: string | undefined): number {
  const now = new Date(systemClock.now());
  if (at === undefined) return now.getHours() * 60 + now.getMinutes();
  const [, hours, minutes] = /^([01]?\d|2[0-3]):([0-5]\d)$/.exec(at) ?? [];
  if (hours !== undefined && minutes !== undefined) return Number(hours) * 60 + Number(minutes);
  throw new AtomError('usage', `"${at}" is not a time of day`, { next: ['Write it like 23:10.'] });
}

function refuseUnknown(action: string): void {
  if (actionNames.includes(action)) return;
  const meant = nearest(action, actionNames);
  throw new AtomError('usage', `atom has no action "${action}"`, {
    next: [meant ? `Did you mean:   ${meant}` : `There is: ${actionNames.join(', ')}`],
  });
}
