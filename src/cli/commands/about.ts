import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addVersion(program: Command, act: Act): void {
  program
    .command('version')
    .description('Version, Node, paths')
    .action(act(async (cli) => (await import('../about/version.ts')).showVersion(cli)));
}

export function addHelp(program: Command, act: Act): void {
  program
    .command('help')
    .description(
      'Help on a command or a topic: approvals, agents, jails, undo, exit-codes, environment, json',
    )
    .argument('[words...]', 'a topic, or a command')
    .action(
      act(async (cli, [words]) => {
        const { showHelp } = await import('../about/help.ts');
        showHelp(cli, program, (words ?? []) as readonly string[]);
      }),
    );
}
