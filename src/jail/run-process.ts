import type { ChildProcess } from 'node:child_process';
import type { Duplex, Readable } from 'node:stream';
import { AtomError } from '../base/errors.ts';
import type { Printed } from '../domain/jail.ts';
import { createFlow, type Streams } from './flow.ts';
import { type Gate, openGate } from './gate.ts';
import type { KeptFile } from './kept-file.ts';
import { isRunning, killTree } from './kill-tree.ts';
import { createOutput } from './output.ts';
import type { ProcessHooks, ProcessPlan } from './process-plan.ts';
import { giveBytes, ignoreClosed, start } from './start.ts';
import { type Breach, watch } from './watchdog.ts';

/** How a process ended. `killed` says that we did it, and why. */
export interface ProcessEnd {
  readonly code: number | null;
  readonly signal: string | null;
  readonly killed: Breach | 'time' | 'output' | 'stopped' | undefined;
  readonly stdout: string;
  readonly stderr: string;
  readonly truncated: boolean;
  readonly printed: Printed;
  readonly ms: number;
  /** False where its jail was never finished. */
  readonly built: boolean;
  /** The first process in the jail, where it had come so far: everything else there ends before it. */
  readonly init: number | undefined;
}

/** Runs one process to its end, within its limits. Throws AtomError `unavailable` if it cannot start. */
export async function runProcess(
  plan: ProcessPlan,
  signal: AbortSignal,
  { onUpdate, file }: ProcessHooks,
): Promise<ProcessEnd> {
  const started = plan.clock.monotonic();
  const child = start(plan);
  const flow = createFlow(streamsOf(plan, child), { file, dialogue: plan.dialogue });
  let killed: ProcessEnd['killed'];
  const kill = (why: NonNullable<ProcessEnd['killed']>): void => {
    killed ??= why;
    killTree(child);
    flow.open();
  };
  const output = createOutput(plan.limits.outputBytes, {
    onText: onUpdate,
    onFull: () => kill('output'),
  });
  let release = (): void => undefined;
  try {
    const guarded = guard({ plan, child, kill }, signal);
    release = guarded.release;
    plan.onStart?.(child);
    const gate = feed(plan, child);
    plan.dialogue?.open({
      write: (text) => written(child, text),
      watch: guarded.watch,
      end: (why) => {
        if (isRunning(child)) kill(why);
      },
    });
    child.once('exit', gate.close);
    const read = flow.into(output);
    const { code, signal: by } = await ended(child);
    await read;
    const ms = Math.round(plan.clock.monotonic() - started);
    const { printed, ...texts } = output.end();
    const kept = await keptIn(file);
    const told = { ...texts, printed: { ...printed, ...kept } };
    return { code, signal: by, killed, ...told, ms, ...gate.come() };
  } finally {
    release();
    // Once it is gone, its number may be somebody else's.
    if (isRunning(child)) killTree(child);
  }
}

interface Guarded {
  readonly plan: ProcessPlan;
  readonly child: ChildProcess;
  readonly kill: (why: NonNullable<ProcessEnd['killed']>) => void;
}

/**
 * Sets everything that may end the process early. Of one that is spoken with, others watch the clock, and
 * what it uses is watched once they say so.
 */
function guard({ plan, child, kill }: Guarded, signal: AbortSignal) {
  const { limits, watchFolder: folder, dialogue } = plan;
  const stop = (): void => kill('stopped');
  const timer = dialogue ? undefined : setTimeout(() => kill('time'), limits.wallMs);
  const { pid } = child;
  let unwatch: (() => void) | undefined;
  const see = (): void => {
    if (pid !== undefined) unwatch ??= watch({ pid, limits, folder }, kill);
  };
  if (!dialogue) see();
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  return {
    watch: see,
    release: () => {
      clearTimeout(timer);
      unwatch?.();
      signal.removeEventListener('abort', stop);
    },
  };
}

/** Hands the child what it reads, and lets its command start once that is safe. */
function feed({ fds, stdin, dialogue }: ProcessPlan, child: ChildProcess): Gate {
  let gate: Gate = noGate;
  child.stdin?.on('error', ignoreClosed);
  if (!dialogue) child.stdin?.end(stdin);
  giveBytes(child, fds);
  fds.forEach((fd, i) => {
    const pipe = child.stdio[3 + i] as Duplex | null | undefined;
    if (fd.kind === 'gate' && pipe && child.pid !== undefined) gate = openGate(pipe, child.pid);
  });
  return gate;
}

/** A pipe that breaks takes nothing any more, and nobody waits for it. */
function written({ stdin }: ChildProcess, text: string): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  if (stdin) stdin.write(text, () => resolve());
  else resolve();
  return promise;
}

async function keptIn(file: KeptFile | undefined): Promise<Pick<Printed, 'kept' | 'lost'>> {
  if (!file) return {};
  const { bytes: kept, lost } = await file.end();
  return lost === undefined ? { kept } : { kept, lost };
}

/** Where nothing is built around a command, it waits for nothing. */
const noGate: Gate = { come: () => ({ built: true, init: undefined }), close: () => undefined };

/** What the command says, on pipes of ours where it was given those. */
function streamsOf({ output }: ProcessPlan, child: ChildProcess): Streams {
  const open = (name: 'stdout' | 'stderr'): Readable | null => {
    output?.[name].handOver();
    return output?.[name].open() ?? child[name];
  };
  return { stdout: open('stdout'), stderr: open('stderr') };
}

function ended(child: ChildProcess): Promise<{ code: number | null; signal: string | null }> {
  const { promise, resolve, reject } = Promise.withResolvers<{
    code: number | null;
    signal: string | null;
  }>();
  child.once('error', (cause) =>
    reject(
      new AtomError('unavailable', `The jail could not be started: ${cause.message}`, { cause }),
    ),
  );
  // Without a process namespace, something left behind could keep the pipes open for ever.
  child.once('exit', () => killTree(child));
  child.once('close', (code, signal) => resolve({ code, signal }));
  return promise;
}
