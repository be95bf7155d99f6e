import { once } from 'node:events';
import type { Duplex } from 'node:stream';
import { connect as connectTls } from 'node:tls';
import { isAddress } from '../base/address-list.ts';
import { AtomError, asAtomError } from '../base/errors.ts';
import type { Outside } from '../domain/outside.ts';
import type { Hosts } from './hosts.ts';
import { type Place, placeWords } from './place.ts';

/** Opens a connection to a place. Throws AtomError `blocked` where nobody may, `failed` where nobody answers. */
export type Connect = (place: Place, signal: AbortSignal) => Promise<Duplex>;

/** A name with many addresses is tried at a few. */
const MOST_ADDRESSES = 4;

/**
 * Connections of one request, redirects and all. A name is looked up once, and what is dialled is an
 * address that was checked: whoever owns the name cannot answer differently a moment later.
 */
export function createConnect(outside: Outside, hosts: Hosts): Connect {
  const known = new Map<string, readonly string[]>();
  const addressesOf = async (place: Place, signal: AbortSignal): Promise<readonly string[]> => {
    const { host } = place;
    if (isAddress(host)) return [host];
    const found = known.get(host) ?? (await unless(signal, outside.resolve(host)).catch(() => []));
    signal.throwIfAborted();
    if (found.length === 0) throw new AtomError('failed', `${host} was not found.`);
    known.set(host, found);
    return found;
  };
  return async (place, signal) => {
    const all = await addressesOf(place, signal);
    const fit = all.filter((address) => hosts.fits(place, address)).slice(0, MOST_ADDRESSES);
    if (fit.length === 0) throw notPublic(place);
    for (const address of fit) {
      const socket = await dial(outside, { address, port: place.port }, signal);
      if (socket) return place.secure ? await secured(socket, place, signal) : socket;
    }
    throw new AtomError('failed', `${placeWords(place)} did not answer.`);
  };
}

/** A connection, or none; one that comes too late is closed. */
async function dial(
  outside: Outside,
  { address, port }: { readonly address: string; readonly port: number },
  signal: AbortSignal,
): Promise<Duplex | undefined> {
  const dialled = outside.dial(address, port);
  try {
    return await unless(signal, dialled);
  } catch {
    dialled.then(
      (socket) => socket.destroy(),
      () => undefined,
    );
    signal.throwIfAborted();
    return undefined;
  }
}

/** TLS whose certificate is checked, whatever the environment says of that. */
async function secured(socket: Duplex, { host }: Place, signal: AbortSignal): Promise<Duplex> {
  const name = isAddress(host) ? {} : { servername: host };
  const secure = connectTls({
    socket,
    host,
    ...name,
    ALPNProtocols: ['http/1.1'],
    rejectUnauthorized: true,
    minVersion: 'TLSv1.2',
  });
  try {
    await once(secure, 'secureConnect', { signal });
    return secure;
  } catch (thrown) {
    secure.destroy();
    socket.destroy();
    signal.throwIfAborted();
    const { message } = asAtomError(thrown);
    throw new AtomError('failed', `${host} has no TLS that can be trusted: ${message}`);
  }
}

function unless<T>(signal: AbortSignal, promise: Promise<T>): Promise<T> {
  signal.throwIfAborted();
  const { promise: aborted, reject } = Promise.withResolvers<never>();
  const stop = (): void => reject(signal.reason);
  signal.addEventListener('abort', stop, { once: true });
  return Promise.race([promise, aborted]).finally(() => signal.removeEventListener('abort', stop));
}

const notPublic = (place: Place): AtomError =>
  new AtomError(
    'blocked',
    `${placeWords(place)} is an address of this machine or of a private network.`,
    {
      next: [
        `Where it is a server of yours:   atom config set net.private '["${place.host.includes(':') ? `[${place.host}]` : place.host}:${place.port}"]'`,
      ],
    },
  );
