import { open, stat } from 'node:fs/promises';
import { z } from 'zod';
import { AtomError, systemCode } from '../base/errors.ts';
import type { AuditEntry } from '../domain/audit-entry.ts';
import { endWords } from '../domain/command-end.ts';
import { type Run, runCode } from '../domain/run.ts';
import type { OutputPart, RunReport, RunSummary } from '../domain/run-report.ts';
import type { Sql } from '../domain/store.ts';
import { outputFile } from '../jail/output-folder.ts';
import { begunOf, bootOf, fieldOf, newestBegun, newestRunIds } from '../store/tables/run-record.ts';
import { findRun } from '../store/tables/runs.ts';

/** Where the runs of a profile are on record, and the folder that keeps what they printed. */
export interface RunPlace {
  readonly sql: Sql;
  readonly folder: string;
  /** The start of the gateway that runs now, where one does: what an earlier one began runs no more. */
  readonly boot?: string;
}

/** What agents do all the time: nobody looks for these unless they say so. */
const EVERYDAY: ReadonlySet<string> = new Set(['llm.complete', 'message.reply']);

/** Runs that are called by what was said in a chat. */
const QUOTING: ReadonlySet<string> = new Set([
  ...EVERYDAY,
  ...['message.send', 'memory.read', 'memory.write', 'agent.ask', 'job.add'],
]);
export const quotesTalk = ({ action }: Pick<RunSummary, 'action'>): boolean => QUOTING.has(action);

/** The latest runs, newest first. */
export async function listRuns(
  { sql }: Pick<RunPlace, 'sql'>,
  { limit, all }: { readonly limit: number; readonly all: boolean },
): Promise<readonly RunSummary[]> {
  const begun = await newestBegun(sql, { limit, skip: all ? new Set() : EVERYDAY });
  const runs = begun.map(async (entry) => {
    const run = await findRun(sql, String(fieldOf(entry, 'run')));
    return run ? [summaryOf(run, entry)] : [];
  });
  return (await Promise.all(runs)).flat();
}

/** Everything about one run. Throws AtomError `not-found`. */
export async function showRun({ sql, folder }: RunPlace, ref: string): Promise<RunReport> {
  const run = await runNamed(sql, ref);
  const begun = await begunOf(sql, run.id);
  const { ending, exit, ms, jail, bytes, lost, quarantined } = endIn(run);
  const kept = (await sizeOf(outputFile(folder, run.id)))?.size;
  const told = { ending, exit: exit ?? undefined, ms, jail, bytes, lost, quarantined, kept };
  return {
    ...summaryOf(run, begun),
    digest: run.digest,
    why: begun ? whyOf(begun) : [],
    ...defined({
      ...told,
      complexity: run.complexity,
      approval: textIn(begun, 'approval'),
      standing: textIn(begun, 'standing'),
    }),
  };
}

/** At most 256 KiB an answer: base64 of it fits in one frame. */
const PART_BYTES = 256 * 1024;

/** Some of what a run printed. Throws AtomError `not-found` where nothing of it is kept. */
export async function readOutput(
  { sql, folder, boot }: RunPlace,
  { ref, from }: { readonly ref: string; readonly from: number },
): Promise<OutputPart> {
  const run = await runNamed(sql, ref);
  const running =
    run.state === 'begun' && boot !== undefined && (await bootOf(sql, run.id)) === boot;
  const path = outputFile(folder, run.id);
  const size = (await sizeOf(path))?.size;
  if (size === undefined && !running) throw nothingKept(run);
  const bytes = size === undefined || from >= size ? Buffer.alloc(0) : await readAt(path, from);
  const next = Math.max(from, 0) + bytes.length;
  return { run: runCode(run.id), bytes: bytes.toString('base64'), next, size: size ?? 0, running };
}

const nothingKept = (run: Run): AtomError =>
  new AtomError('not-found', `Nothing is kept of what ${runCode(run.id)} printed.`, {
    next: [
      'Output is kept for 30 days, and 1 GB of it at most; a run that printed nothing leaves none.',
      `What is on record of it:   atom runs show ${runCode(run.id)}`,
    ],
  });

