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
      'Help on a command or a topic: approvals, agents, jails, undo, protocol, exit-codes, environment, json',
    )
    .argument('[words...]', 'a topic, or a command')
    .action(
      act(async (cli, [words]) => {
        const asked = (words ?? []) as readonly string[];
        if (asked.length === 1 && asked[0] === 'protocol')
          return (await import('../about/protocol.ts')).showProtocol(cli);
        const { showHelp } = await import('../about/help.ts');
        showHelp(cli, program, asked);
      }),
    );
}
