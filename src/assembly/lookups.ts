import type { Log } from '../base/log.ts';
import type { Config } from '../config/schema.ts';
import type { IntentContext } from '../domain/action.ts';
import type { Agent, Principal } from '../domain/agent.ts';
import { type InboundEvent, speakerOf } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { claimOf } from '../domain/sender.ts';
import type { Store } from '../domain/store.ts';
import { isThere, lookAtFolder } from '../files/changes.ts';
import type { GovernorDeps, Origin } from '../governance/governor-deps.ts';
import { heldBy } from '../governance/labels/held.ts';
import { createTaints } from '../governance/labels/taints.ts';
import type { People } from '../governance/people/people.ts';
import { agentById } from '../store/tables/agents.ts';
import { sessionById } from '../store/tables/sessions.ts';
import { findEvent } from '../store/tables/spool.ts';
import { agentOf, forUser, onBehalf } from './agent-of.ts';
import { behind } from './behind.ts';
import type { Conversations } from './conversations.ts';
import type { Jails } from './jail.ts';
import { roleNow } from './role-now.ts';
import { typedIn } from './typed.ts';
import type { Users } from './users.ts';
import { userBehind } from './whose.ts';
import { windowOf } from './window.ts';

type Lookups = Pick<
  GovernorDeps,
  'agent' | 'window' | 'typed' | 'origin' | 'role' | 'worksFor' | 'taints' | 'held' | 'expiry'
>;

/** What the governor looks up instead of believing the asker. */
export const createLookups = (
  store: Store,
  config: Pick<Config, 'model' | 'fallbacks' | 'workspace' | 'approvals'>,
  {
    privates,
    nameOf,
    log,
    people,
    users,
    conversations: { read },
  }: Pick<Jails, 'privates' | 'nameOf'> & {
    readonly log: Log;
    readonly people: Pick<People, 'roleOf'>;
    readonly users: Users;
    readonly conversations: Conversations;
  },
): Lookups => ({
  agent: async ({ kind, id }: Principal, { event }: IntentContext): Promise<Agent | undefined> => {
    const row = kind === 'agent' ? await agentById(store, id) : undefined;
    if (!row) return undefined;
    const user = await userBehind({ users, sql: store }, event);
    return forUser(await onBehalf(store, agentOf(row, config), event), user);
  },
  window: async (context, principal) => {
    const sees = (await isOffline(store, context, config)) ? 'turn' : 'conversation';
    return windowOf(store, context, { principal, sees, read });
  },
  typed: (context) => typedIn(store, context, read),
  taints: createTaints({ store, log, privates, exists: isThere, look: lookAtFolder, nameOf }),
  held: (run, prepared) => heldBy({ store, privates, exists: isThere, nameOf }, run, prepared),
  origin: async ({ event: id }) => {
    const event = id === undefined ? undefined : await findEvent(store, id);
    if (!event) return { who: 'atom itself' };
    const began = event.via?.surface === 'agent' ? await behind(store, event.id) : event;
    const role = await roleNow(store, event, people);
    // Whoever is behind it is who a rule, a limit and a yes that stands are about.
    const told = whoBegan(began, role);
    if (began === event) return told;
    return { ...told, who: `the agent ${event.sender.id}, for ${told.who}`, trigger: event.text };
  },
  expiry: {
    tapMs: config.approvals.expireSeconds * 1000,
    typedMs: config.approvals.criticalSeconds * 1000,
  },
  worksFor: async (agent, { event }) => {
    const user = await userBehind({ users, sql: store }, event);
    return user === undefined || user.agents.includes(agent);
  },
  role: async ({ event: id }) => {
    const event = id === undefined ? undefined : await findEvent(store, id);
    return event && roleNow(store, event, people);
  },
});

/** Whether the planner of a session is the offline one: each agent may have a model of its own. */
async function isOffline(
  store: Store,
  { session: id }: IntentContext,
  config: Pick<Config, 'model'>,
): Promise<boolean> {
  const session = id === undefined ? undefined : await sessionById(store, id);
  const row = session && (await agentById(store, session.agent));
  return (session?.model ?? row?.model ?? config.model) === 'offline';
}

function whoBegan(began: InboundEvent | 'owner' | undefined, role: Role | undefined): Origin {
  if (began === 'owner') return { who: 'you', channel: 'terminal', sender: 'owner' };
  if (!began) return { who: 'nobody who is known here' };
  const { surface: channel, id: sender } = speakerOf(began);
  return { who: whoIs(began, role), trigger: began.text, channel, sender };
}

function whoIs(event: InboundEvent, role: Role | undefined): string {
  const { sender } = event;
  const channel = speakerOf(event).surface;
  if (channel === 'terminal') return 'you, at this terminal';
  if (channel === 'job') return `your job ${sender.id}`;
  const as =
    role === 'owner' ? '' : `, ${role === undefined ? 'no longer known here' : `a ${role}`}`;
  return `${sender.id}${claimOf(sender)} by ${channel}${as}`;
}
