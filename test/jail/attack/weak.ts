import { spawn } from 'node:child_process';
import type { PinnedLaunch } from '../../../src/jail/launch.ts';

/**
 * A launcher whose jail does not hold: the file system of the host, read-only but for the jail itself, in
 * namespaces of its own. With it the table must report escapes; without that, it proves nothing.
 */
export const weakLaunch: PinnedLaunch = async (request) => {
  if ('make' in request) throw new Error('not here');
  const { jail, argv } = request;
  const words = ['--unshare-pid', '--unshare-net', '--die-with-parent', '--ro-bind', '/', '/'];
  const child = spawn(
    '/usr/bin/bwrap',
    [
      ...words,
      '--proc',
      '/proc',
      '--bind',
      jail.folder,
      jail.folder,
      '--chdir',
      jail.folder,
      ...argv,
    ],
    { stdio: ['ignore', 'pipe', 'pipe'], timeout: 5000, killSignal: 'SIGKILL' },
  );
  const said = { stdout: '', stderr: '' };
  for (const stream of ['stdout', 'stderr'] as const)
    child[stream].setEncoding('utf8').on('data', (part: string) => {
      said[stream] += part;
    });
  const code = await new Promise<number | null>((resolve, reject) => {
    child.once('error', reject).once('close', resolve);
  });
  return { ending: { kind: 'exit', code: code ?? 1 }, ...said, truncated: false, ms: 0 };
};
