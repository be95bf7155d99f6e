import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { memoryOf, spread, timeCommands } from './measure.ts';
import { type Limit, type Row, timed } from './table.ts';

const ROUNDS = 15;
const FRAMES = 7;
const SCRIPT = '/usr/bin/script';
/** The first frame has the line to write in. */
const FRAME = 'Write a message';

/** From the start of a command to its end, beside a Node that does nothing. */
export function coldStarts(atom: string, env: NodeJS.ProcessEnv): readonly Row[] {
  const node = process.execPath;
  const words = [['--version'], ['--help'], ['jobs', '--help'], ['status']];
  const commands = [[node, '-e', '0'], ...words.map((each) => [node, atom, ...each])];
  const [bare, ...times] = timeCommands(ROUNDS, commands, env);
  if (!bare) throw new Error('nothing was timed');
  return [
    timed('bare node', bare),
    ...times.map((time, at) =>
      timed(`atom ${words[at]?.join(' ')}`, time, { name: 'bare node', p50: bare.p50 }),
    ),
  ];
}

/** The same where a gateway runs: what asks it something, and the first frame of the terminal UI. */
export async function startsBeside(atom: string, env: NodeJS.ProcessEnv): Promise<readonly Row[]> {
  const node = process.execPath;
  const [bare, status, chat] = timeCommands(
    ROUNDS,
    [
      [node, '-e', '0'],
      [node, atom, 'status'],
      [node, atom, 'chat', '/help'],
    ],
    env,
  );
  if (!bare || !status || !chat) throw new Error('nothing was timed');
  const beside = { name: 'bare node', p50: bare.p50 };
  const rows = [
    timed('atom status, of a gateway', status, beside),
    timed('atom chat "/help"', chat, beside),
  ];
  return existsSync(SCRIPT) ? [...rows, ...(await screens(atom, env, beside))] : rows;
}

async function screens(
  atom: string,
  env: NodeJS.ProcessEnv,
  beside: Limit,
): Promise<readonly Row[]> {
  const frames: number[] = [];
  let megabytes = 0;
  for (let round = 0; round < FRAMES; round++) {
    const seen = await firstFrame(atom, env);
    frames.push(seen.ms);
    megabytes = seen.megabytes;
  }
  const bareMb = await bareMemory();
  return [
    timed('terminal UI, first frame', spread(frames), beside),
    {
      what: 'memory of the terminal UI',
      p50: megabytes,
      unit: 'MB',
      beside: { name: 'bare node', p50: bareMb },
    },
  ];
}

/** util-linux's `script` gives it a terminal of its own. */
async function firstFrame(atom: string, env: NodeJS.ProcessEnv) {
  const start = performance.now();
  const child = spawn(SCRIPT, ['-qec', `'${process.execPath}' '${atom}' attach`, '/dev/null'], {
    env: { ...env, TERM: 'xterm-256color' },
    stdio: ['pipe', 'pipe', 'ignore'],
  });
  const gone = new Promise<void>((done) => child.once('exit', () => done()));
  let text = '';
  await new Promise<void>((done, fail) => {
    child.stdout.on('data', (bytes) => {
      text += String(bytes);
      if (text.includes(FRAME)) done();
    });
    child.once('exit', () => fail(new Error(`the terminal UI ended: ${text.slice(0, 500)}`)));
  });
  const ms = performance.now() - start;
  const megabytes = memoryOf(uiBelow(child));
  child.kill();
  await gone;
  return { ms, megabytes };
}

/** `script` starts a shell, which may become what it starts. */
function uiBelow({ pid = 0 }: ChildProcess): number {
  const [child] = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  if (!child) return pid;
  const below = readFileSync(`/proc/${child}/task/${child}/children`, 'utf8').trim().split(' ')[0];
  return Number(below || child);
}

/** A Node that listens and does nothing else, a second after its start. */
export async function bareMemory(): Promise<number> {
  const code = "require('node:net').createServer().listen(0)";
  const child = spawn(process.execPath, ['-e', code], { stdio: 'ignore' });
  await new Promise((done) => setTimeout(done, 1000));
  const megabytes = memoryOf(child.pid ?? 0);
  child.kill();
  return megabytes;
}
