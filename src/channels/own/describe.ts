import { AtomError } from '../../base/errors.ts';
import { redactOutput } from '../../base/redact.ts';
import { visible } from '../../base/visible.ts';
import type { OwnChannelSaid } from '../../domain/own-channel.ts';
import { type OwnHost, startProcess } from './process.ts';
import { readSaid } from './said.ts';

/**
 * What a compiled module says of itself, in an empty jail that reaches nobody. Throws AtomError `failed` with
 * its own words, `usage` with what is wrong in what it says, `unavailable` without a jail.
 */
export async function describeOwn(
  host: OwnHost,
  code: string,
  signal: AbortSignal,
): Promise<OwnChannelSaid> {
  if ((await host.status()).state !== 'ready')
    throw new AtomError('unavailable', 'No channel can run, because there is no jail that holds.', {
      next: ['atom doctor'],
    });
  let said: unknown;
  let isSaid = false;
  const process = startProcess(host, {
    hosts: [],
    ownServers: [],
    redact: redactOutput([]),
    news: (news) => {
      if (news.news === 'loaded') [said, isSaid] = [news.said, true];
      process.end(news.news === 'over' ? visible(news.words ?? 'it ended') : 'it spoke too early');
    },
  });
  const late = (): void => process.end('it took too long to say what it is');
  signal.addEventListener('abort', late, { once: true });
  process.tell({ do: 'load', code });
  const words = await process.gone.finally(() => signal.removeEventListener('abort', late));
  if (!isSaid) throw new AtomError('failed', `channel.ts cannot be used: ${words}`);
  const read = readSaid(said);
  if (typeof read !== 'string') return read;
  throw new AtomError('usage', `channel.ts is incomplete.\n${read}`);
}
