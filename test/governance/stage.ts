import type { Clock } from '../../src/base/clock.ts';
import { createLog } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Action, Intent, Prepared } from '../../src/domain/action.ts';
import type { Agent, Maturity } from '../../src/domain/agent.ts';
import type { Approval } from '../../src/domain/approval.ts';
import { cleanLabels, type Labels } from '../../src/domain/label.ts';
import type { Role } from '../../src/domain/role.ts';
import type { Store } from '../../src/domain/store.ts';
import { type ApprovalDeps, createApprovals } from '../../src/governance/approvals/approvals.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { createGovernor, type Governor } from '../../src/governance/governor.ts';
import type { GovernorDeps } from '../../src/governance/governor-deps.ts';
import { redeem } from '../../src/governance/grant.ts';
import { nothingHeld } from '../../src/governance/labels/held.ts';
import { NOT_ENROLLED } from '../../src/governance/second-factor/check.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { freshStore, heldClock } from '../store/fresh.ts';
import { endsWithTest } from './ends-with-test.ts';

type Gates = Pick<
  GovernorDeps,
  | 'taints'
  | 'held'
  | 'rules'
  | 'secondFactor'
  | 'standing'
  | 'halted'
  | 'limits'
  | 'undo'
  | 'conduct'
>;

export interface Scene {
  readonly maturity?: Maturity | 'unknown';
  readonly store?: Store;
  readonly clock?: Clock;
  readonly boot?: string;
  readonly actions?: readonly Action[];
  readonly gates?: Partial<Gates>;
  /** How codes of the second factor are checked; there is none unless told. */
  readonly factor?: ApprovalDeps['factor'];
  /** Answers each question as soon as it is asked. */
  readonly answer?: (approval: Approval) => void;
  /** For all tests of a file: nothing is called off with the first. */
  readonly lasts?: boolean;
}

export const agent: Agent = {
  id: 'atom',
  name: 'atom',
  maturity: 'intern',
  model: 'offline',
  workspace: 'work',
  paused: false,
};

/** Gates that let everything through: a scene closes those it is about. */
const openGates: Omit<Gates, 'taints' | 'held'> = {
  rules: () => [],
  secondFactor: async () => false,
  standing: { covering: async () => undefined, use: async () => false },
  halted: async () => undefined,
  limits: {
    look: async () => undefined,
    reserve: async () => undefined,
    settle: async () => undefined,
  },
  undo: { before: async () => true, after: async () => undefined },
  conduct: async () => undefined,
};

/** Taints nothing: what is about files that hold words of strangers has a stage of its own. */
export const untainted: GovernorDeps['taints'] = async () => ({
  note: async () => undefined,
  end: async (outcome) => outcome,
});

/** A governor on a real store, with one action that counts how often it is done. */
export async function setGovernor(scene: Scene = {}) {
  const store = scene.store ?? (await freshStore()).store;
  const clock = scene.clock ?? heldClock();
  const boot = scene.boot ?? 'boot-1';
  const world = { done: [] as unknown[], labels: cleanLabels as Labels, facts: 1 };
  const people = { role: 'owner' as Role | undefined, worksFor: true };
  const bus = createBus();
  const audit = createAudit(clock);
  const factor = scene.factor ?? { check: async () => NOT_ENROLLED };
  const approvals = createApprovals({ store, bus, clock, audit, boot, factor });
  const asked: Approval[] = [];
  const age = { maturity: scene.maturity ?? 'intern' };
  bus.on('approval.asked', (approval) => {
    asked.push(approval);
    scene.answer?.(approval);
  });
  const actions = [change(world), command(world), look(world), ...(scene.actions ?? [])];
  const governor = (scene.lasts ? (lasting: Governor) => lasting : endsWithTest)(
    createGovernor({
      store,
      audit,
      approvals,
      boot,
      clock,
      actions: new Map(actions.map((action) => [action.name, action])),
      agent: async ({ kind }) =>
        kind === 'agent' && age.maturity !== 'unknown'
          ? { ...agent, maturity: age.maturity }
          : undefined,
      window: async () => ({ labels: world.labels, sources: [], said: '' }),
      typed: async () => '',
      origin: async () => ({ who: 'you' }),
      role: async () => people.role,
      worksFor: async () => people.worksFor,
      taints: untainted,
      held: async () => nothingHeld,
      ...openGates,
      ...scene.gates,
      expiry: { tapMs: 60_000, typedMs: 30_000 },
      log: createLog(() => undefined),
    }),
  );
  return {
    store,
    clock,
    bus,
    audit,
    approvals,
    asked,
    world,
    age,
    people,
    governor,
    perform: governor.performAs({ kind: 'agent', id: 'atom' }),
    kinds: async (): Promise<readonly string[]> =>
      (await newestEntries(store, { limit: 100 })).map(({ kind }) => kind).toReversed(),
  };
}

export const intent = (id: string, action = 'file.write', resource: Intent['resource'] = {}) => ({
  id,
  action,
  resource,
  context: {},
});

interface World {
  readonly done: unknown[];
  facts: number;
}

const prepared = (resource: Intent['resource'], world: World): Prepared => ({
  resource,
  facts: { seen: world.facts },
  card: { kind: 'file', words: ['write x'], may: ['change a file'], undo: 'none' },
});

const change = (world: World): Action => ({
  name: 'file.write',
  prepare: async (resource) => prepared(resource, world),
  execute: async (grant) => {
    world.done.push(redeem(grant).request.resource);
    return { times: world.done.length };
  },
});

const look = (world: World): Action => ({ ...change(world), name: 'file.read' });

const command = (world: World): Action => ({
  ...change(world),
  name: 'shell.exec',
  prepare: async (resource) => {
    const { argv } = resource as { readonly argv: readonly string[] };
    const made = prepared(resource, world);
    return { ...made, argv, card: { ...made.card, kind: 'command', words: argv } };
  },
});
