import { z } from 'zod';
import type { Pairing } from '../domain/pairing.ts';
import { type Role, roles } from '../domain/role.ts';
import type { Sender } from '../domain/sender.ts';

const ref = z.string().min(1).max(256);
const code = z.string().min(1).max(64).optional();
const role = z.enum(roles);

/** The parameters of the methods about people: how they are let in, and who was. */
export const peopleParams = {
  /** Which channels can be paired, and how they are doing. */
  'pair.channels': () => z.strictObject({}),
  /** A new link for a channel, in the place of the one before. */
  'pair.begin': () =>
    z.strictObject({ channel: z.string().min(1).max(32), role: role.default('owner') }),
  /** Who waits under an id, or under a code that they were given. */
  'pair.show': () => z.strictObject({ id: ref }),
  'pair.cancel': () => z.strictObject({ id: ref }),
  'senders.list': () => z.strictObject({}),
  /** Lets in who waits, by a code of theirs or the pairing's id; `code` of the second factor. */
  'senders.approve': () => z.strictObject({ ref, role: role.optional(), code }),
  'senders.deny': () => z.strictObject({ ref }),
  /** Somebody known, or who waits, gets no answer from now on. */
  'senders.block': () => z.strictObject({ who: ref }),
  'senders.revoke': () => z.strictObject({ who: ref }),
  /** `code` of the second factor where it is more than before. */
  'senders.role': () => z.strictObject({ who: ref, role, code }),
} as const;

/** A pairing as clients are shown it: how long ago it was made and how long it holds, in milliseconds. */
export interface PairingView extends Omit<Pairing, 'madeAt' | 'expiresAt'> {
  readonly ageMs: number;
  readonly leftMs: number;
}

/** A channel, and how to be paired on it: not at all (`why`), or as the account of that name. */
export interface PairableChannel {
  readonly channel: string;
  readonly label: string;
  readonly identity?: string;
  readonly why?: string;
}

/** What they answer. */
export interface PeopleAnswers {
  readonly 'pair.channels': { readonly channels: readonly PairableChannel[] };
  readonly 'pair.begin': {
    readonly pairing: PairingView;
    readonly identity: string;
    readonly link: string;
    /** For those without a camera, to be sent to `identity`. */
    readonly command: string;
    /** True where the link only opens the chat, and the command has to be sent there. */
    readonly typed?: boolean;
  };
  /** Undefined where nobody does (any more). */
  readonly 'pair.show': { readonly pairing?: PairingView };
  readonly 'pair.cancel': { readonly cancelled: boolean };
  readonly 'senders.list': {
    readonly senders: readonly Sender[];
    readonly waiting: readonly PairingView[];
    /** Fixed ids that the settings name as owners, by channel. */
    readonly listed: Readonly<Record<string, readonly string[]>>;
    readonly secondFactor: boolean;
  };
  readonly 'senders.approve': { readonly sender: Sender };
  readonly 'senders.deny': { readonly denied: PairingView };
  readonly 'senders.block': { readonly sender: Sender };
  readonly 'senders.revoke': { readonly sender: Sender };
  /** `was`: the role before. */
  readonly 'senders.role': { readonly sender: Sender; readonly was: Role };
}
