import { execFileSync } from 'node:child_process';
import { chmodSync, existsSync, mkdirSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const SOURCES = join(import.meta.dirname, 'programs');
const COMPILER = '/usr/bin/cc';

/** Builds the small programs that some rows start as `.x/name`; false where there is no compiler. */
export function buildPrograms(folder: string): boolean {
  if (!existsSync(COMPILER)) return false;
  mkdirSync(folder);
  for (const name of readdirSync(SOURCES)) {
    const bare = name.replace('.c', '');
    const shared = bare === 'evil' ? ['-shared', '-fPIC'] : [];
    const out = join(folder, shared.length > 0 ? `${bare}.so` : bare);
    execFileSync(COMPILER, ['-O1', '-w', ...shared, '-o', out, join(SOURCES, name)]);
  }
  chmodSync(folder, 0o755);
  return true;
}
