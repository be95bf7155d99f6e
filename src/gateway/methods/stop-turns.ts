import type { Atom } from '../../atom.ts';
import { type Caller, deciderOf } from '../../domain/caller.ts';
import { deciderWords } from '../../domain/halt.ts';
import { sessionByKey } from '../../store/tables/sessions.ts';

/** Stops what an agent has begun, and what it waits for is void. */
export async function stopTurnsOf(
  { records, running }: Pick<Atom, 'records' | 'running'>,
  agent: string,
  caller: Caller,
): Promise<void> {
  for (const key of running.keys())
    if ((await sessionByKey(records.store, key))?.agent === agent)
      running.stop(key, deciderWords(deciderOf(caller)));
}
