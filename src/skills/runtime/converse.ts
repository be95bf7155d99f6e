import { setImmediate } from 'node:timers/promises';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Ending, LaunchResult } from '../../domain/jail.ts';
import { createAllowance } from './allowance.ts';
import type { SkillProcess, Use } from './process.ts';

/** What a process is asked, in this order; the answer to the last is what counts. */
export interface Conversation {
  readonly questions: readonly (readonly [method: string, params: Json])[];
  readonly use: Use;
  /** Instead of `WALL_MS`. */
  readonly wallMs?: number;
  /** It can leave nothing anywhere: its answer counts as soon as it is killed, not only once it is gone. */
  readonly traceless?: boolean;
}

/** What came of a conversation. */
export interface Conversed {
  readonly value: Json;
  /** How the process ended; undefined where nobody waited for that. */
  readonly result: LaunchResult | undefined;
}

/** Without the time that atom takes for what the skill asks of it. */
const WALL_MS = 60_000;
/** What a skill that is told to stop has for tidying up. */
const GRACE_MS = 500;

/**
 * Uses a process for one conversation; whatever comes of it, the process is killed with all that it started,
 * and is gone afterwards unless it is traceless. Throws AtomError `failed` with the skill's own words or why
 * it gave no result, and the signal's reason.
 */
export async function converse(
  process: SkillProcess,
  { questions, use, wallMs = WALL_MS, traceless = false }: Conversation,
  signal: AbortSignal,
): Promise<Conversed> {
  const allowance = createAllowance(wallMs, () => process.end('time'));
  let grace: NodeJS.Timeout | undefined;
  let answered = false;
  const stop = (): void => {
    process.notify('cancel', {});
    grace = setTimeout(() => process.end('stopped'), GRACE_MS);
  };
  process.take({ ...use, serve: (...asked) => allowance.during(() => use.serve(...asked)) });
  if (signal.aborted) stop();
  signal.addEventListener('abort', stop, { once: true });
  try {
    const answers = questions.map(([method, params]) => process.request(method, params));
    const silent = process.ended.then((result) => Promise.reject(gaveNothing(result)));
    const values = await Promise.race([Promise.all(answers), silent]);
    if (traceless) await heard();
    process.end('stopped');
    const result = traceless ? undefined : await process.ended;
    signal.throwIfAborted();
    answered = true;
    return { value: values.at(-1) ?? null, result };
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  } finally {
    signal.removeEventListener('abort', stop);
    clearTimeout(grace);
    allowance.end();
    process.end('stopped');
    const gone = process.ended.catch(() => undefined);
    if (!traceless || !answered) await gone;
    process.take(nobody);
  }
}

/** What it printed before it answered lies in its pipe by now: one look of Node's at all pipes reads it. */
async function heard(): Promise<void> {
  await setImmediate();
  await setImmediate();
}

/** For what it still says while it dies. */
const nobody: Use = {
  serve: () => Promise.reject(new AtomError('blocked', 'The call is over.')),
  onPrinted: () => undefined,
};

function gaveNothing({ ending, stderr }: LaunchResult): AtomError {
  const said = stderr.split('\n').filter(saysSomething).slice(-5).join('\n');
  return new AtomError('failed', `The skill gave no result: ${why(ending)}\n${said}`.trimEnd());
}

/** Where in its code Node was tells nobody anything here. */
const saysSomething = (line: string): boolean => !/^\s*(at .*|Node\.js v[\d.]+)?$/.test(line);

const ENDINGS = {
  time: 'it took too long.',
  memory: 'it needed too much memory.',
  output: 'what it said or printed was too much.',
  disk: 'it wrote too much.',
  processes: 'it started too many processes.',
  stopped: 'it was stopped.',
} as const;

function why(ending: Ending): string {
  if (ending.kind === 'exit') return `it ended with exit code ${ending.code}.`;
  return ending.kind === 'signal' ? `it was ended by ${ending.signal}.` : ENDINGS[ending.kind];
}
