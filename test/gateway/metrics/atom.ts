import { mkdirSync } from 'node:fs';
import { onTestFinished } from 'vitest';
import { createAtom } from '../../../src/atom.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { createLog } from '../../../src/base/log.ts';
import { accountOf } from '../../../src/config/account.ts';
import { readEnv } from '../../../src/config/env.ts';
import { loadConfig } from '../../../src/config/load.ts';
import { createMetrics } from '../../../src/metrics/metrics.ts';
import type { Secrets } from '../../../src/secrets/secrets.ts';
import { createProfile } from '../../flows/stage/profile.ts';

const noSecrets: Secrets = {
  get: async () => undefined,
  set: async () => 'file',
  list: async () => [],
  remove: async () => false,
  where: async () => ({ place: 'file', words: 'nowhere' }),
};

/** A whole atom in this process, opened and not started, on a profile of its own. */
export async function openAtom() {
  const profile = createProfile();
  mkdirSync(profile.paths.data, { recursive: true, mode: 0o700 });
  const metrics = createMetrics(systemClock);
  const atom = await createAtom({
    metrics,
    clock: systemClock,
    paths: profile.paths,
    secrets: noSecrets,
    config: await loadConfig(profile.paths, readEnv()),
    log: createLog(() => undefined),
    version: '0.0.0',
    account: accountOf({ home: profile.folder }),
    packageFolder: profile.folder,
    emit: () => undefined,
  });
  onTestFinished(async () => {
    await atom.close(0).catch(() => undefined);
    profile.remove();
  });
  return { atom, metrics, profile };
}
