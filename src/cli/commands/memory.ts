import type { Command } from 'commander';
import type { Act } from './act.ts';
import { STDIN, texts, USER } from './stand-options.ts';

const look = () => import('../memory/notes.ts');
const change = () => import('../memory/change.ts');

export function addMemory(program: Command, act: Act): void {
  const memory = program
    .command('memory')
    .description('What your agents remember: plain files that you may read, edit and remove');
  const about = (command: Command): Command =>
    command
      .option('--agent <name>', 'of this agent only')
      .option('--person <name>', 'of this person only, as the list has it; owner is you')
      .option(...USER);
  about(
    memory.command('list', { isDefault: true }).alias('ls').description('All of it, newest first'),
  ).action(act(async (cli, _, options) => (await look()).listNotes(cli, whose(options))));
  const one = (name: string, description: string): Command =>
    about(
      memory.command(name).description(description).argument('<note>', 'from atom memory list'),
    );
  const wish = (note: unknown, options: Options) => ({ ...whose(options), note: String(note) });
  one('show', 'What a note says, and where it came from').action(
    act(async (cli, [note], options) => (await look()).showNote(cli, wish(note, options))),
  );
  one('path', 'Where its file is, for your editor').action(
    act(async (cli, [note], options) => (await look()).showPath(cli, wish(note, options))),
  );
  one('forget', 'Take a note out')
    .alias('rm')
    .action(
      act(async (cli, [note], options) => (await change()).forgetNote(cli, wish(note, options))),
    );
  one('restore', 'Bring back a note that was forgotten or changed').action(
    act(async (cli, [note], options) => (await change()).restoreNote(cli, wish(note, options))),
  );
  one('trust', 'Take what a note says for your own words')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [note], options) =>
        (await change()).trustNote(cli, {
          ...wish(note, options),
          totpStdin: options.totpStdin === true,
        }),
      ),
    );
}

type Options = Readonly<Record<string, unknown>>;

const whose = (options: Options) => texts(options, ['agent', 'person', 'user']);
