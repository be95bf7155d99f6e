import { planLaunch } from '../../src/jail/plan.ts';
import { runProcess } from '../../src/jail/run-process.ts';
import { launcherDeps } from './scene.ts';

// Run as a process of its own by a test that then kills it: scratch folder, jail folder, a mark, and
// which of bubblewrap's pipes the test keeps in its own hands, as descriptor 3.
const [scratch = '', folder = '', mark = '', held = ''] = process.argv.slice(2);
const { mechanism, ...deps } = await launcherDeps(scratch, '/nonexistent');
if (mechanism.kind !== 'bwrap') throw new Error('there is no bubblewrap');
// The folder goes by its path, so that its descriptor is free for the pipe.
const features = { ...mechanism.features, bindFd: false };
const { plan } = await planLaunch(
  { ...deps, mechanism: { ...mechanism, features } },
  {
    jail: { name: 'work', folder, mode: 'read-write' },
    argv: ['/bin/sh', '-c', 'echo ran > ran; sleep 60', mark],
    cwd: folder,
  },
);
const fd = plan.fds.filter(({ kind }) => kind === 'data')[Number(held)];
if (fd?.kind !== 'data') throw new Error(`there is no pipe ${held}`);
process.stdout.write(`${fd.bytes.toString('base64')}\n`);
const fds = plan.fds.map((each) => (each === fd ? ({ kind: 'folder' } as const) : each));
await runProcess({ ...plan, fds, folderFd: 3 }, AbortSignal.timeout(60_000), {
  onUpdate: () => undefined,
  file: undefined,
});
