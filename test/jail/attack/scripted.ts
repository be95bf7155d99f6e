import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import type { JailSpec, LaunchResult } from '../../../src/domain/jail.ts';
import type { PinnedLaunch } from '../../../src/jail/launch.ts';
import { placeOf } from '../../../src/jail/place.ts';
import type { LauncherDeps, PinnedRequest } from '../../../src/jail/request.ts';
import { until } from '../../flows/stage/until.ts';
import type { Ground } from './ground.ts';
import type { Row } from './rows.ts';
import { leftRunning } from './traces.ts';

/** What an attempt on what happens around a launch works with. */
export interface Around {
  readonly deps: LauncherDeps;
  readonly launch: PinnedLaunch;
  readonly ground: Ground;
}

/** Tries it; says what went wrong, if anything did. */
type Scripted = (around: Around) => Promise<string | undefined>;

/** How a row that is told in words is tried; undefined where it is not known. */
export const scriptedFor = ({ command }: Row): Scripted | undefined =>
  WAYS.find(([about]) => about.test(command))?.[1];

const WAYS: readonly (readonly [about: RegExp, way: Scripted])[] = [
  [/swap \S+ after approval/, swappedScript],
  [/swap the program/, swappedByLink],
  [/jail.*replaced|folder.*swapped/, replacedJail],
  [/cwd inside the jail is a symlink/, linkedFolder],
  [/PATH contains/, hijackedName],
  [/ln -s \/oldroot/, plantedLink],
  [/max_user_namespaces/, noNamespaces],
  [/log file passed as stdout|stdout is no file/, outputIsNoFile],
  [/non-CLOEXEC|descriptors/, noDescriptors],
  [/worker/, deadWorker],
  [/proc\/sys/, readOnlySettings],
  [/command line|ps of/, nothingInCommandLine],
];

const jailOf = (ground: Ground): JailSpec => ({
  name: 'proj',
  folder: ground.jail,
  mode: 'read-write',
});

function run(
  { launch, ground }: Around,
  argv: readonly string[],
  more: Partial<PinnedRequest> = {},
): Promise<LaunchResult> {
  const request = {
    jail: jailOf(ground),
    argv,
    cwd: ground.jail,
    limits: { wallMs: 8000 },
    ...more,
  };
  return launch(request, AbortSignal.timeout(20_000), () => undefined);
}

/** Resolves to undefined where a launch is refused, and to what it said where it was not. */
const refusedOrSaid = (work: Promise<LaunchResult>): Promise<LaunchResult | undefined> =>
  work.catch(() => undefined);

async function swappedScript(around: Around): Promise<string | undefined> {
  const { deps, ground } = around;
  const place = placeOf(deps.mechanism, [], {
    folder: ground.jail,
    cwd: ground.jail,
    readOnly: [],
  });
  const program = await deps.programs.resolve(place, './s.sh');
  writeFileSync(join(ground.jail, 's.sh'), '#!/bin/sh\necho EVIL\n');
  const { stdout } = await run(around, ['./s.sh'], { program });
  return stdout === 'GOOD\n' ? undefined : `it ran ${stdout}`;
}

async function swappedByLink(around: Around): Promise<string | undefined> {
  const { deps, ground } = around;
  const place = placeOf(deps.mechanism, [], {
    folder: ground.jail,
    cwd: ground.jail,
    readOnly: [],
  });
  const program = await deps.programs.resolve(place, './s.sh');
  writeFileSync(join(ground.jail, 'evil.sh'), '#!/bin/sh\necho EVIL\n', { mode: 0o755 });
  renameSync(join(ground.jail, 's.sh'), join(ground.jail, 'old.sh'));
  symlinkSync('evil.sh', join(ground.jail, 's.sh'));
  const said = await refusedOrSaid(run(around, ['./s.sh'], { program }));
  return said?.stdout.includes('EVIL') ? 'it ran EVIL' : undefined;
}

async function replacedJail(around: Around): Promise<string | undefined> {
  const { deps, ground } = around;
  const { id } = deps.openJail(ground.jail);
  renameSync(ground.jail, `${ground.jail}-old`);
  mkdirSync(ground.jail);
  const said = await refusedOrSaid(run(around, ['touch', 'made'], { folderId: id }));
  return said ? 'it ran in another folder' : undefined;
}

async function linkedFolder(around: Around): Promise<string | undefined> {
  const { ground } = around;
  symlinkSync(ground.home, join(ground.jail, 'out'));
  const cwd = join(ground.jail, 'out');
  const said = await refusedOrSaid(run(around, ['/bin/sh', '-c', 'cat .ssh/id_rsa'], { cwd }));
  return said ? `it ran there: ${said.stdout}` : undefined;
}

