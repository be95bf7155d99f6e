import type { Clock } from '../../base/clock.ts';
import type { Bus } from '../../bus/bus.ts';
import type { ActionRequest, Outcome } from '../../domain/action.ts';
import type { Sql, Store } from '../../domain/store.ts';
import { rootOf } from '../../store/tables/errands.ts';
import {
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

export interface Limits extends Gates {
  /** What all agents used in the last 24 hours; money in millionths. */
  used(): Promise<Sums>;
}

type Gates = GovernorDeps['limits'];

/** How many alerts that were given are remembered; the feed keeps an older one from coming twice. */
const MOST_TOLD = 1000;

/** Limits that stop. What an agent is about to do is counted before it is done, all of it at once. */
export function createLimits(deps: LimitDeps): Limits {
  const { store, clock } = deps;
  const budgetClock = createBudgetClock(clock);
  const timeIn = async (sql: Sql): Promise<number> => budgetClock(await lastUsedAt(sql));
  const told = new Set<string>();
  const inWords = (reached: Over): string => {
    const words = wordsOf(deps, reached);
    const id = alertId(reached);
    if (told.size >= MOST_TOLD) told.clear();
    if (!told.has(id)) deps.bus.tell('limit.reached', { id, words });
    told.add(id);
    return words;
  };
  const room = async (sql: Sql, found: Case): Promise<Room | string> => {
    const looked = await roomFor(deps, sql, { found, at: await timeIn(sql) });
    return 'reached' in looked ? inWords(looked) : looked;
  };
  return {
    look: async (found) => {
      if (isFree(found)) return undefined;
      const looked = await store.tx((sql) => room(sql, found));
      return typeof looked === 'string' ? looked : undefined;
    },
    reserve: async (sql, found) => {
      if (isFree(found)) return undefined;
      const looked = await room(sql, found);
      if (typeof looked === 'string') return looked;
      await take(sql, found, looked);
      return undefined;
    },
    settle: async (request, outcome) => {
      if (!counts(request)) return;
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

const isFree = (found: Case): boolean => !counts(found.request) || isPartOfCall(found);

/** What belongs together: everything that one message leads to, whichever agent does it. */
const taskOf = async (sql: Sql, { id, context }: ActionRequest): Promise<string> =>
  context.event === undefined ? id : rootOf(sql, context.event);

interface Room {
  readonly at: number;
  readonly task: string;
  readonly spends: Spent;
}

/** No room for it. */
type Over = Omit<Room, 'spends'> & { readonly reached: Reached };

async function roomFor(
  { settings, costs }: LimitDeps,
  sql: Sql,
  { found: { request, agent }, at }: { readonly found: Case; readonly at: number },
): Promise<Room | Over> {
  const { id } = request.principal;
  const spends = costs.most(request);
  const task = await taskOf(sql, request);
  const needs = { actions: 1, commands: isCommand(request) ? 1 : 0, ...spends };
  const limits = limitsOf(settings, { id, name: agent?.name ?? id });
  const reached = await firstReached(sql, limits, { task, at, needs });
  return reached ? { reached, at, task } : { at, task, spends };
}

async function take(sql: Sql, { request }: Case, { at, task, spends }: Room): Promise<void> {
  const { id, principal } = request;
  await forgetUsedBefore(sql, at - 2 * DAY_MS);
  const used = { run: id, agent: principal.id, task, at, command: isCommand(request), ...spends };
  await insertUsed(sql, used);
}

const isCommand = ({ action }: ActionRequest): boolean => action === 'shell.exec';

function wordsOf({ clock, settings }: LimitDeps, { reached, at }: Over): string {
  const { freeAt } = reached;
  const inMs = freeAt === undefined ? undefined : freeAt - at;
  return limitWords(reached, { currency: settings.currency, inMs, now: clock.now() });
}

/** One alert for each limit and stretch of its time, or for each task. */
function alertId({ reached, at, task }: Over): string {
  const { setting, windowMs } = reached.limit;
  return `limit:${setting}:${windowMs === undefined ? task : Math.floor(at / windowMs)}`;
}
