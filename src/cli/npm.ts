import { spawn } from 'node:child_process';

/**
 * Runs the owner's npm: its exit code, undefined where it could not be started. What it says goes to
 * stderr. No shell reads the words.
 */
export const npm = (words: readonly string[], cwd?: string): Promise<number | undefined> =>
  new Promise((resolve) => {
    const child = spawn('npm', words, { shell: false, stdio: ['ignore', 2, 2], cwd });
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code ?? 1));
  });
