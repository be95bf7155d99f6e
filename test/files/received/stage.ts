import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { newId } from '../../../src/base/ids.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import type { InboundEvent, MediaRef } from '../../../src/domain/event.ts';
import type { Store } from '../../../src/domain/store.ts';
import { createKeptFiles } from '../../../src/files/received/kept-files.ts';
import { takeIn } from '../../../src/files/received/take.ts';
import { facts } from '../../outbox/stage.ts';
import { freshFolder, heldClock } from '../../store/fresh.ts';

export const PNG = Buffer.from('\x89PNG\r\n\x1a\n and the rest of a picture', 'latin1');

export const message = (id: string, media: readonly MediaRef[]): InboundEvent => ({
  id,
  externalId: id,
  sender: { id: '1' },
  kind: 'message',
  text: '',
  media,
  at: 0,
  from: { channel: 'telegram', account: '1', peer: '1' },
  isGroup: false,
  mentionsMe: true,
});

export type Download = NonNullable<Channel['download']>;

/** The bytes in pieces, as a platform sends them. */
export async function* pieces(bytes: Uint8Array, each = 7): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < bytes.length; at += each) yield bytes.subarray(at, at + each);
}

const LIMITS = { file: 1_000_000, all: 10_000_000 };

/** A real store and folder, and a platform that hands out what `download` says. */
export async function setTaking(
  download: Download | undefined,
  { store, limits = LIMITS }: { readonly store: Store; readonly limits?: typeof LIMITS },
) {
  const run = newId();
  const root = join(freshFolder(), 'received');
  const clock = heldClock();
  const asked: string[] = [];
  const channel: Channel = {
    facts,
    open: () => undefined,
    send: async () => ({ externalId: '1' }),
    close: async () => undefined,
    ...(download && {
      download: (ref, signal) => {
        asked.push(ref.id);
        return download(ref, signal);
      },
    }),
  };
  const files = createKeptFiles(root);
  const deps = { store, clock, files, limits, channel: () => channel };
  const stopping = new AbortController();
  onTestFinished(() => stopping.abort());
  const take = (media: readonly MediaRef[], id = 'e1', from: { readonly giver?: string } = {}) =>
    takeIn(deps, { event: message(`${run}${id}`, media), session: 's1', ...from }, stopping.signal);
  return { root, files, asked, take, stopping, event: (id = 'e1') => `${run}${id}` };
}
