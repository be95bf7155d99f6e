import { existsSync, mkdirSync, renameSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { systemClock } from '../../base/clock.ts';
import { AtomError, systemCode } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import type { Paths } from '../../config/paths.ts';
import { createAsker } from '../ask/asker.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { requireStopped } from '../gateway.ts';
import { openSecrets } from '../secrets/open.ts';

interface Move {
  readonly from: string;
  readonly to: string;
}

/**
 * Moves the settings, the data and the state of a profile to a trash folder beside each, once its name was
 * typed, and says how to bring them back. Nothing is deleted, and what lies in jails stays. Throws AtomError
 * `already-running` where a gateway runs, `declined` where another name was typed.
 */
export async function resetProfile(cli: Cli): Promise<void> {
  await requireStopped(cli);
  const moves = movesOf(cli.paths);
  if (moves.length === 0) {
    throw new AtomError('config', `There is no profile "${cli.paths.profile}" to put away.`, {
      next: ['Set it up:   atom init'],
    });
  }
  await confirm(cli, moves);
  const keychain = (await openSecrets(cli).where()).place === 'keychain';
  moveAll(moves);
  const { out } = cli;
  if (out.json) return out.object({ profile: cli.paths.profile, trash: moves });
  out.say(
    `Put away profile "${cli.paths.profile}". Nothing was deleted; your folders are as they were.`,
  );
  if (keychain)
    out.say('Keys in the keychain stay there, and a new profile of this name finds them.');
  out.say('Bring it back:');
  for (const { from, to } of moves) out.say(`  mv ${shellWord(to)} ${shellWord(from)}`);
  out.hint('Begin anew:   atom init');
}

/** On one file system with what is moved, and under a name that no profile can have. */
function movesOf({ profile, config, data, state }: Paths): readonly Move[] {
  const stamp = new Date(systemClock.now()).toISOString().slice(0, 19).replaceAll(':', '');
  const name = `${profile}-${stamp}`;
  return [config, data, state]
    .filter(existsSync)
    .map((from) => ({ from, to: join(dirname(from), '.trash', name) }));
}

async function confirm(cli: Cli, moves: readonly Move[]): Promise<void> {
  if (cli.flags.yes) return;
  requirePerson(cli, 'This wants a yes', 'Look at it first; then say that you mean it:   --yes');
  const { profile } = cli.paths;
  cli.out.say('These are put away, with the record, all conversations, skills and stored keys:');
  for (const { from } of moves) cli.out.say(`  ${visible(from)}`);
  const asker = createAsker();
  try {
    const typed = await asker.line(`Type the name of the profile, "${profile}", to go on: `);
    if (typed !== profile) throw new AtomError('declined', 'Nothing was changed.');
  } finally {
    asker.close();
  }
}

/** All of them or none: half a profile is none that can be brought back by its parts. */
function moveAll(moves: readonly Move[]): void {
  const done: Move[] = [];
  try {
    for (const move of moves) {
      mkdirSync(dirname(move.to), { recursive: true, mode: 0o700 });
      renameSync(move.from, move.to);
      done.push(move);
    }
  } catch (cause) {
    for (const { from, to } of done.reverse()) renameSync(to, from);
    const code = systemCode(cause) ?? String(cause);
    throw new AtomError('failed', `The profile cannot be put away (${code}). It is as it was.`, {
      cause,
      next: moves.map(({ from }) => `Look at who owns it:   ls -ld ${shellWord(dirname(from))}`),
    });
  }
}
