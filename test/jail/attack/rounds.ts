import { spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { othersMayRead } from '../readable.ts';
import { belt } from './belt.ts';
import { buildPrograms } from './programs.ts';
import type { Round } from './table.ts';
import type { Verdict } from './verdict.ts';

/** What to try. */
export interface Wish {
  readonly tables: readonly string[];
  /** With a jail that does not hold. */
  readonly weak?: boolean;
  /** Each row once, where there are two who try: every other one as root, the rest as an ordinary user. */
  readonly once?: boolean;
}

const ORDINARY = 12_345;
const INHERITED = 30;

/** Runs all rows as the user of this process, and as an ordinary one too where that is root. */
export async function runRounds({
  tables,
  weak = false,
  once = false,
}: Wish): Promise<readonly Round[]> {
  // Not below /tmp, which every jail has of its own, nor where others could look for folders of the host.
  const place = mkdtempSync(join(process.getuid?.() === 0 ? '/home' : homedir(), 'atom-attack-'));
  chmodSync(place, 0o755);
  try {
    const programs = join(place, 'programs');
    const built = buildPrograms(programs) ? programs : '';
    const words = (share = 'all') => [built, weak ? 'weak' : '', share, ...tables];
    const uid = process.getuid?.() ?? 0;
    if (uid !== 0) return [await runRound(join(place, 'own'), words(), undefined)];
    if (!othersMayRead()) {
      console.log('No ordinary account can read this folder, so only root tries.');
      return [await runRound(join(place, 'root'), words(), undefined)];
    }
    return await Promise.all([
      runRound(join(place, 'root'), words(once ? 'even' : 'all'), undefined),
      runRound(join(place, 'ordinary'), words(once ? 'odd' : 'all'), ORDINARY),
    ]);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

async function runRound(
  place: string,
  words: readonly string[],
  uid: number | undefined,
): Promise<Round> {
  mkdirSync(place);
  if (uid !== undefined) chownSync(place, uid, uid);
  const secret = join(place, 'inherited');
  writeFileSync(secret, 'CANARY-INHERITED\n');
  // A descriptor that a careless parent left open.
  const open = openSync(secret, 'r');
  const stdio = [
    'ignore',
    'pipe',
    'inherit',
    ...Array.from({ length: INHERITED - 3 }, () => 'ignore'),
  ];
  const script = join(import.meta.dirname, 'round.ts');
  const asRoot = uid === undefined && process.getuid?.() === 0;
  const [file = '', ...args] = [
    ...(asRoot ? belt() : []),
    process.execPath,
    script,
    place,
    ...words,
  ];
  const child = spawn(file, args, {
    ...(uid === undefined ? {} : { uid, gid: uid }),
    env: { PATH: '/usr/bin:/bin', HOME: place },
    stdio: [...stdio, open] as 'pipe'[],
  });
  closeSync(open);
  const verdicts: Verdict[] = [];
  for await (const line of createInterface({ input: child.stdout }))
    verdicts.push(JSON.parse(line) as Verdict);
  const code = child.exitCode ?? (await new Promise((resolve) => child.once('exit', resolve)));
  if (code !== 0) throw new Error(`the round of ${place} ended with ${code}`);
  return { who: uid === undefined ? (asRoot ? 'root' : 'you') : `uid ${uid}`, verdicts };
}