async function hijackedName(around: Around): Promise<string | undefined> {
  for (const folder of ['', 'node_modules/.bin'])
    writeFileSync(join(around.ground.jail, folder, 'git'), '#!/bin/sh\necho EVIL\n', {
      mode: 0o755,
    });
  const { stdout } = await run(around, ['git', '--version']);
  return stdout.startsWith('git version') ? undefined : `it ran ${stdout}`;
}

async function plantedLink(around: Around): Promise<string | undefined> {
  const { ground } = around;
  const victim = join(ground.home, 'victimdir');
  renameSync(join(ground.jail, '.git'), join(ground.jail, 'git-old'));
  for (const target of [`/oldroot${victim}`, victim, '/newroot', '/oldroot']) {
    execFileSync('/bin/ln', ['-sfn', target, join(ground.jail, '.git')]);
    await refusedOrSaid(run(around, ['true']));
    if (readdirSync(victim).length > 0) return `made ${readdirSync(victim)} outside`;
  }
  return undefined;
}

async function noNamespaces({ deps, ground }: Around): Promise<string | undefined> {
  const script = 'echo 0 > /proc/sys/user/max_user_namespaces && exec "$@"';
  const inside = join(import.meta.dirname, '..', 'launch-and-say.ts');
  const words = [
    '-Ur',
    '/bin/sh',
    '-c',
    script,
    'sh',
    process.execPath,
    inside,
    deps.scratch,
    ground.jail,
  ];
  const said = execFileSync('/usr/bin/unshare', words, { stdio: ['ignore', 'pipe', 'ignore'] });
  return /^unavailable/.test(String(said)) ? undefined : `it ran all the same: ${said}`;
}

async function outputIsNoFile(around: Around): Promise<string | undefined> {
  const script =
    'for f in 0 1 2; do [ -f /proc/self/fd/$f ] && echo FILE $f; done; echo x > /proc/self/fd/1';
  const { stdout } = await run(around, ['/bin/sh', '-c', script]);
  return stdout.includes('FILE') ? stdout : undefined;
}

async function noDescriptors(around: Around): Promise<string | undefined> {
  const script =
    'for f in /proc/self/fd/*; do echo ${f##*/}; done; cat /proc/self/fd/30 2>/dev/null';
  const { stdout } = await run(around, ['/bin/sh', '-c', script]);
  // The fourth is that of the folder that is listed.
  return /^0\n1\n2\n(3|10)\n$/.test(stdout) ? undefined : `open in the jail: ${stdout.split('\n')}`;
}

async function deadWorker({ deps, ground }: Around): Promise<string | undefined> {
  const script = join(import.meta.dirname, '..', 'launch-and-wait.ts');
  const worker = new Worker(script, { argv: [deps.scratch, ground.jail, 'mark'], stdout: true });
  await new Promise((resolve) => worker.stdout.once('data', resolve));
  if (leftRunning(ground).length === 0) return 'it did not run at all';
  await worker.terminate();
  const gone = () => leftRunning(ground).length === 0;
  return until('its end', gone, 3000).then(
    () => undefined,
    () => 'it outlived its worker',
  );
}

async function readOnlySettings(around: Around): Promise<string | undefined> {
  const { stdout } = await run(around, ['/usr/bin/find', '/proc/sys', '-writable', '-type', 'f']);
  const open = stdout.split('\n').filter(Boolean);
  const script =
    'for f in $(find /proc/sys/kernel -type f 2>/dev/null); do (: >> $f) 2>/dev/null && echo $f; done';
  const opened = await run(around, ['/bin/sh', '-c', script]);
  return opened.stdout === '' ? undefined : `can be written: ${opened.stdout} (${open.length})`;
}

async function nothingInCommandLine(around: Around): Promise<string | undefined> {
  const said: string[] = [];
  const done = run(around, ['/bin/sh', '-c', 'cat /proc/*/cmdline | tr "\\0" " "; sleep 1'], {
    stdin: 'CANARY-STDIN',
  });
  await until('it runs', () => leftRunning(around.ground).length > 0);
  for (const pid of leftRunning(around.ground))
    if (existsSync(`/proc/${pid}/cmdline`)) said.push(readFileSync(`/proc/${pid}/cmdline`, 'utf8'));
  const all = said.join() + (await done).stdout;
  return /CANARY|\.ssh|GIT_CONFIG/.test(all) ? all.slice(0, 200) : undefined;
}
