import { closeInherited } from '../../src/jail/fd-sweep.ts';
import { probeJail } from '../../src/jail/probe.ts';
import { launcherDeps } from './scene.ts';

// Run as a process of its own by a test, under another account: prints what the probe found.
await closeInherited();
const [scratch = ''] = process.argv.slice(2);
const deps = await launcherDeps(scratch, '/nonexistent');
process.stdout.write(JSON.stringify(await probeJail(deps, AbortSignal.timeout(10_000))));
