import { cpSync, existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..', '..');
const kept = join(root, 'node_modules', '.cache', 'atom-skills');

/**
 * Compiles and describes the package's own skills, unless that was done before, as a first start does. Kept
 * beside the packages: every gateway compares it with what it would make, and makes it anew where it is not
 * the same.
 */
export async function compileKnownSkills(): Promise<void> {
  const [{ openWorkshop, bundled }, { loadSkills }] = await Promise.all([
    import('../skills/workshop.ts'),
    import('../../src/skills/load.ts'),
  ]);
  const { host: shown, remove } = await openWorkshop();
  const host = { ...shown, runnerPath: join(root, 'dist', 'skills', 'runner.js') };
  try {
    mkdirSync(kept, { recursive: true });
    const roots = [{ folder: bundled, origin: 'bundled' as const }];
    await loadSkills({ host, roots, cache: kept }, AbortSignal.timeout(25_000));
  } finally {
    remove();
  }
}

export const areSkillsKept = (): boolean => existsSync(kept);

/** Puts them where a gateway with this state folder finds them, as if it had started before. */
export function leaveKnownSkills(state: string): void {
  if (existsSync(kept)) cpSync(kept, join(state, 'skills'), { recursive: true, mode: 2 });
}
