import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemClock } from '../../src/base/clock.ts';
import type { JailSpec, LaunchResult } from '../../src/domain/jail.ts';
import { checkJailFolder } from '../../src/jail/folder.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { findMechanism } from '../../src/jail/mechanism.ts';
import { createPrograms } from '../../src/jail/program.ts';
import { createQuarantine } from '../../src/jail/quarantine/quarantine.ts';
import type { LauncherDeps, PinnedRequest } from '../../src/jail/request.ts';

/**
 * A real jail with a home folder around it that holds a secret. Not below /tmp: jails have one of their
 * own, which would hide the secret even from a jail that shows everything else.
 */
export interface Scene {
  readonly root: string;
  readonly home: string;
  readonly secret: string;
  readonly deps: LauncherDeps;
  readonly jail: JailSpec;
  run(argv: readonly string[], more?: Partial<PinnedRequest>): Promise<LaunchResult>;
  sh(script: string, more?: Partial<PinnedRequest>): Promise<LaunchResult>;
  remove(): void;
}

export const SECRET = 'CANARY-of-the-owner';

export async function makeScene(mode: JailSpec['mode'] = 'read-write'): Promise<Scene> {
  const root = mkdtempSync('/var/tmp/atom-jail-');
  const home = join(root, 'home');
  const folder = join(home, 'work');
  const secret = join(home, '.ssh', 'id_rsa');
  mkdirSync(folder, { recursive: true });
  mkdirSync(join(home, '.ssh'));
  writeFileSync(secret, SECRET);
  const deps = await launcherDeps(root, home);
  const jail = { name: 'work', folder, mode };
  const launch = createLauncher(deps);
  const run: Scene['run'] = (argv, more = {}) => {
    const limits = { wallMs: 10_000, processes: 64, memoryBytes: 512 * 1024 ** 2, ...more.limits };
    const request = { jail, argv, cwd: folder, ...more, limits };
    return launch(request, AbortSignal.timeout(limits.wallMs + 10_000), () => undefined);
  };
  return {
    root,
    home,
    secret,
    deps,
    jail,
    run,
    sh: (script, more) => run(['/bin/sh', '-c', script], more),
    remove: () => rmSync(root, { recursive: true, force: true }),
  };
}

export async function launcherDeps(scratch: string, home: string): Promise<LauncherDeps> {
  const ids = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const { platform, arch } = process;
  const rules = { home, stateDirs: [join(home, 'state')], uid: ids.uid };
  return {
    mechanism: await findMechanism({ platform, arch, uid: ids.uid }),
    clock: systemClock,
    programs: createPrograms(),
    quarantine: createQuarantine({ root: join(scratch, 'quarantine'), clock: systemClock }),
    openJail: (path) => checkJailFolder(rules, path),
    scratch,
    ids,
  };
}
