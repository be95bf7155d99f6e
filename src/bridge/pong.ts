import { ConnectionError } from './errors.ts';
import type { Wire } from './wire.ts';

/** Rejects with ConnectionError where no answer to a ping comes within `timeoutMs`. */
export async function pong(ping: NonNullable<Wire['ping']>, timeoutMs: number): Promise<void> {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  const late = setTimeout(
    () => reject(new ConnectionError('timeout', `The gateway was silent for ${timeoutMs} ms.`)),
    timeoutMs,
  );
  ping(resolve);
  await promise.finally(() => clearTimeout(late));
}
