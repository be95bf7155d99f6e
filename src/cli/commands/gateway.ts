import { type Command, Option } from 'commander';
import type { Act } from './act.ts';

export function addStart(program: Command, act: Act): void {
  program
    .command('start')
    .description('Run the gateway here, with chat, log and approvals in this terminal')
    .option('--headless', 'no terminal UI: log lines on stderr')
    .option('--json-logs', 'log lines as JSON')
    .option('--setup', 'set up with defaults first, where there is no profile')
    .option('--watch-skills', 'look at skills again whenever a file of one changes')
    .addOption(new Option('--lifeline <fd>').argParser(Number).hideHelp())
    .action(
      act(async (cli, _, options) => {
        const { start } = await import('../start/start.ts');
        return await start(cli, {
          headless: options.headless === true,
          jsonLogs: options.jsonLogs === true,
          setup: options.setup === true,
          watchSkills: options.watchSkills === true,
          ...(typeof options.lifeline === 'number' ? { lifeline: options.lifeline } : {}),
        });
      }),
    );
}

export function addStatus(program: Command, act: Act): void {
  program
    .command('status')
    .description('Show whether the gateway runs and what it is waiting for')
    .option('--watch', 'again every two seconds, until Ctrl-C')
    .action(
      act(async (cli, _, { watch }) =>
        (await import('../status/status.ts')).status(cli, watch === true),
      ),
    );
}

export function addHealth(program: Command, act: Act): void {
  program
    .command('health')
    .description('Try everything that has to work; exits 1 where something does not')
    .action(act(async (cli) => (await import('../health.ts')).health(cli)));
}

export function addStop(program: Command, act: Act): void {
  program
    .command('stop')
    .description('Finish running work and stop the gateway')
    .option('--force', 'kill what runs')
    .action(
      act(async (cli, _, { force }) => (await import('../stop.ts')).stop(cli, force === true)),
    );
}

export function addRestart(program: Command, act: Act): void {
  program
    .command('restart')
    .description('Finish running work, stop the gateway and start it again (atom service)')
    .option('--force', 'kill what runs')
    .action(
      act(async (cli, _, { force }) =>
        (await import('../daemon/restart.ts')).restart(cli, force === true),
      ),
    );
}