/** Runs that are looked through for a code. */
const MOST_NAMED = 20_000;

async function runNamed(sql: Sql, ref: string): Promise<Run> {
  const whole = await findRun(sql, ref);
  if (whole) return whole;
  const code = ref.toLowerCase();
  const ids = (await newestRunIds(sql, MOST_NAMED)).filter((id) => runCode(id) === code);
  if (ids.length > 1)
    throw new AtomError('usage', `Several runs are called ${ref}.`, {
      next: ids.map((id) => `atom runs show '${id}'`),
    });
  const run = ids[0] === undefined ? undefined : await findRun(sql, ids[0]);
  if (run) return run;
  throw new AtomError('not-found', `There is no run ${ref}.`, {
    next: ['See the latest:   atom runs list'],
  });
}

function summaryOf(run: Run, begun: AuditEntry | undefined): RunSummary {
  const words = begun && fieldOf(begun, 'words');
  return {
    id: run.id,
    code: runCode(run.id),
    action: run.action,
    state: run.state,
    words: Array.isArray(words) ? words.map(String) : [],
    who: whoOf(begun, run),
    end: endOf(run),
    begunAt: run.begunAt,
    ...(run.endedAt === undefined ? {} : { endedAt: run.endedAt }),
  };
}

const principal = z.object({ kind: z.string(), id: z.string() });

function whoOf(begun: AuditEntry | undefined, { agent }: Run): string {
  const found = principal.safeParse(begun && fieldOf(begun, 'principal')).data;
  if (!found) return agent === undefined ? '?' : `agent ${agent}`;
  return found.kind === 'owner' ? 'owner' : `${found.kind} ${found.id}`;
}

const ended = z.object({
  exit: z.number().nullable().optional(),
  signal: z.string().optional(),
  ending: z.string().optional(),
  by: z.string().optional(),
  held: z
    .object({ jail: z.string(), by: z.enum(['jail', 'maturity']), most: z.number() })
    .optional(),
  ms: z.number().optional(),
  jail: z.string().optional(),
  bytes: z.object({ stdout: z.number(), stderr: z.number() }).optional(),
  lost: z.string().optional(),
  quarantined: z.array(z.string()).optional(),
});

const outcome = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.unknown() }),
  z.object({ ok: z.literal(false), reason: z.string(), message: z.string() }),
]);

/** What the result of a run says of its end; nothing where it is no command's. */
function endIn({ result }: Run): z.output<typeof ended> {
  const found = outcome.safeParse(result).data;
  return (found?.ok ? ended.safeParse(found.value).data : undefined) ?? {};
}

/** How a run ended, in words; '' while it runs. */
export function endOf(run: Run): string {
  if (run.state === 'begun') return '';
  if (run.state === 'uncertain') return 'nobody knows how far it got';
  const found = outcome.safeParse(run.result).data;
  if (found?.ok === false) return `${found.reason}: ${found.message.split('\n')[0]}`;
  const { ending, exit = null, ...rest } = endIn(run);
  return (ending === undefined ? '' : endWords({ ending, exit, ...rest })) || 'done';
}

const match = z.array(z.object({ verdict: z.string(), why: z.string() }));

const whyOf = (begun: AuditEntry): readonly string[] =>
  (match.safeParse(fieldOf(begun, 'matches')).data ?? []).map(
    ({ verdict, why }) => `${verdict}: ${why}`,
  );

function textIn(begun: AuditEntry | undefined, name: string): string | undefined {
  const value = begun && fieldOf(begun, name);
  return typeof value === 'string' ? value : undefined;
}

/** Without the fields that nobody filled in. */
const defined = <T extends object>(
  fields: T,
): { readonly [K in keyof T]?: Exclude<T[K], undefined> } =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)) as {
    readonly [K in keyof T]?: Exclude<T[K], undefined>;
  };

const sizeOf = (path: string) =>
  stat(path).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw error;
  });

async function readAt(path: string, from: number): Promise<Buffer> {
  const file = await open(path);
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(PART_BYTES), 0, PART_BYTES, from);
    return buffer.subarray(0, bytesRead);
  } finally {
    await file.close();
  }
}
