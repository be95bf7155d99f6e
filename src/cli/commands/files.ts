import type { Command } from 'commander';
import type { Act } from './act.ts';
import { STDIN } from './stand-options.ts';

export function addFiles(program: Command, act: Act): void {
  const files = program
    .command('files')
    .description('Files that count as strangers’ words, and those that you trust again');
  files
    .command('tainted')
    .description('What counts as strangers’ words or as private, and why')
    .action(act(async (cli) => (await import('../files/tainted.ts')).listTainted(cli)));
  files
    .command('trust')
    .summary('Take what is in these files for your own words')
    .description(
      'Take what is in these files for your own words from now on; a folder counts with all below ' +
        'it. Look at them first: an agent will act on them as if you had written them.',
    )
    .argument('<path...>')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [paths], { totpStdin }) =>
        (await import('../files/trust.ts')).trustFiles(cli, paths as readonly string[], {
          totpStdin: totpStdin === true,
        }),
      ),
    );
}
