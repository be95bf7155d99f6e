import { digestOf } from '../base/digest.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import { type Json, wellFormed } from '../base/json.ts';
import type { Intent, Outcome, PerformOptions, Update } from '../domain/action.ts';
import type { Run } from '../domain/run.ts';
import { beginRun, endRun, findRun } from '../store/tables/runs.ts';
import type { Case } from './case.ts';
import { deedOf, overrunOf } from './conduct/deed.ts';
import type { GovernorDeps } from './governor-deps.ts';
import { issue } from './grant.ts';
import { refused } from './request.ts';
import { spend } from './spend.ts';

export interface RunOptions extends Pick<PerformOptions, 'stillMine'> {
  readonly signal: AbortSignal;
  readonly onUpdate?: Update;
  /** The approval that is spent on this run. */
  readonly approval?: string;
  /** The standing approval that answered instead. */
  readonly standing?: string;
}

/** Runs what was decided, at most once, with `begun` on the record before and the end after. */
export function createRuns(deps: GovernorDeps): {
  /** What came of an earlier run of the same intent; undefined where it may (still) be run. */
  earlier(intent: Intent): Promise<Outcome | undefined>;
  run(ready: Case, options: RunOptions): Promise<Outcome>;
} {
  return {
    earlier: async ({ id, action }) => {
      const run = await findRun(deps.store, id);
      if (run && run.action !== action)
        return refused('blocked', `The id ${id} belongs to something else.`);
      return run && outcomeOf(deps, run);
    },
    run: async (ready, options) => {
      if (options.signal.aborted) return STOPPED;
      const tooMuch = await deps.limits.reserve(ready);
      if (tooMuch !== undefined) return refused('limited', tooMuch);
      const tainting = await beginOrGiveBack(deps, ready, options);
      if (!tainting) return STOPPED;
      const { id, action } = ready.request;
      deps.log.info(`executing ${action}`, { run: id, words: [...ready.prepared.card.words] });
      const outcome = await tainting.end(await act(ready, options));
      await settle(deps, ready, outcome);
      deps.log.info(`${action} ended: ${endWords(outcome)}`, { run: id });
      try {
        await end(deps, ready, outcome);
        return outcome;
      } catch (error) {
        // It was done, so it must not pass for something that was not.
        const { message } = asAtomError(error);
        deps.log.error(`the end of ${ready.request.action} is not on record: ${message}`);
        return refused('uncertain', `It ran, but how it ended could not be recorded: ${message}`);
      }
    },
  };
}

const STOPPED = refused('stopped', 'Stopped before it ran.');

async function outcomeOf(deps: GovernorDeps, run: Run): Promise<Outcome | undefined> {
  if (run.state === 'done' || run.state === 'failed') {
    const outcome = run.result as unknown as Outcome;
    const cutOff = !outcome.ok && outcome.reason === 'stopped';
    return cutOff && LOOKS.has(run.action) ? undefined : outcome;
  }
  const doubt = refused(
    'uncertain',
    'atom stopped while this was running and cannot tell how far it got, so it was not run again.',
  );
  if (run.state === 'uncertain') return doubt;
  // Begun and not ended: a crash. Looking again does no harm; anything else is left to the owner.
  if (LOOKS.has(run.action)) return undefined;
  await deps.store.tx(async (sql) => {
    await endRun(sql, run.id, { state: 'uncertain', result: null, at: deps.clock.now() });
    await deps.audit(sql, 'run.uncertain', { run: run.id, action: run.action, digest: run.digest });
  });
  return doubt;
}

/** Doing these twice is doing them once: they read, or write one row under its own id. */
const LOOKS: ReadonlySet<string> = new Set([
  'file.read',
  'file.list',
  'llm.complete',
  'message.reply',
  'feed.post',
]);

type Begun = Awaited<ReturnType<GovernorDeps['taints']>>;

/** What was taken for something that never began is given back. */
async function beginOrGiveBack(
  deps: GovernorDeps,
  ready: Case,
  options: RunOptions,
): Promise<Begun | undefined> {
  let begun = false;
  try {
    if (!(await deps.undo.before(ready, options.signal))) return undefined;
    const tainting = await deps.taints(ready);
    begun = await begin(deps, ready, { ...options, tainting });
    return begun ? tainting : undefined;
  } finally {
    if (!begun) {
      await deps.limits.settle(ready.request, undefined);
      await deps.undo.after(ready);
    }
  }
}

/**
 * The decision, the spent yes and `begun` are one transaction: no effect without all three. False
 * where it was stopped before its turn came, or is somebody else's by now: then nothing is spent.
 */
