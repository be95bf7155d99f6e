import type { Bearers } from '../../channels/signal/who.ts';
import type { Store } from '../../domain/store.ts';
import { dropSignalBearer, keepSignalBearer, signalBearers } from '../../store/tables/signal.ts';

/**
 * Which account of Signal each listed number is held to be of. What is not listed any more is forgotten: listed
 * again, a number may stand for another.
 */
export async function bearersOf(
  store: Store,
  { account, allow }: { readonly account: string; readonly allow: readonly string[] },
): Promise<Bearers> {
  const known = await signalBearers(store, account);
  const gone = [...known.keys()].filter((number) => !allow.includes(number));
  for (const number of gone) await dropSignalBearer(store, account, number);
  const listed = new Map([...known].filter(([number]) => allow.includes(number)));
  return { known: listed, keep: (bearer) => keepSignalBearer(store, account, bearer) };
}
