import { lookup } from 'node:dns/promises';
import { connect, isIPv6, type Socket } from 'node:net';
import { AtomError } from '../../base/errors.ts';
import type { Outside } from '../../domain/outside.ts';

const DIAL_MS = 10_000;
/** Look-ups wait in threads that reading files needs too: a slow name must not take all of them. */
const LOOKUPS_AT_ONCE = 2;

/** The internet, as this machine sees it. */
export function createOutside(): Outside {
  const busy = new Set<Promise<unknown>>();
  return {
    async resolve(host) {
      while (busy.size >= LOOKUPS_AT_ONCE) await Promise.race(busy);
      const found = lookup(host, { all: true, order: 'verbatim' });
      const over: Promise<unknown> = found.then(
        () => busy.delete(over),
        () => busy.delete(over),
      );
      busy.add(over);
      return (await found).map(({ address }) => address);
    },
    dial,
  };
}

function dial(address: string, port: number): Promise<Socket> {
  const { promise, resolve, reject } = Promise.withResolvers<Socket>();
  const family = isIPv6(address) ? 6 : 4;
  const socket = connect({ host: address, port, family, allowHalfOpen: true });
  socket.setTimeout(DIAL_MS, () =>
    socket.destroy(new AtomError('failed', `${address} did not answer in ${DIAL_MS} ms`)),
  );
  socket.once('error', reject);
  socket.once('connect', () => {
    socket.off('error', reject).setTimeout(0);
    resolve(socket);
  });
  return promise;
}
