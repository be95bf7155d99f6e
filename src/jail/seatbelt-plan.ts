import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cleanEnv, givenEnv } from './clean-env.ts';
import { limitsFor } from './limits.ts';
import { gitSettingsOf, hiddenFrom, type ReadyPlan, type ResolvedRequest } from './request.ts';
import { seatbeltArguments } from './seatbelt.ts';

/** The sandbox-exec process of a request, with a temporary folder of its own that goes with it. */
export function seatbeltPlan(file: string, resolved: ResolvedRequest): ReadyPlan {
  const { deps, request, place, argv, network } = resolved;
  const { folder, cwd, path, readOnly } = place;
  const limits = limitsFor(request.limits);
  const tmp = realpathSync(mkdtempSync(join(deps.scratch, 'command-')));
  const gitConfig = join(tmp, 'gitconfig');
  writeFileSync(gitConfig, gitSettingsOf(deps), { mode: 0o444 });
  const toolchains = deps.toolchains ?? [];
  const { mode, git = 'guarded', unprotected = [] } = request.jail;
  const lent = readOnly.filter(({ inside }) => !resolved.shown.includes(inside));
  const args = seatbeltArguments({
    folder,
    mode,
    tmp,
    toolchains,
    readOnly: lent,
    argv,
    limits,
    git,
    shows: resolved.shown,
    unprotected: [...unprotected, ...(request.unprotected ?? [])],
    hidden: [...hiddenFrom(resolved), ...toolchains.map((dir) => `${dir}/etc`)],
    proxyPort: network?.port,
  });
  return {
    plan: {
      file,
      args,
      cwd,
      limits,
      fds: [],
      folderFd: undefined,
      env: {
        ...givenEnv(request.env),
        ...cleanEnv(path, { home: tmp, tmp, gitConfig, offline: network === undefined }),
        ...network?.env,
      },
      stdin: request.stdin,
      dialogue: request.dialogue,
      clock: deps.clock,
      watchFolder: request.jail.mode === 'read-write' ? folder : undefined,
    },
    release: () => rmSync(tmp, { recursive: true, force: true }),
  };
}
