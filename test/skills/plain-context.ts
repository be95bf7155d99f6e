import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { SkillContext } from '../../src/skills/define.ts';

export interface PlainContext extends Pick<SkillContext, 'folder' | 'fs' | 'exec'> {
  /** What was run, in its order. */
  readonly ran: readonly (readonly string[])[];
  remove(): void;
}

/**
 * A context over a real folder and real commands, without a jail and without anybody to ask: for what a
 * skill does with the answers. That it gets them in life is tested once for all, through the jail.
 */
export function plainContext(): PlainContext {
  const folder = mkdtempSync(join(tmpdir(), 'atom-plain-'));
  const ran: (readonly string[])[] = [];
  return {
    folder,
    ran,
    fs: {
      read: async (path) => readFileSync(join(folder, path), 'utf8'),
      list: async (path) =>
        readdirSync(join(folder, path)).map((name) => {
          const stats = statSync(join(folder, path, name));
          return { name, kind: stats.isDirectory() ? 'folder' : 'file', bytes: stats.size };
        }),
      write: async (path, text) => writeFileSync(join(folder, path), text),
    },
    exec: async (argv, { cwd = '.' } = {}) => {
      ran.push(argv);
      const [program = '', ...words] = argv;
      try {
        const options = { cwd: join(folder, cwd), encoding: 'utf8', stdio: 'pipe' } as const;
        return { code: 0, stdout: execFileSync(program, words, options), stderr: '' };
      } catch (thrown) {
        const { status, stdout, stderr } = thrown as Record<'stdout' | 'stderr', string> & {
          readonly status?: number | null;
        };
        return { code: status ?? 127, stdout: stdout ?? '', stderr: stderr ?? '' };
      }
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}
