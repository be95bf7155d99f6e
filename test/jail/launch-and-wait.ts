import { createLauncher } from '../../src/jail/launch.ts';
import { launcherDeps } from './scene.ts';

// Run as a process of its own by a test that then kills it: scratch folder, jail folder, a mark.
const [scratch = '', folder = '', mark = ''] = process.argv.slice(2);
const launch = createLauncher(await launcherDeps(scratch, '/nonexistent'));
await launch(
  {
    jail: { name: 'work', folder, mode: 'read-write' },
    argv: ['python3', '-uc', 'import time; print("started"); time.sleep(60)', mark],
    cwd: folder,
  },
  AbortSignal.timeout(60_000),
  ({ text }) => process.stdout.write(text),
);
