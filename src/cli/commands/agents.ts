import { type Command, InvalidArgumentError, Option } from 'commander';
import { feedModes, maturities } from '../../domain/agent.ts';
import { wakeKinds } from '../../domain/errand.ts';
import type { Act } from './act.ts';

const change = () => import('../agents/change.ts');
const training = () => import('../agents/training.ts');

export function addAgents(program: Command, act: Act): void {
  const agents = program
    .command('agents')
    .description('Who works for you, how they behave, and how much each may do by itself');
  addLooks(agents, act);
  addMessage(agents, act);
  addAgent(agents, act);
  addSet(agents, act);
  addPromote(agents, act);
  addTightening(agents, act);
  addMark(agents, act);
  addTraining(agents, act);
}

function addLooks(agents: Command, act: Act): void {
  agents
    .command('list')
    .alias('ls')
    .description('All of them, and who is ready for more')
    .action(act(async (cli) => (await import('../agents/list.ts')).listAgents(cli)));
  agents
    .command('show')
    .description('The record of one: what it did, and what came of it')
    .argument('<name>')
    .action(
      act(async (cli, [name]) => (await import('../agents/show.ts')).showAgent(cli, String(name))),
    );
}

function addMessage(agents: Command, act: Act): void {
  agents
    .command('message')
    .description('Say something in the own conversation of one')
    .argument('<name>')
    .argument('<text...>', '"-" takes it from stdin')
    .option('--wait', 'until it has answered, and print that')
    .action(
      act(async (cli, [name, text], { wait }) =>
        (await import('../agents/message.ts')).messageAgent(cli, String(name), {
          text: Array.isArray(text) ? text.join(' ') : String(text),
          wait: wait === true,
        }),
      ),
    );
}

function addAgent(agents: Command, act: Act): void {
  agents
    .command('add')
    .description('One more agent; it begins as a student, who may only look')
    .argument('<name>', 'a–z, 0–9 and -')
    .addOption(
      new Option('--maturity <maturity>', 'more is earned: atom agents promote')
        .choices(['student', 'intern'])
        .default('student'),
    )
    .option('--model <model>', '"offline" or provider/model (the profile’s)')
    .option('--workspace <jail>', 'the jail that it works in (the profile’s)')
    .option('--jails <names>', 'the only jails it may use, separated by commas (all)', names)
    .option('--skills <names>', 'the only skills it may use, separated by commas (all)', names)
    .addOption(told())
    .option('--private', 'it never posts, and what it says stays in its own conversations')
    .option('--totp-stdin', 'read the code of the second factor from stdin')
    .action(
      act(async (cli, [name], options) => (await change()).addAgent(cli, String(name), options)),
    );
}

function addSet(agents: Command, act: Act): void {
  agents
    .command('set')
    .description('Change what one tells in the feed, what it wakes for, and who may ask it')
    .argument('<name>')
    .addOption(told())
    .option('--private', 'it never posts, and what it says stays in its own conversations')
    .option('--public', 'it is private no more')
    .option(
      '--wakes <kinds>',
      `what of the feed it works on at once: ${wakeKinds.join(', ')}, separated by commas, or nothing`,
      names,
    )
    .option(
      '--asked-by <names>',
      'the only agents that may ask it something, separated by commas; everybody, or nobody',
      names,
    )
    .option('--totp-stdin', 'read the code of the second factor from stdin')
    .action(
      act(async (cli, [name], options) => (await change()).setAgent(cli, String(name), options)),
    );
}

const told = (): Option =>
  new Option('--feed <how much>', 'names and counts, with reasons too, or nothing').choices([
    ...feedModes,
  ]);

function addPromote(agents: Command, act: Act): void {
  agents
    .command('promote')
    .description('Let one do more by itself, one step; needs your second factor')
    .argument('<name>')
    .addOption(new Option('--to <maturity>', 'further than one step').choices([...maturities]))
    .option('--totp-stdin', 'read the code of the second factor from stdin')
    .action(
      act(async (cli, [name], { to, totpStdin }) =>
        (await import('../agents/promote.ts')).promote(cli, {
          name: String(name),
          to: maturities.find((one) => one === to),
          totpStdin: totpStdin === true,
        }),
      ),
    );
}

function addTightening(agents: Command, act: Act): void {
  agents
    .command('demote')
    .description('Let one do less by itself, one step, at once')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await change()).demote(cli, String(name))));
  agents
    .command('pause')
    .description('Let one do nothing, and stop what it does')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await change()).pause(cli, String(name))));
  agents
    .command('resume')
    .description('Let a paused one work again')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await change()).resume(cli, String(name))));
}

function addMark(agents: Command, act: Act): void {
  agents
    .command('mark')
    .summary('Say that something an agent did was undone, or did harm')
    .description(
      'Say that something an agent did was undone, or did harm. A change that is both takes the agent ' +
        'one step down.',
    )
    .argument('<run>', 'its id, from atom agents show <name> --json')
    .option('--harmful', 'it did harm')
    .option('--undone', 'it was taken back')
    .action(
      act(async (cli, [run], { harmful, undone }) =>
        (await change()).mark(cli, String(run), {
          harmful: harmful === true,
          undone: undone === true,
        }),
      ),
    );
}

function addTraining(agents: Command, act: Act): void {
  agents
    .command('training')
    .description('What students were refused, for you to run')
    .argument('[name]', 'of one agent only')
    .action(
      act(async (cli, [name]) =>
        (await training()).listTraining(cli, typeof name === 'string' ? name : undefined),
      ),
    );
  agents
    .command('replay')
    .description('Run one of these yourself, once; it counts for the agent’s record')
    .argument('<id>', 'its five characters')
    .option('--drop', 'forget it instead')
    .action(
      act(async (cli, [id], { drop }) =>
        drop === true
          ? (await training()).dropTraining(cli, String(id))
          : (await training()).replayTraining(cli, String(id)),
      ),
    );
}

function names(text: string): readonly string[] {
  const found = text.split(',').map((name) => name.trim());
  if (found.every((name) => name !== '')) return found;
  throw new InvalidArgumentError('Give names, separated by commas.');
}
