import type { InboundEvent } from '../../domain/event.ts';
import { JOB_SESSIONS } from '../../domain/job.ts';
import type { Sql } from '../../domain/store.ts';
import { sessionById } from '../../store/tables/sessions.ts';
import { findEvent } from '../../store/tables/spool.ts';
import type { Place } from '../../store/tables/tally.ts';
import { behind } from '../behind.ts';
import type { Users } from '../users.ts';
import { userBehind, userOfSession } from '../whose.ts';

/** Where something was asked for. */
export interface Context {
  /** Ids. */
  readonly session?: string | null;
  readonly event?: string | null;
}

type Deps = { readonly sql: Sql; readonly users: Pick<Users, 'at' | 'list'> };

/** For whom something is done and through which channel, as far as the messages are still there. Remembers the last ones. */
export function createAttribution(deps: Deps): (context: Context) => Promise<Omit<Place, 'agent'>> {
  const known = new Map<string, Promise<Omit<Place, 'agent'>>>();
  return (context) => {
    const key = `${context.session ?? ''} ${context.event ?? ''}`;
    const found = known.get(key) ?? attribute(deps, context);
    if (known.size >= MOST_KNOWN) known.clear();
    known.set(key, found);
    return found;
  };
}

const MOST_KNOWN = 2000;

async function attribute(
  { sql, users }: Deps,
  { session: id, event }: Context,
): Promise<Omit<Place, 'agent'>> {
  const said = event ? await findEvent(sql, event) : undefined;
  const session = id ? await sessionById(sql, id) : undefined;
  const user =
    (said && (await userBehind({ users, sql }, said))?.name) ??
    (session && (await userOfSession({ users, sql }, session)));
  if (session?.key.startsWith(JOB_SESSIONS)) return { user: user ?? '', channel: 'job' };
  const began = said && (await beginning(sql, said));
  return { user: user ?? '', channel: (began ?? session?.home)?.channel ?? '' };
}

/** Where what agents do for each other began. */
async function beginning(sql: Sql, said: InboundEvent) {
  if (said.via?.surface !== 'agent') return said.from;
  const began = await behind(sql, said.id);
  return began === undefined || began === 'owner' ? said.from : began.from;
}
