import { spawn } from 'node:child_process';

/** No answer of npm that is of use is longer. */
const MOST_SAID = 10_000;

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

/** What the owner's npm prints; undefined where it ends in a failure, or could not be started. */
export const npmSays = (words: readonly string[], cwd: string): Promise<string | undefined> =>
  new Promise((resolve) => {
    const child = spawn('npm', words, { shell: false, stdio: ['ignore', 'pipe', 'ignore'], cwd });
    let said = '';
    child.stdout.setEncoding('utf8').on('data', (text: string) => {
      said = `${said}${text}`.slice(0, MOST_SAID);
    });
    child.once('error', () => resolve(undefined));
    child.once('close', (code) => resolve(code === 0 ? said : undefined));
  });
