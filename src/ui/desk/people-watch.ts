import { asAtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { deciding } from '../../protocol/newcomers.ts';
import type { Follower } from './follower.ts';

/** The gateway's clock and ours may differ by this. */
const SLACK_MS = 1_000;

/**
 * Asks who waits to be let in: now, when `changed` is called, and once the time of somebody is up. Only
 * this machine's own terminal may know; elsewhere nothing is asked.
 */
export function watchPeople(
  gateway: Gateway,
  to: Pick<Follower, 'people' | 'trouble'>,
  signal: AbortSignal,
): { changed(): void } {
  if (!gateway.hello.scopes.includes('admin')) return { changed: () => undefined };
  let timer: NodeJS.Timeout | undefined;
  let latest = 0;
  const ask = async (): Promise<void> => {
    clearTimeout(timer);
    latest += 1;
    const mine = latest;
    try {
      const people = await gateway.request('senders.list', {}, { signal });
      if (signal.aborted || mine !== latest) return;
      to.people(people);
      const left = deciding(people).map(({ leftMs }) => leftMs);
      if (left.length > 0) timer = setTimeout(() => void ask(), Math.min(...left) + SLACK_MS);
    } catch (thrown) {
      if (!signal.aborted) to.trouble(asAtomError(thrown));
    }
  };
  signal.addEventListener('abort', () => clearTimeout(timer), { once: true });
  return { changed: () => void ask() };
}
