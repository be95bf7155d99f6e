import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { asNumber, STDIN, standWish } from './stand-options.ts';

export function addApprovals(program: Command, act: Act): void {
  const approvals = program
    .command('approvals')
    .description('Decide what is waiting; also shows how past requests ended');
  approvals
    .command('list')
    .alias('ls')
    .description('What waits for an answer')
    .option('--all', 'also what was decided or expired')
    .action(
      act(async (cli, _, { all }) =>
        (await import('../approvals/list.ts')).listApprovals(cli, all === true),
      ),
    );
  approvals
    .command('show')
    .description('Everything about one request')
    .argument('<ref>', 'its four characters, such as k7p2')
    .action(
      act(async (cli, [ref]) =>
        (await import('../approvals/list.ts')).showApproval(cli, String(ref)),
      ),
    );
  approvals
    .command('approve')
    .description('Let one request run: once, or from now on')
    .argument('<ref>', 'its four characters, such as k7p2')
    .option(
      '--typed',
      'the four characters were typed out: needed for high risk without a terminal',
    )
    .addOption(
      new Option('--once', 'nothing from now on, as when nothing is said').conflicts([
        'for',
        'always',
      ]),
    )
    .addOption(
      new Option('--for <time>', 'also let what its offer says pass for a while').choices([
        '1h',
        '30d',
      ]),
    )
    .option('--always', 'the same for 30 days')
    .option('--offer <number>', 'which of the offers', asNumber)
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [ref], { typed, ...options }) => {
        if (options.always === true || options.for !== undefined) {
          const { approveFromNowOn } = await import('../approvals/stand.ts');
          return await approveFromNowOn(cli, String(ref), standWish(options));
        }
        return (await import('../approvals/answer.ts')).approve(cli, String(ref), {
          typed: typed === true,
          totpStdin: options.totpStdin === true,
        });
      }),
    );
  approvals
    .command('deny')
    .description('Refuse one request')
    .argument('<ref>', 'its four characters, such as k7p2')
    .option('--stop', 'also stop the task that asked')
    .option('--reason <text>', 'why: told to the agent where it works for you, and kept on record')
    .action(
      act(async (cli, [ref], { stop, reason }) =>
        (await import('../approvals/answer.ts')).deny(cli, String(ref), {
          stop: stop === true,
          ...(typeof reason === 'string' ? { reason } : {}),
        }),
      ),
    );
  approvals
    .command('watch')
    .description('Say each request and each decision as it comes, until Ctrl-C')
    .action(act(async (cli) => (await import('../approvals/watch.ts')).watchApprovals(cli)));
}
