import { ConnectionError } from './errors.ts';
import type { WebWire } from './web-socket.ts';

/** Waits for the first text of a wire. Rejects with ConnectionError or the signal's reason. */
export async function firstText(wire: WebWire, signal: AbortSignal): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  const aborted = (): void => reject(signal.reason);
  signal.addEventListener('abort', aborted, { once: true });
  wire.listen(
    (text) => {
      wire.hold();
      resolve(text);
    },
    ({ message }) => reject(new ConnectionError('network', message)),
  );
  if (signal.aborted) aborted();
  return promise.finally(() => signal.removeEventListener('abort', aborted));
}
