import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { newUuid } from '../../base/ids.ts';
import type { JailSpec, ProbeCheck } from '../../domain/jail.ts';
import type { PinnedLaunch } from '../launch.ts';
import { type LauncherDeps, shownFolders } from '../request.ts';
import { listenOnLoopback } from './loopback.ts';
import { probeLines } from './script.ts';
import { outsideTrials, shownTrials, type Trial, trialsIn } from './trials.ts';

export interface TryDeps extends Pick<LauncherDeps, 'openJail' | 'openShown'> {
  readonly launch: PinnedLaunch;
  readonly home: string;
  /** Folders of atom's own that no command may see. */
  readonly own: readonly string[];
}

const TRY_MS = 20_000;

/**
 * Runs one command in the owner's own jail that tries what the jail allows and what it does not, and says
 * what came of each. What it makes in the folder it takes away again. Throws AtomError where the jail
 * cannot be used.
 */
export async function tryJail(
  deps: TryDeps,
  jail: JailSpec,
  signal: AbortSignal,
): Promise<readonly ProbeCheck[]> {
  const mark = `.atom-check-${newUuid()}`;
  const { path: folder } = deps.openJail(jail.folder);
  const shown = shownFolders(deps, jail).map(({ path }) => path);
  const loopback = await listenOnLoopback();
  const trials = [
    ...trialsIn(folder, jail),
    ...shown.flatMap(shownTrials),
    ...outsideTrials(deps, loopback.port),
  ];
  try {
    const words = trials.flatMap(({ how, at }) => [how, at]);
    const { stdout } = await deps.launch(
      {
        jail,
        cwd: folder,
        limits: { wallMs: TRY_MS },
        argv: ['/bin/sh', '-c', SCRIPT, 'sh', mark, ...words],
      },
      signal,
      () => undefined,
    );
    const lines = probeLines(stdout);
    const seen = trials.map((one, i) => checked(one, lines.get(`t${i + 1}`)));
    const whole = lines.get('finished') === 'yes';
    return whole ? seen : [...seen, failed('the check ran to its end', 'it was cut short')];
  } finally {
    loopback.close();
    for (const { how, at } of trials) if (how === 'make') rmSync(join(at, mark), { force: true });
  }
}

function checked({ name, works }: Trial, came: string | undefined): ProbeCheck {
  if (came === (works ? 'yes' : 'no')) return { name, held: true, detail: 'held' };
  if (came === undefined) return failed(name, 'it was not tried');
  return failed(name, works ? 'it does not work' : 'a command did it');
}

const failed = (name: string, detail: string): ProbeCheck => ({ name, held: false, detail });

/** Its words are a name for new files, then pairs of how and where. It changes no file that is there. */
const SCRIPT = `
mark=$1; shift; n=0
while [ $# -gt 1 ]; do
  how=$1 at=$2 came=no; shift 2; n=$((n+1))
  case $how in
    list) ls -- "$at" >/dev/null 2>&1 && came=yes ;;
    make) (: > "$at/$mark") 2>/dev/null && came=yes; rm -f -- "$at/$mark" 2>/dev/null ;;
    append) (: >> "$at") 2>/dev/null && came=yes ;;
    bytes) [ "$(head -c 1 -- "$at" 2>/dev/null | wc -c)" -gt 0 ] && came=yes ;;
    entries) [ -n "$(ls -A -- "$at" 2>/dev/null)" ] && came=yes ;;
    connect) if [ -x /bin/bash ]; then
      /bin/bash -c 'exec 3<>"/dev/tcp/127.0.0.1/$0"' "$at" 2>/dev/null && came=yes
    fi ;;
  esac
  echo "t$n=$came"
done
echo finished=yes
`;
