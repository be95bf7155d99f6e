import { systemClock } from '../../base/clock.ts';
import { AtomError, asAtomError } from '../../base/errors.ts';
import { ensureFolder } from '../../config/folder.ts';
import { type Halted, haltWords } from '../../domain/halt.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';

/**
 * Kills what runs, denies what waits and refuses everything until `atom resume`. Without a gateway the
 * next one starts halted.
 */
export async function panic(cli: Cli): Promise<void> {
  const answer = (await askGateway(cli)) ?? (await withoutGateway(cli));
  const { halted, denied, stopped } = answer;
  if (cli.out.json) return cli.out.object({ halted, denied, stopped });
  cli.out.data(`${haltWords(halted)}.`);
  for (const session of stopped) cli.out.say(`Stopped: ${session}`);
  if (denied.length > 0) cli.out.say(`Denied: ${denied.join(', ')}`);
  cli.out.say('Messages are kept; nothing is done, also not after a restart.');
  cli.out.hint('Undo:   atom resume');
}

async function askGateway(cli: Cli): Promise<Answers['panic'] | undefined> {
  try {
    return await withGateway(cli, false, (gateway) => gateway.request('panic', {}));
  } catch (thrown) {
    if (asAtomError(thrown).code === 'not-running') return undefined;
    throw thrown;
  }
}

/** A gateway that was just starting may have looked before this was written: then it is told as well. */
async function withoutGateway(cli: Cli): Promise<Answers['panic']> {
  const written = await writeHalt(cli);
  if ((await whoRuns(cli)) === undefined) return { ...written, stopped: [] };
  const answer = await askGateway(cli);
  if (answer !== undefined) return answer;
  throw new AtomError('failed', 'A gateway came and went while this was done.', {
    next: ['Do it again:   atom panic'],
  });
}

async function writeHalt({
  paths,
}: Cli): Promise<{ readonly halted: Halted; readonly denied: readonly string[] }> {
  const [{ openStore }, { createAudit }, { createBus }, { openHalt }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../governance/audit/append.ts'),
    import('../../bus/bus.ts'),
    import('../../governance/halt/halt.ts'),
  ]);
  ensureFolder(paths.data);
  const store = await openStore({ file: paths.database });
  try {
    const [clock, bus, audit] = [systemClock, createBus(), createAudit(systemClock)];
    const halt = await openHalt({
      store,
      bus,
      clock,
      audit,
      // Where no gateway runs, nobody waits for an answer and nothing runs.
      approvals: { denied: () => undefined },
      stopTurns: () => undefined,
    });
    return await halt.panic({ surface: 'terminal', id: 'owner' });
  } finally {
    await store.close();
  }
}
