import type { Address } from '../domain/address.ts';
import { JOB_SESSIONS } from '../domain/job.ts';
import type { Sender } from '../domain/sender.ts';
import type { Sql } from '../domain/store.ts';
import { keyOf } from '../protocol/session-key.ts';
import type { Running } from '../sessions/running.ts';
import { sessionsUnderWay } from '../store/tables/sessions.ts';
import { dropWaiting } from '../store/tables/spool.ts';
import type { Records } from './record.ts';

export interface SilenceParts {
  readonly records: Pick<Records, 'store'>;
  readonly running: Pick<Running, 'stop'>;
}

/**
 * What somebody said and nobody answered yet is dropped, and what runs for them in their chat stops; so does
 * what a job has under way that is told there.
 */
export async function silence({ records, running }: SilenceParts, sender: Sender): Promise<void> {
  const { channel, account, peer = sender.id } = sender;
  const chat = { channel, account, peer };
  const keys = await records.store.tx(async (sql) => {
    const all = [keyOf(chat, false), ...(await jobsToldIn(sql, chat))];
    for (const key of all) await dropWaiting(sql, key, 'revoked');
    return all;
  });
  for (const key of keys) running.stop(key, 'you, at the terminal');
}

/** The sessions of runs of jobs that are not over and are told in a chat, or in a thread of it. */
const jobsToldIn = async (sql: Sql, chat: Address): Promise<readonly string[]> =>
  (await sessionsUnderWay(sql, JOB_SESSIONS))
    .filter(
      ({ home }) =>
        home.channel === chat.channel && home.account === chat.account && home.peer === chat.peer,
    )
    .map(({ key }) => key);
