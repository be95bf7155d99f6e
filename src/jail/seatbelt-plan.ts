import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { isOffline } from '../domain/jail.ts';
import { cleanEnv } from './clean-env.ts';
import { limitsFor } from './limits.ts';
import { gitSettingsOf, hiddenFrom, type ReadyPlan, type ResolvedRequest } from './request.ts';
import { seatbeltArguments } from './seatbelt.ts';

/** The sandbox-exec process of a request, with a temporary folder of its own that goes with it. */
export function seatbeltPlan(file: string, resolved: ResolvedRequest): ReadyPlan {
  const { deps, request, place, argv } = resolved;
  const { folder, cwd, path, readOnly } = place;
  const limits = limitsFor(request.limits);
  const tmp = realpathSync(mkdtempSync(join(deps.scratch, 'command-')));
  const gitConfig = join(tmp, 'gitconfig');
  writeFileSync(gitConfig, gitSettingsOf(deps), { mode: 0o444 });
  const toolchains = deps.toolchains ?? [];
  const args = seatbeltArguments({
    ...{ folder, mode: request.jail.mode, tmp, toolchains, readOnly, argv, limits },
    ...{
      hidden: [...hiddenFrom(resolved), ...toolchains.map((dir) => `${dir}/etc`)],
      unprotected: request.unprotected ?? [],
    },
  });
  return {
    plan: {
      ...{ file, args, cwd, limits, fds: [], folderFd: undefined },
      env: cleanEnv(path, { home: tmp, tmp, gitConfig, offline: isOffline(request.jail) }),
      ...{ stdin: request.stdin, clock: deps.clock },
      watchFolder: request.jail.mode === 'read-write' ? folder : undefined,
    },
    release: () => rmSync(tmp, { recursive: true, force: true }),
  };
}
