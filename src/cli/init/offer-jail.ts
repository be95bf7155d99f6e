import { existsSync, readFileSync } from 'node:fs';
import { asAtomError } from '../../base/errors.ts';
import type { Env } from '../../config/env.ts';
import type { Cli } from '../cli.ts';
import { probeMachine } from '../jails/probe.ts';

const INSTALL_MS = 5 * 60_000;
const OS_RELEASE = '/etc/os-release';

/**
 * Tries this machine's jail, and where there is none shows the command that installs it and runs it
 * if `agree` says so. Without a jail atom still talks; it runs no command. Never throws for that.
 */
export async function offerJail(
  cli: Cli,
  agree: (question: string) => Promise<boolean>,
): Promise<void> {
  const status = await probeMachine(cli.env);
  if (status.state === 'ready') return cli.out.say(`     The jail holds (${status.mechanism}).`);
  const why = status.state === 'leaking' ? `${status.mechanism} does not hold.` : status.reason;
  cli.out.warn(`     No command can run yet: ${why}`);
  const argv = status.state === 'unavailable' ? await commandFor(cli.env) : undefined;
  if (argv === undefined) return cli.out.hint('     See what is missing:   atom jails check');
  const command = argv.join(' ');
  if (!canRun(argv)) return cli.out.warn(`     As root, run:   ${command}`);
  cli.out.warn(`     This installs it:   ${command}`);
  if (await agree('     Run it now?')) await install(cli, argv);
}

/** As root, or through sudo. */
const canRun = (argv: readonly string[]): boolean => process.getuid?.() === 0 || argv[0] === 'sudo';

async function commandFor({ platform }: Env): Promise<readonly string[] | undefined> {
  if (platform !== 'linux' || existsSync('/usr/bin/bwrap') || !existsSync(OS_RELEASE)) {
    return undefined;
  }
  const { installCommand } = await import('../../jail/install.ts');
  const who = { uid: process.getuid?.() ?? 0, hasSudo: existsSync('/usr/bin/sudo') };
  return installCommand(readFileSync(OS_RELEASE, 'utf8'), who);
}

async function install(cli: Cli, argv: readonly string[]): Promise<void> {
  const { runInstall } = await import('../../jail/install.ts');
  try {
    await runInstall(
      argv,
      (line) => cli.out.say(`       ${line}`),
      AbortSignal.timeout(INSTALL_MS),
    );
    const { state } = await probeMachine(cli.env);
    if (state === 'ready') cli.out.say('     The jail holds now.');
    else cli.out.hint('     It is installed and does not hold yet:   atom jails check');
  } catch (thrown) {
    cli.out.warn(`     ${asAtomError(thrown).message}`);
    cli.out.warn(`     Run it yourself:   ${argv.join(' ')}`);
  }
}
