import { systemClock } from '../../src/base/clock.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { createOutputFolder } from '../../src/jail/output-folder.ts';
import { runShown } from '../../src/jail/run-shown.ts';
import { launcherDeps } from './scene.ts';

// Run as a process of its own by a test: scratch folder, jail folder, where output is kept. Prints what
// memory it took to take in 200 MB, and what came of it.
const [scratch = '', folder = '', kept = ''] = process.argv.slice(2);
const deps = { ...(await launcherDeps(scratch, '/nonexistent')), clock: systemClock };
const launch = createLauncher({ ...deps, output: createOutputFolder(kept) });
const jail = { name: 'work', folder, mode: 'read-write' as const };
const held = (): number => {
  globalThis.gc?.();
  const { heapUsed, external } = process.memoryUsage();
  return heapUsed + external;
};
const before = held();
let most = 0;
const look = setInterval(() => {
  most = Math.max(most, held());
}, 500);
const argv = ['/bin/sh', '-c', 'yes "a line of some length, again and again" | head -c 200000000'];
const limits = { outputBytes: 256_000_000, wallMs: 300_000 };
const late = { jail, keep: 'flood', make: async () => ({ jail, argv, cwd: folder, limits }) };
const watching = { signal: new AbortController().signal, onUpdate: () => undefined };
const value = await runShown({ launch }, { late, jail, missing: () => [] }, watching);
clearInterval(look);
const { stdout, ...rest } = value as { readonly stdout: string };
process.stdout.write(JSON.stringify({ grew: most - before, shown: stdout.length, ...rest }));
