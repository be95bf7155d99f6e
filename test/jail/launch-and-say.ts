import { asAtomError } from '../../src/base/errors.ts';
import { createLauncher } from '../../src/jail/launch.ts';
import { launcherDeps } from './scene.ts';

// Run as a process of its own by a test, in a place where no jail can be built: says what came of it.
const [scratch = '', folder = ''] = process.argv.slice(2);
const launch = createLauncher(await launcherDeps(scratch, '/nonexistent'));
const jail = { name: 'work', folder, mode: 'read-write' } as const;
const said = await launch(
  { jail, argv: ['echo', 'ran'], cwd: folder },
  AbortSignal.timeout(10_000),
  () => undefined,
).then(
  ({ stdout }) => stdout,
  (error: unknown) => asAtomError(error).code,
);
process.stdout.write(said);
