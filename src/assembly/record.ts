import { type Clock, steadyClock } from '../base/clock.ts';
import { newId, randomKey } from '../base/ids.ts';
import { type Bus, createBus } from '../bus/bus.ts';
import { listedIn } from '../config/listed.ts';
import { MAIN_AGENT } from '../domain/agent.ts';
import type { Run } from '../domain/run.ts';
import type { Sql, Store } from '../domain/store.ts';
import { type Approvals, createApprovals } from '../governance/approvals/approvals.ts';
import { type Callbacks, createCallbacks } from '../governance/approvals/callback.ts';
import { type Audit, createAudit } from '../governance/audit/append.ts';
import { growTree } from '../governance/audit/tree.ts';
import { tellChange } from '../governance/conduct/maturity.ts';
import { maturitiesOnRecord, takeBackWidened } from '../governance/conduct/on-record.ts';
import { doubtBegun } from '../governance/doubt.ts';
import { createPairing, type PairingDoor } from '../governance/people/pairing.ts';
import { openPeople, type People } from '../governance/people/people.ts';
import {
  createSecondFactor,
  type SecondFactor,
} from '../governance/second-factor/second-factor.ts';
import { standingOnRecord, takeOutUnknown } from '../governance/standing/on-record.ts';
import { FACTOR_SECRET } from '../secrets/names.ts';
import { openStore } from '../store/open.ts';
import { ensureAgent } from '../store/tables/agents.ts';
import { expireOtherBoots } from '../store/tables/approvals.ts';
import { freeLanes } from '../store/tables/lanes.ts';
import { doubtSending } from '../store/tables/outbox.ts';
import { settleTimes } from '../store/tables/times.ts';
import { openUsers } from './agreed-users.ts';
import { type Conversations, createConversations } from './conversations.ts';
import type { AtomOptions } from './parts.ts';
import { listedWith, type Users } from './users.ts';

/** The store and what is recorded in it. */
export interface Records {
  readonly store: Store;
  readonly conversations: Conversations;
  readonly bus: Bus;
  readonly audit: Audit;
  /** What lanes, leases and limits are timed by: setting the time does not move it. */
  readonly steady: Clock;
  readonly approvals: Approvals;
  readonly factor: SecondFactor;
  readonly callbacks: Callbacks;
  /** Who may talk to atom. */
  readonly people: People;
  readonly pairing: PairingDoor;
  /** Who of them has agents and jails of their own. */
  readonly users: Users;
  readonly boot: string;
  /** What an earlier gateway began and never ended: it may have happened. */
  readonly doubts: readonly Run[];
  /** Tells what the start found left over; call once everybody listens. */
  announce(): void;
}

/** Opens the record and settles what an earlier run of the gateway left open. */
export async function openRecords(options: AtomOptions): Promise<Records> {
  const { paths, clock, version, secrets } = options;
  const store = await openStore({ file: paths.database, checked: true });
  await growTree(store);
  const bus = createBus();
  const audit = createAudit(clock, () => bus.tell('record.due', undefined));
  const steady = steadyClock(clock);
  const boot = newId();
  const factor = createSecondFactor({
    store,
    clock,
    audit,
    secrets: {
      get: () => secrets.get(FACTOR_SECRET),
      set: (secret) => secrets.set(FACTOR_SECRET, secret),
      remove: () => secrets.remove(FACTOR_SECRET),
    },
    onLocked: (until) => bus.tell('factor.locked', { until }),
  });
  const left = await store.tx(async (sql) => {
    await ensureAgent(sql, { ...MAIN_AGENT, createdAt: clock.now() });
    await freeLanes(sql);
    await settleTimes(sql, steady.now());
    await doubtSending(sql);
    const doubts = await doubtBegun(sql, { audit, boot, now: clock.now() });
    const closed = await expireOtherBoots(sql, boot, clock.now());
    for (const { id, digest } of closed) {
      await audit(sql, 'approval.expired', { id, digest, by: null });
    }
    const widened = await takeBackWidened(audit, sql, clock.now());
    const lost = await takeOutUnknown(audit, sql);
    await audit(sql, 'gateway.started', { boot, version, ...(await heldAgainst(sql)) });
    return { closed, doubts, widened, lost };
  });
  const approvals = createApprovals({ store, bus, clock, audit, boot, factor });
  const listed = listedIn(options.config.channels);
  const users = await openUsers(options, { store, audit, factor });
  return {
    store,
    conversations: createConversations(store),
    bus,
    audit,
    steady,
    boot,
    factor,
    approvals,
    users,
    people: await openPeople({
      store,
      audit,
      bus,
      clock,
      approvals,
      listed: (channel) => listedWith(users, channel, listed.get(channel) ?? new Map()),
    }),
    pairing: createPairing({ store, audit, bus, steady }),
    callbacks: createCallbacks(randomKey()),
    doubts: left.doubts,
    announce: () => {
      for (const approval of left.closed) bus.tell('approval.decided', approval);
      for (const change of left.widened)
        tellChange({ bus, log: options.log.part('agents') }, change);
      if (left.lost === undefined) return;
      options.log.part('approvals').warn(left.lost);
      bus.tell('standing.lost', left.lost);
    },
  };
}

/** Puts the end of a gateway on record, with what the next one compares the database with. */
export const recordStop = ({ store, audit, boot }: Pick<Records, 'store' | 'audit' | 'boot'>) =>
  store.tx(async (sql) => {
    await audit(sql, 'gateway.stopped', { boot, ...(await heldAgainst(sql)) });
  });

/** What the record knows of all agents, and of all that stands. */
const heldAgainst = async (sql: Sql) => ({
  maturities: Object.fromEntries(await maturitiesOnRecord(sql)),
  standing: Object.fromEntries(await standingOnRecord(sql)),
});
