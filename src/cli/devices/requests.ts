import type { Gateway } from '../../bridge/gateway.ts';
import type { PairingRequest } from '../../domain/device.ts';

/** Devices that ask to be let in, as the gateway tells of them. */
export interface Requests {
  /** The next one; undefined once `over` resolves, and where the gateway goes. */
  next(over: Promise<void>): Promise<PairingRequest | undefined>;
  /** How a request was decided elsewhere: `approved`, `denied`, `expired`. */
  decided(request: PairingRequest): Promise<string>;
}

/** Has to be called before the code is shown: what came earlier is not heard of. */
export function watchRequests(gateway: Gateway): Requests {
  const first = Promise.withResolvers<PairingRequest>();
  const ends = new Map<string, PromiseWithResolvers<string>>();
  const endOf = (code: string): PromiseWithResolvers<string> => {
    const end = ends.get(code) ?? Promise.withResolvers<string>();
    ends.set(code, end);
    return end;
  };
  gateway.on((event) => {
    if (event.kind === 'device.waiting') first.resolve(event.request);
    if (event.kind === 'approval.decided') endOf(event.code).resolve(event.state);
  });
  const gone = gateway.closed.then(() => undefined);
  return {
    next: (over) => Promise.race([first.promise, over.then(() => undefined), gone]),
    decided: ({ id }) => endOf(id).promise,
  };
}
