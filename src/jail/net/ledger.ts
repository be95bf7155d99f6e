import type { Socket } from 'node:net';
import type { Contact, Contacts } from '../../domain/contacts.ts';
import { type Target, targetText } from './target.ts';

/** Counts what one run says to whom, and ends all of it at once. */
export interface Ledger {
  /** Counts what goes over a connection from now on. */
  opened(target: Target, socket: Socket): void;
  refused(host: string, why: string): void;
  contacts(): Contacts;
  /** Ends every connection that is still open. */
  close(): void;
}

/** A command can think of names without end; a record cannot hold them. */
const MOST_REACHED = 100;
const MOST_REFUSED = 20;
const OTHERS = 'others';

export function createLedger(): Ledger {
  const settled = new Map<string, Contact>();
  const open = new Map<Socket, string>();
  const refusals = new Map<string, string>();
  const place = <T>(map: ReadonlyMap<string, T>, host: string, most: number): string =>
    map.has(host) || map.size < most ? host : OTHERS;
  return {
    opened(target, socket) {
      const host = place(settled, targetText(target), MOST_REACHED);
      open.set(socket, host);
      // Whoever else listens: a connection that breaks must never end the gateway.
      socket.on('error', () => socket.destroy());
      settled.set(host, settled.get(host) ?? { host, up: 0, down: 0 });
      socket.once('close', () => {
        open.delete(socket);
        settled.set(host, more(settled.get(host), host, socket));
      });
    },
    refused(host, why) {
      const key = place(refusals, host, MOST_REFUSED);
      refusals.set(key, key === host ? why : 'more were refused');
    },
    contacts() {
      const all = new Map(settled);
      for (const [socket, host] of open) all.set(host, more(all.get(host), host, socket));
      const refused = [...refusals].map(([host, why]) => ({ host, why }));
      return { reached: [...all.values()], refused };
    },
    close() {
      for (const socket of open.keys()) socket.destroy();
    },
  };
}

const more = (before: Contact | undefined, host: string, socket: Socket): Contact => ({
  host,
  up: (before?.up ?? 0) + socket.bytesWritten,
  down: (before?.down ?? 0) + socket.bytesRead,
});
