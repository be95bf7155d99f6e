// node test/bench/network.ts, after npm run build: what a jail with a network costs over one without.
import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { createLauncher } from '../../src/jail/launch.ts';
import { createOutside } from '../../src/jail/net/outside.ts';
import { launcherDeps } from '../jail/scene.ts';
import { spread } from './measure.ts';

const ROUNDS = 30;

// Not below /tmp, which every jail hides.
const root = mkdtempSync('/var/tmp/atom-bench-');
const folder = join(root, 'work');
mkdirSync(folder);
const network = {
  outside: createOutside(),
  nodePath: process.execPath,
  handOverPath: resolve(import.meta.dirname, '../../dist/jail/hand-over.js'),
};
try {
  const launch = createLauncher({ ...(await launcherDeps(root, root)), network });
  const jail = { name: 'work', folder, mode: 'read-write' } as const;
  const time = async (more: { readonly speaksTo?: readonly string[] }): Promise<number> => {
    const request = { jail, cwd: folder, argv: ['/bin/true'], ...more };
    return (await launch(request, AbortSignal.timeout(60_000), () => undefined)).ms;
  };
  const without: number[] = [];
  const within: number[] = [];
  // In turn, so that both share the machine's moods.
  for (let round = 0; round < ROUNDS; round++) {
    without.push(await time({}));
    within.push(await time({ speaksTo: ['example.org'] }));
  }
  const [plain, reaching] = [spread(without), spread(within)];
  console.log(`jailed /bin/true                 ${plain.p50} ms (p95 ${plain.p95})`);
  console.log(`the same where it may reach hosts ${reaching.p50} ms (p95 ${reaching.p95})`);
  console.log(`ratio                             ${(reaching.p50 / plain.p50).toFixed(2)}x`);
} finally {
  rmSync(root, { recursive: true, force: true });
}
