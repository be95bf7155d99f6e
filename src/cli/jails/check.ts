import { exitCodes } from '../../base/errors.ts';
import { loadConfig } from '../../config/load.ts';
import type { JailStatus, ProbeCheck } from '../../domain/jail.ts';
import { jailNamed } from '../../domain/jail-choice.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import type { Out } from '../out/out.ts';
import { table } from '../out/table.ts';
import { probeMachine, tryHere } from './probe.ts';

/**
 * Tries to break out of a jail of this machine, or tries in one of the owner's what it allows and what
 * not; says what was tried and what held. Exits 7 where it cannot be relied on.
 */
export async function checkJails(cli: Cli, name?: string): Promise<number> {
  return name === undefined ? checkMachine(cli) : checkJail(cli, name);
}

async function checkMachine(cli: Cli): Promise<number> {
  const status = await probeMachine(cli.env);
  if (cli.out.json) cli.out.object({ status });
  else tell(cli.out, status);
  return status.state === 'ready' ? 0 : exitCodes.unavailable;
}

async function checkJail(cli: Cli, name: string): Promise<number> {
  const checks = await checksIn(cli, name);
  const holds = checks.every(({ held }) => held);
  if (cli.out.json) cli.out.object({ jail: name, holds, checks });
  else {
    tellChecks(cli.out, checks);
    cli.out.data(
      holds
        ? `${name} holds: it allows what it says, and no more.`
        : `${name} does not do what it says. Let no command run in it:   atom panic`,
    );
  }
  return holds ? 0 : exitCodes.unavailable;
}

/** A gateway that runs knows when nothing else writes there, so it is asked to try. */
async function checksIn(cli: Cli, name: string): Promise<readonly ProbeCheck[]> {
  if ((await whoRuns(cli)) === undefined) {
    const { jails } = await loadConfig(cli.paths, cli.env);
    return tryHere(cli, jailNamed(jails, name), jails);
  }
  const answer = await withGateway(cli, false, (gateway) =>
    gateway.request('jails.check', { name }),
  );
  return answer.checks ?? [];
}

function tell(out: Out, status: JailStatus): void {
  const { bad, warn, marks } = out.style;
  if (status.state === 'unavailable') {
    out.data(`${bad(marks.no)} There is no jail here: ${status.reason}`);
    if (status.install !== undefined) out.data(`  Install it:   ${status.install}`);
    return;
  }
  tellChecks(out, status.checks);
  if (status.state === 'ready') {
    for (const { words, next } of status.warnings) {
      out.data(`${warn(marks.note)} ${words}`);
      out.data(`  ${next}`);
    }
    out.data(`The jail holds (${status.mechanism}).`);
  } else out.data(`The jail does not hold (${status.mechanism}). No command will run.`);
}

/** What was tried, and what came of it. */
function tellChecks({ data, style: { good, bad, marks } }: Out, checks: readonly ProbeCheck[]) {
  const rows = checks.map(({ name, detail }) => [name, detail]);
  const [head = '', ...lines] = table([['TRIED', 'WHAT CAME OF IT'], ...rows]);
  data(`  ${head}`);
  for (const [i, line] of lines.entries())
    data(`${checks[i]?.held ? good(marks.yes) : bad(marks.no)} ${line}`);
}
