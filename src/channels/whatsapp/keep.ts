import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import { randomKey } from '../../base/ids.ts';
import type { Store } from '../../domain/store.ts';
import { WHATSAPP_KEY } from '../../secrets/names.ts';
import { open, type Sealed, seal } from '../../secrets/seal.ts';
import type { Secrets } from '../../secrets/secrets.ts';
import {
  dropLinkedDevice,
  dropSealedKey,
  dropSealedKind,
  keepSealedKey,
  noteSeen,
  sealedKeys,
} from '../../store/tables/whatsapp.ts';
import type { Change } from './frames.ts';

export interface KeepDeps {
  readonly store: Store;
  readonly secrets: Pick<Secrets, 'get' | 'set'>;
}

/** Everything that a linked device must remember: its identity and its sessions with other devices. */
export interface Keep {
  /** Values of one kind by id, as the child wrote them. Throws AtomError `credentials` where one cannot be opened. */
  read(kind: string, ids: readonly string[]): Promise<Readonly<Record<string, string>>>;
  /** All of it or nothing, and durable once it resolves. */
  write(changes: readonly Change[]): Promise<void>;
  /** A text that only this profile can read again. */
  seal(text: string): Promise<string>;
  /** What was sealed; undefined where it cannot be opened (any more). */
  unseal(text: string): Promise<string | undefined>;
  /** The account that this device was linked to; undefined while there is none. */
  linked(): Promise<LinkedAccount | undefined>;
  /** Forgets the sessions with other devices; they are made again as messages come. */
  forgetSessions(): Promise<void>;
  /** Forgets the link, and takes in nothing that was written before `since` (milliseconds since 1970). */
  forgetAll(since?: number): Promise<void>;
}

export interface LinkedAccount {
  /** Digits of the phone number. */
  readonly number: string;
  /** The phone numbers' stand-in that WhatsApp uses more and more, such as `123456@lid`. */
  readonly lid?: string;
}

/** The row of `wa_seen` that says when the account was linked. */
export const SINCE = '';

/** Where the child keeps its identity. */
export const CREDS = { kind: 'creds', id: 'main' } as const;

/** Kinds of values that belong to sessions with other devices. */
const SESSIONS = ['session', 'sender-key', 'sender-key-memory', 'identity-key', 'device-list'];

/** `account` is there once a phone has signed this device; a code that nobody took leaves only `me`. */
const creds = z.object({
  me: z.object({ id: z.string(), lid: z.string().nullish() }).nullish(),
  account: z.unknown(),
});

/** Keeps it in the store, each value sealed by a key that lies with the other secrets. */
export function createKeep({ store, secrets }: KeepDeps): Keep {
  let loading: Promise<Uint8Array> | undefined;
  const key = (): Promise<Uint8Array> => {
    loading ??= loadKey(secrets).catch((error: unknown) => {
      loading = undefined;
      throw error;
    });
    return loading;
  };
  const read: Keep['read'] = async (kind, ids) => {
    const sealed = await sealedKeys(store, kind, ids);
    const values: Record<string, string> = {};
    for (const [id, text] of sealed) values[id] = unseal(await key(), aboutOf(kind, id), text);
    return values;
  };
  return {
    read,
    async write(changes) {
      const sealing = await key();
      const sealed = changes.map(({ kind, id, value }) => ({
        kind,
        id,
        sealed:
          value === null
            ? null
            : JSON.stringify(seal({ key: sealing, about: aboutOf(kind, id) }, value)),
      }));
      await store.tx(async (sql) => {
        for (const { kind, id, sealed: text } of sealed)
          if (text === null) await dropSealedKey(sql, kind, id);
          else await keepSealedKey(sql, { kind, id, sealed: text });
      });
    },
    seal: async (text) => {
      const sealedText = seal({ key: await key(), about: ELSEWHERE }, text);
      return Buffer.from(JSON.stringify(sealedText)).toString('base64url');
    },
    unseal: async (text) => unsealElsewhere(await key(), text),
    async linked() {
      const { [CREDS.id]: text } = await read(CREDS.kind, [CREDS.id]);
      const { me, account } = text === undefined ? {} : creds.parse(JSON.parse(text));
      const number = /^\d+/.exec(me?.id ?? '')?.[0];
      if (number === undefined || account === undefined || account === null) return undefined;
      return { number, ...(me?.lid ? { lid: me.lid } : {}) };
    },
    forgetSessions: () =>
      store.tx(async (sql) => {
        for (const kind of SESSIONS) await dropSealedKind(sql, kind);
      }),
    forgetAll: (since) =>
      store.tx(async (sql) => {
        await dropLinkedDevice(sql);
        if (since !== undefined) await noteSeen(sql, SINCE, since);
      }),
  };
}

/** What is sealed here and kept by others. */
const ELSEWHERE = 'whatsapp';

function unsealElsewhere(key: Uint8Array, text: string): string | undefined {
  try {
    const sealed = JSON.parse(Buffer.from(text, 'base64url').toString('utf8')) as Sealed;
    return open({ key, about: ELSEWHERE }, sealed);
  } catch {
    return undefined; // nothing that was sealed
  }
}

const aboutOf = (kind: string, id: string): string => `whatsapp/${kind}/${id}`;

async function loadKey(secrets: KeepDeps['secrets']): Promise<Uint8Array> {
  const kept = await secrets.get(WHATSAPP_KEY);
  if (kept !== undefined) return Buffer.from(kept, 'base64');
  const fresh = randomKey();
  await secrets.set(WHATSAPP_KEY, fresh.toString('base64'));
  return fresh;
}

function unseal(key: Uint8Array, about: string, text: string): string {
  const value = open({ key, about }, JSON.parse(text) as Sealed);
  if (value !== undefined) return value;
  throw new AtomError(
    'credentials',
    'What is kept of the link to WhatsApp cannot be opened: its key is gone, or it was changed.',
    { next: ['Link again:   atom channels remove whatsapp, then atom channels login whatsapp'] },
  );
}
