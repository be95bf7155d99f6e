import type { Command } from 'commander';
import type { Act } from './act.ts';

export function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('Find problems, with the command that mends each')
    .option('--fix', 'close files that others could open, and make the folders that are missing')
    .option('--sso', 'ask the OpenID provider for its keys, too')
    .action(
      act(async (cli, _, { fix, sso }) => {
        // What cannot be mended is found after it, with the reason.
        if (fix === true) await (await import('../doctor/fix.ts')).fix(cli).catch(() => undefined);
        const { ssoLook } = await import('../doctor/running-looks.ts');
        return await (await import('../doctor/doctor.ts')).doctor(
          cli,
          sso === true ? [ssoLook] : [],
        );
      }),
    );
}

export function addSecurity(program: Command, act: Act): void {
  const security = program.command('security').description('How open this profile is');
  security
    .command('audit')
    .description(
      'Ports, jails, approvals that stand, devices, skills, channels; exits 1 where one is wide open',
    )
    .action(act(async (cli) => (await import('../security/security.ts')).securityAudit(cli)));
}

export function addUpdate(program: Command, act: Act): void {
  program
    .command('update')
    .description('Whether there is a newer atom; asks the registry of npm, and only now')
    .requiredOption('--check', 'say so, and change nothing (there is no other way yet)')
    .action(act(async (cli) => (await import('../update/check.ts')).checkUpdate(cli)));
}
