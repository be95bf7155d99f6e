import { SendError } from '../../domain/channel.ts';
import type { SignalDeps } from './deps.ts';
import { openWire } from './door.ts';
import { sendFailureOf } from './failures.ts';
import type { Line } from './line.ts';
import { beginSession, type Session } from './session.ts';

type Work<T> = (session: Session) => Promise<T>;

/**
 * Does something over the connection there is; where the channel was not opened, over one of its own. Throws
 * SendError.
 */
export const onceConnected =
  ({ settings, answerMs }: SignalDeps, line: () => Line | undefined) =>
  async <T>(signal: AbortSignal, work: Work<T>): Promise<T> => {
    const kept = line();
    if (kept) return work(await kept.session(signal));
    const soon = AbortSignal.any([signal, AbortSignal.timeout(answerMs)]);
    const wire = await openWire(settings.door, { events: {}, take: () => undefined }, soon).catch(
      notSent,
    );
    try {
      return await work(await beginSession(wire, settings.account, soon).catch(notSent));
    } finally {
      wire.close();
    }
  };

function notSent(thrown: unknown): never {
  const { reason } = sendFailureOf(thrown);
  throw new SendError({ kind: 'later', reason });
}
