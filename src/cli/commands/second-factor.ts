import type { Command } from 'commander';
import type { Act } from './act.ts';

const STDIN = '--totp-stdin';
const load = () => import('../second-factor/recovery.ts');
const loadUse = () => import('../second-factor/use.ts');

export function addSecondFactor(program: Command, act: Act): void {
  const factor = program.command('2fa').description('Second factor for critical actions');
  factor
    .command('enroll')
    .description('Set one up: scan, then give two codes in a row')
    .option(STDIN, 'read the two codes from stdin, one a line')
    .option('--show-secret', 'under --json: the secret and the recovery codes on stdout, too')
    .action(
      act(async (cli, _, { totpStdin, showSecret }) =>
        (await import('../second-factor/enroll.ts')).enroll(cli, {
          totpStdin: totpStdin === true,
          showSecret: showSecret === true,
        }),
      ),
    );
  factor
    .command('verify')
    .description('Try a code out; that spends it')
    .option(STDIN, 'read the code from stdin')
    .action(
      act(async (cli, _, { totpStdin }) => (await loadUse()).verifyCode(cli, totpStdin === true)),
    );
  factor
    .command('codes')
    .description('How many recovery codes are left')
    .option('--renew', 'make ten new ones; the others are void then. Needs a code')
    .option(STDIN, 'read that code from stdin')
    .option('--show-secret', 'under --json: the new ones on stdout, too')
    .action(
      act(async (cli, _, { renew, totpStdin, showSecret }) =>
        renew === true
          ? (await load()).renewCodes(cli, {
              totpStdin: totpStdin === true,
              showSecret: showSecret === true,
            })
          : (await load()).countCodes(cli),
      ),
    );
  factor
    .command('disable')
    .description('Take it away; that needs a code of it')
    .option(STDIN, 'read the code from stdin')
    .action(
      act(async (cli, _, { totpStdin }) =>
        (await loadUse()).disableFactor(cli, totpStdin === true),
      ),
    );
}
