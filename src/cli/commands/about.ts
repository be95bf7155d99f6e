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

export function addCompletion(program: Command, act: Act): void {
  program
    .command('completion')
    .description('What a shell reads to complete commands: bash, zsh, fish, powershell')
    .argument('<shell>')
    .addHelpText(
      'after',
      `
bash         atom completion bash > ~/.local/share/bash-completion/completions/atom
zsh          atom completion zsh > "\${fpath[1]}/_atom"
fish         atom completion fish > ~/.config/fish/completions/atom.fish
powershell   atom completion powershell >> $PROFILE`,
    )
    .action(
      act(async (cli, [shell]) =>
        (await import('../completion/completion.ts')).showCompletion(cli, program, String(shell)),
      ),
    );
}

/** For the scripts of `atom completion`: names that are looked up while somebody types. Nobody types it. */
export function addCompletionValues(program: Command, act: Act): void {
  program
    .command('completion-values')
    .description('Names of what there is, one a line')
    .argument('<what>', 'such as agents or jails')
    .action(
      act(async (cli, [what]) => {
        const { namesOf } = await import('../completion/look-up.ts');
        for (const name of await namesOf(cli, String(what))) cli.out.data(name);
      }),
    );
}
