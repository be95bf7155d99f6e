import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addChat(program: Command, act: Act): void {
  program
    .command('chat')
    .description('Talk to the agent in this terminal; with text, answer once and exit')
    .argument('[text...]', 'what to say; - reads it from stdin')
    .option('--agent <name>', 'another agent, in a conversation of its own')
    .action(
      act(async (cli, [words], options) => {
        const agent = typeof options.agent === 'string' ? options.agent : undefined;
        const text = ((words ?? []) as readonly string[]).join(' ');
        if (text !== '') return await (await import('../chat/chat.ts')).chat(cli, text, agent);
        return await (await import('../start/attach.ts')).attach(cli, agent);
      }),
    );
}

export function addAttach(program: Command, act: Act): void {
  program
    .command('attach')
    .description('Open the terminal UI of a gateway that is already running')
    .action(act(async (cli) => (await import('../start/attach.ts')).attach(cli)));
}