const begin = (
  deps: GovernorDeps,
  ready: Case,
  yes: RunOptions & { readonly tainting: Begun },
): Promise<boolean> =>
  deps.store.tx(async (sql) => {
    if (yes.signal.aborted || (yes.stillMine && !(await yes.stillMine(sql)))) return false;
    const { request, digest, decision, prepared } = ready;
    const now = deps.clock.now();
    await spend(deps, sql, { ready, ...yes, now });
    const run = {
      id: request.id,
      digest,
      action: request.action,
      state: 'begun',
      begunAt: now,
      ...deedOf(ready),
    } as const;
    const again = LOOKS.has(request.action);
    if (!(await beginRun(sql, run, { boot: deps.boot, again }))) {
      throw new AtomError('blocked', 'This was run before, so it was not run again.');
    }
    await yes.tainting.note(sql);
    await deps.audit(sql, 'begun', {
      run: request.id,
      action: request.action,
      principal: { ...request.principal },
      context: { session: request.context.session ?? null, event: request.context.event ?? null },
      complexity: decision.complexity,
      matches: decision.matches.map((match) => ({ ...match })),
      approval: yes.approval ?? null,
      standing: yes.standing ?? null,
      digest,
      words: [...prepared.card.words],
      labels: { ...request.labels },
    });
    return true;
  });

/** What is noted besides the record itself: it was done, so a failure here must not hide that. */
async function settle(deps: GovernorDeps, ready: Case, outcome: Outcome): Promise<void> {
  const overrun = overrunOf(ready, outcome);
  const noted = [
    ...[deps.undo.after(ready), deps.limits.settle(ready.request, outcome)],
    ...(overrun ? [deps.conduct(overrun)] : []),
  ];
  for (const { status, ...rest } of await Promise.allSettled(noted))
    if (status === 'rejected' && 'reason' in rest)
      deps.log.error(`after ${ready.request.action}: ${asAtomError(rest.reason).message}`);
}

async function act(ready: Case, options: RunOptions): Promise<Outcome> {
  const { action, request, prepared, digest, decision } = ready;
  if (options.signal.aborted) return STOPPED;
  const fenced = options.stillMine ? { stillMine: options.stillMine } : {};
  const grant = issue({ request, prepared, digest, complexity: decision.complexity, ...fenced });
  try {
    const value = await action.execute(
      grant,
      options.signal,
      options.onUpdate ?? (() => undefined),
    );
    return { ok: true, value: wellFormed(value) };
  } catch (error) {
    const { code, message, next } = asAtomError(error);
    const reason = options.signal.aborted
      ? 'stopped'
      : code === 'blocked' || code === 'unavailable'
        ? 'blocked'
        : 'failed';
    return refused(reason, [message, ...next].join('\n').toWellFormed());
  }
}

const end = (deps: GovernorDeps, { request, digest }: Case, outcome: Outcome): Promise<void> =>
  deps.store.tx(async (sql) => {
    const result = outcome as unknown as Json;
    // What was killed printed something, and is not done all the same.
    const cut = outcome.ok && endingOf(outcome.value).ending === 'stopped';
    const state = outcome.ok && !cut ? 'done' : 'failed';
    await endRun(sql, request.id, { state, result, at: deps.clock.now() });
    await deps.audit(sql, state, {
      run: request.id,
      digest,
      result: digestOf(result),
      ...(outcome.ok
        ? { ...endingOf(outcome.value), ...contactsOf(request.action, outcome.value) }
        : { reason: outcome.reason, message: outcome.message }),
    });
  });

function endWords(outcome: Outcome): string {
  if (!outcome.ok) return `${outcome.reason}: ${outcome.message}`;
  const { exit, ending } = endingOf(outcome.value);
  if (typeof exit === 'number') return `exit code ${exit}`;
  return typeof ending === 'string' ? `by ${ending}` : 'done';
}

/** Exit code and ending of a command, and what was moved out of its jail, for those who read the record; never its output. */
function endingOf(value: Json): { readonly [key: string]: Json } {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return {};
  const { exit, ending, quarantined } = value as { readonly [key: string]: Json };
  return {
    ...(exit === undefined ? {} : { exit }),
    ...(ending === undefined ? {} : { ending }),
    ...(quarantined === undefined ? {} : { quarantined }),
  };
}

/** Whom a command spoke to through the proxy, and how much. Only atom itself says so of a command. */
function contactsOf(action: string, value: Json): { readonly [key: string]: Json } {
  if (action !== 'shell.exec') return {};
  const { contacts } = value as { readonly [key: string]: Json };
  return contacts === undefined ? {} : { contacts };
}
