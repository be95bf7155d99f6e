import { type Command, Option } from 'commander';
import { maturities } from '../../domain/agent.ts';
import { integrities } from '../../domain/label.ts';
import type { Act } from './act.ts';
import {
  aboutOptions,
  collect,
  STDIN,
  standOptions,
  standWish,
  texts,
  whatIf,
} from './stand-options.ts';

export function addRules(program: Command, act: Act): void {
  const rules = program
    .command('rules')
    .description('What always asks, what never runs, and what you always allow');
  rules
    .command('list')
    .alias('ls')
    .description('The rules, and the yeses that stand')
    .action(act(async (cli) => (await import('../rules/list.ts')).listRules(cli)));
  addAdd(rules, act);
  rules
    .command('remove')
    .alias('rm')
    .description('Take a rule away, or take back a yes that stands')
    .argument('<name>', 'a rule’s name, or an id such as s-k7p2qx')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [name], { totpStdin }) =>
        (await import('../rules/remove.ts')).removeRule(cli, String(name), {
          totpStdin: totpStdin === true,
        }),
      ),
    );
  rules
    .command('test')
    .description('Try the examples of every rule')
    .action(act(async (cli) => (await import('../rules/test.ts')).testRules(cli)));
  aboutOptions(
    rules
      .command('explain')
      .description('Which rules fit a command, and why not the others: explain -- git push')
      .argument('[words...]', 'the command, behind --')
      .option('--action <name>', 'of another action than shell.exec', 'shell.exec'),
  ).action(
    act(async (cli, [words], options) =>
      (await import('../rules/explain.ts')).explainRules(
        cli,
        whatIf(options.action, words, options),
      ),
    ),
  );
  rules
    .command('suggest')
    .description('What you approved again and again, and could always allow')
    .action(act(async (cli) => (await import('../rules/suggest.ts')).suggestRules(cli)));
  standOptions(
    rules
      .command('allow')
      .description('Always allow what an approval was about, exactly as it is shown')
      .argument('<ref>', 'the approval’s id or four characters'),
  ).action(
    act(async (cli, [ref], options) =>
      (await import('../rules/allow.ts')).allowFromNowOn(cli, String(ref), standWish(options)),
    ),
  );
}

function addAdd(rules: Command, act: Act): void {
  const add = rules
    .command('add')
    .summary('Ask about something, or refuse it, from now on')
    .description(
      'Ask about something, or refuse it, from now on. The command stands behind --, token by ' +
        'token: * is any one word, ** any number of them. A rule only tightens.',
    )
    .argument('<name>', 'a short name, such as no-push')
    .argument('[words...]', 'the command, behind --')
    .option('--deny', 'refuse it')
    .option('--ask', 'ask about it every time')
    .requiredOption('--reason <text>', 'shown on cards and in refusals')
    .option('--action <name>', 'such as file.write')
    .option('--between <times>', 'time of day, such as 22:00-07:00')
    .option('--example <line>', 'a command that it must fit; may be repeated', collect, [])
    .option('--not-example <line>', 'a command that it must not fit', collect, []);
  aboutOptions(add, false).action(
    act(async (cli, [name, words], options) =>
      (await import('../rules/add.ts')).addRule(cli, {
        name: String(name),
        ask: options.ask === true,
        deny: options.deny === true,
        reason: String(options.reason),
        words: (words ?? []) as readonly string[],
        where: texts(options, ['action', 'agent', 'jail', 'channel', 'sender', 'between']),
        examples: options.example as readonly string[],
        notExamples: options.notExample as readonly string[],
      }),
    ),
  );
}

export function addPolicy(program: Command, act: Act): void {
  const policy = program.command('policy').description('What would be decided about something');
  aboutOptions(
    policy
      .command('check')
      .description('Decide about something that nobody asked for; nothing is done')
      .argument('<action>', 'such as shell.exec or file.write')
      .argument('[words...]', 'the command, behind --; or what it is aimed at')
      .addOption(new Option('--as <maturity>', 'as if the agent were').choices(maturities))
      .addOption(
        new Option('--labels <whose>', 'whose words the turn has read')
          .choices(integrities)
          .default('owner'),
      ),
  ).action(
    act(async (cli, [action, words], options) => {
      const as = maturities.find((maturity) => maturity === options.as);
      const labels = integrities.find((whose) => whose === options.labels) ?? 'untrusted';
      const { checkPolicy } = await import('../policy/check.ts');
      await checkPolicy(cli, {
        ...whatIf(action, words, options),
        ...(as === undefined ? {} : { as }),
        labels,
      });
    }),
  );
}
