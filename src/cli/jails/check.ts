import { exitCodes } from '../../base/errors.ts';
import type { JailStatus } from '../../domain/jail.ts';
import type { Cli } from '../cli.ts';
import type { Out } from '../out/out.ts';
import { probeMachine } from './probe.ts';

/** Tries the jail and says what held. Exits 7 where it cannot be relied on. */
export async function checkJails(cli: Cli): Promise<number> {
  const status = await probeMachine(cli.env);
  if (cli.out.json) cli.out.object({ status });
  else tell(cli.out, status);
  return status.state === 'ready' ? 0 : exitCodes.unavailable;
}

function tell(out: Out, status: JailStatus): void {
  const { good, bad, warn, marks } = out.style;
  if (status.state === 'unavailable') {
    out.data(`${bad(marks.no)} There is no jail here: ${status.reason}`);
    if (status.install !== undefined) out.data(`  Install it:   ${status.install}`);
    return;
  }
  for (const { name, held, detail } of status.checks) {
    out.data(`${held ? good(marks.yes) : bad(marks.no)} ${name}: ${detail}`);
  }
  if (status.state === 'ready') {
    for (const warning of status.warnings) out.data(`${warn(marks.note)} ${warning}`);
    out.data(`The jail holds (${status.mechanism}).`);
  } else out.data(`The jail does not hold (${status.mechanism}). No command will run.`);
}
