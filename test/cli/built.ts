import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { systemCode } from '../../src/base/errors.ts';
import { sleep } from '../../src/base/wait.ts';
import { areSkillsKept, compileKnownSkills } from './known-skills.ts';

const root = join(import.meta.dirname, '..', '..');
const entry = join(root, 'dist', 'cli', 'main.js');
/** Written once the skills were compiled for this build; the next one takes it away. */
const compiled = join(root, 'dist', 'skills-compiled');
const lock = join(root, 'node_modules', '.building');

let built: Promise<string> | undefined;

/**
 * Builds dist/ unless it is newer than every source, one builder at a time, and returns bin/atom.js. A
 * process looks once.
 */
export function builtAtom(): Promise<string> {
  built ??= buildOnce();
  return built;
}

async function buildOnce(): Promise<string> {
  if (!isReady()) {
    const release = await takeLock();
    try {
      if (!isBuilt()) build();
      if (!isReady()) {
        await compileKnownSkills();
        writeFileSync(compiled, '');
      }
    } finally {
      release();
    }
  }
  return join(root, 'bin', 'atom.js');
}

/** Whether nothing is left to make: the compiler and a jail take more than a second of each process. */
const isReady = (): boolean => isBuilt() && isNewerThan(compiled, 'skills') && areSkillsKept();

/** What the package's own skills are compiled to is a part of it. */
const isBuilt = (): boolean => isNewerThan(entry, 'src') && isNewerThan(entry, 'skills');

function build(): void {
  const script = join(root, '.config', 'build.js');
  const { status, stderr } = spawnSync(process.execPath, [script, '--no-types']);
  if (status !== 0) throw new Error(`the build failed:\n${stderr}`);
}

function isNewerThan(made: string, folder: string): boolean {
  const at = statSync(made, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  const sources = readdirSync(join(root, folder), { recursive: true, withFileTypes: true });
  return sources
    .filter((source) => source.isFile())
    .every((source) => statSync(join(source.parentPath, source.name)).mtimeMs < at);
}

async function takeLock(): Promise<() => void> {
  const limit = AbortSignal.timeout(30_000);
  for (;;) {
    try {
      mkdirSync(lock);
      return () => rmdirSync(lock);
    } catch (error) {
      if (systemCode(error) !== 'EEXIST') throw error;
      // Left behind by a run that was killed.
      if (Date.now() - statSync(lock).mtimeMs > 20_000) rmdirSync(lock);
      await sleep(50, limit);
    }
  }
}
