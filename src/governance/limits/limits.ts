import type { Clock } from '../../base/clock.ts';
import type { Bus } from '../../bus/bus.ts';
import type { ActionRequest, Outcome } from '../../domain/action.ts';
import type { Sql, Store } from '../../domain/store.ts';
import { rootOf } from '../../store/tables/errands.ts';
import {
  deleteUsed,
  forgetUsedBefore,
  insertUsed,
  lastUsedAt,
  type Spent,
  type Sums,
  setSpent,
  usedAfter,
} from '../../store/tables/usage.ts';
import type { Case } from '../case.ts';
import type { GovernorDeps } from '../governor-deps.ts';
import { createBudgetClock } from './budget-clock.ts';
import { firstReached, type Reached } from './look.ts';
import { DAY_MS, type LimitSettings, limitsOf } from './settings.ts';
import { limitWords } from './words.ts';

export interface LimitDeps {
  readonly store: Store;
  readonly bus: Bus;
  readonly clock: Clock;
  readonly settings: LimitSettings;
  /** Money in millionths. */
  readonly costs: {
    most(request: ActionRequest): Spent;
    paid(request: ActionRequest, outcome: Outcome): Spent | undefined;
  };
}

export interface Limits {
  readonly reserve: GovernorDeps['limits']['reserve'];
  readonly settle: GovernorDeps['limits']['settle'];
  /** What all agents used in the last 24 hours; money in millionths. */
  used(): Promise<Sums>;
}

/** How many alerts that were given are remembered; the feed keeps an older one from coming twice. */
const MOST_TOLD = 1000;

/** Limits that stop. What an agent is about to do is counted before it is done, all of it at once. */
export function createLimits(deps: LimitDeps): Limits {
  const { store, clock } = deps;
  const budgetClock = createBudgetClock(clock);
  const timeIn = async (sql: Sql): Promise<number> => budgetClock(await lastUsedAt(sql));
  const told = new Set<string>();
  return {
    reserve: async (found) => {
      if (!counts(found.request) || isPartOfCall(found)) return undefined;
      const spends = deps.costs.most(found.request);
      const taken = await store.tx(async (sql) =>
        take(deps, sql, { found, spends, at: await timeIn(sql) }),
      );
      if (taken === 'taken') return undefined;
      const words = wordsOf(deps, taken);
      const id = alertId(taken);
      if (told.size >= MOST_TOLD) told.clear();
      if (!told.has(id)) deps.bus.tell('limit.reached', { id, words });
      told.add(id);
      return words;
    },
    settle: async (request, outcome) => {
      if (!counts(request)) return;
      if (outcome === undefined) {
        await deleteUsed(store, request.id);
        return;
      }
      const paid = deps.costs.paid(request, outcome);
      if (paid !== undefined) await setSpent(store, request.id, paid);
    },
    used: () => store.tx(async (sql) => usedAfter(sql, (await timeIn(sql)) - DAY_MS, undefined)),
  };
}

/** What atom and its owner do is not the agents', and an answer always gets through. */
const counts = ({ principal, action }: ActionRequest): boolean =>
  principal.kind === 'agent' && action !== 'message.reply';

const LOOKS: ReadonlySet<string> = new Set(['file.read', 'file.list', 'secret.read']);

/**
 * A look that a running skill asks for, that leaves nothing and nobody told and starts nothing: its call was counted,
 * and asks for so many things at most.
 */
const isPartOfCall = ({ request: { action, context }, decision: { complexity } }: Case): boolean =>
  context.skill !== undefined && complexity === 1 && LOOKS.has(action);

/** What belongs together: everything that one message leads to, whichever agent does it. */
const taskOf = async (sql: Sql, { id, context }: ActionRequest): Promise<string> =>
  context.event === undefined ? id : rootOf(sql, context.event);

type Taken = 'taken' | { readonly reached: Reached; readonly at: number; readonly task: string };

async function take(
  { settings }: LimitDeps,
  sql: Sql,
  { found, spends, at }: { readonly found: Case; readonly spends: Spent; readonly at: number },
): Promise<Taken> {
  const { request, agent } = found;
  const { id } = request.principal;
  const command = request.action === 'shell.exec';
  const task = await taskOf(sql, request);
  const needs = { actions: 1, commands: command ? 1 : 0, ...spends };
  const limits = limitsOf(settings, { id, name: agent?.name ?? id });
  const reached = await firstReached(sql, limits, { task, at, needs });
  if (reached) return { reached, at, task };
  await forgetUsedBefore(sql, at - 2 * DAY_MS);
  await insertUsed(sql, { run: request.id, agent: id, task, at, command, ...spends });
  return 'taken';
}

function wordsOf({ clock, settings }: LimitDeps, { reached, at }: Exclude<Taken, 'taken'>): string {
  const { freeAt } = reached;
  const inMs = freeAt === undefined ? undefined : freeAt - at;
  return limitWords(reached, { currency: settings.currency, inMs, now: clock.now() });
}

/** One alert for each limit and stretch of its time, or for each task. */
function alertId({ reached, at, task }: Exclude<Taken, 'taken'>): string {
  const { setting, windowMs } = reached.limit;
  return `limit:${setting}:${windowMs === undefined ? task : Math.floor(at / windowMs)}`;
}
