import { systemClock } from '../../base/clock.ts';
import { asAtomError } from '../../base/errors.ts';
import { createLog } from '../../base/log.ts';
import { readConfig } from '../../config/file.ts';
import type { Cli } from '../cli.ts';
import { whoRuns, withGateway } from '../gateway.ts';
import { openSecrets } from '../secrets/open.ts';
import { withRecord } from './open.ts';

/** What is exported is signed to its end; where that cannot be had, it is exported all the same. */
export async function signNow(cli: Cli): Promise<void> {
  try {
    if ((await whoRuns(cli)) === undefined) await signAlone(cli);
    else await withGateway(cli, false, (gateway) => gateway.request('record.checkpoint', {}));
  } catch (thrown) {
    cli.out.warn(`The newest entries are not signed yet: ${asAtomError(thrown).message}`);
  }
}

async function signAlone(cli: Cli): Promise<void> {
  const [{ openStore }, { createAudit }, { createBus }, { createWitness }] = await Promise.all([
    import('../../store/open.ts'),
    import('../../governance/audit/append.ts'),
    import('../../bus/bus.ts'),
    import('../../assembly/witness.ts'),
  ]);
  await withRecord(cli, async () => undefined);
  const store = await openStore({ file: cli.paths.database });
  try {
    const log = createLog(({ level, text }) => {
      if (level === 'error') cli.out.warn(text);
    });
    const options = { paths: cli.paths, secrets: openSecrets(cli), clock: systemClock, log };
    const records = { store, bus: createBus(), audit: createAudit(systemClock) };
    const config = await readConfig(cli.paths);
    const onSigned = async (): Promise<void> => undefined;
    await createWitness({ ...options, config }, { records, onSigned }).checkpoint();
  } finally {
    await store.close();
  }
}
