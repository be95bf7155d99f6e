import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addModels(program: Command, act: Act): void {
  const models = program
    .command('models')
    .description('What your agents think with: providers, keys, prices');
  models
    .command('list')
    .alias('ls')
    .description('Providers and their keys, models and their prices, and who uses which')
    .action(act(async (cli) => (await import('../models/list.ts')).listModels(cli)));
  models
    .command('use')
    .description('Choose what the profile, or one agent, thinks with')
    .argument('<model>', 'provider/model, "offline", or with --agent "profile"')
    .option('--agent <name>', 'this agent only, at once')
    .option('--fallback <model>', 'asked where that cannot answer; may be given again', more, [])
    .option('--totp-stdin', 'read the code of the second factor from stdin')
    .action(
      act(async (cli, [model], { agent, fallback, totpStdin }) =>
        (await import('../models/use.ts')).chooseModel(cli, {
          model: String(model),
          agent: typeof agent === 'string' ? agent : undefined,
          fallbacks: fallback as readonly string[],
          totpStdin: totpStdin === true,
        }),
      ),
    );
  models
    .command('test')
    .description('Ask a model for a call and an answer: how long, how many tokens, what it cost')
    .argument('[model]', 'provider/model (the profile’s)')
    .action(
      act(async (cli, [model]) =>
        (await import('../models/test.ts')).testModel(
          cli,
          typeof model === 'string' ? model : undefined,
        ),
      ),
    );
}

const more = (model: string, before: readonly string[]): readonly string[] => [...before, model];
