import { hkdfSync } from 'node:crypto';
import type { Vote, WireMessage } from '../frames.ts';
import type { Baileys, Content, Creds, FullMessage } from './baileys.ts';
import { envelopeOf } from './read-message.ts';

/** Makes the secrets of polls, and reads with them what somebody voted for. */
export interface Votes {
  /** What votes on a poll are encrypted with: whoever got the poll has it, and nobody else. */
  secretOf(poll: string): Uint8Array;
  /** The vote in a message; undefined where there is none, or none on a poll of ours. */
  read(message: FullMessage, offline: boolean): WireMessage | undefined;
}

const SECRET_BYTES = 32;
const HASH_BYTES = 32;
const MOST_OPTIONS = 12;
const MOST_ID = 128;

/**
 * A poll's secret is made from its id and the key that this device alone has, so that votes can be read
 * after a restart and nothing has to be kept. Linked anew, a device can read none of before.
 */
export function createVotes(library: Baileys, creds: Creds): Votes {
  const secretOf = (poll: string): Uint8Array => {
    const { private: key } = creds.signedIdentityKey;
    return new Uint8Array(
      hkdfSync('sha256', key, new Uint8Array(), `atom poll ${poll}`, SECRET_BYTES),
    );
  };
  const namesOf = (...jids: readonly (string | undefined)[]): readonly string[] => [
    ...new Set(jids.flatMap((jid) => (jid ? [library.jidNormalizedUser(jid)] : []))),
  ];
  return {
    secretOf,
    read(message, offline) {
      const { key } = message;
      // Nothing is asked in groups.
      if (key.remoteJid.endsWith('@g.us')) return undefined;
      const update = library.normalizeMessageContent(message.message ?? undefined)
        ?.pollUpdateMessage as Update | null | undefined;
      const of = update?.pollCreationMessageKey?.id;
      if (!update?.vote || typeof of !== 'string' || of.length > MOST_ID) return undefined;
      const me = namesOf(creds.me?.id, creds.me?.lid);
      const voters = key.fromMe ? me : namesOf(key.remoteJid, key.remoteJidAlt);
      const sealed = { vote: update.vote, of, secret: secretOf(of) };
      const options = open(library, sealed, pairs(me, voters));
      if (options === undefined) return undefined;
      return {
        ...envelopeOf(message, offline),
        text: '',
        forwarded: false,
        media: [],
        mentions: [],
        vote: { of, options },
      };
    },
  };
}

interface Update {
  readonly pollCreationMessageKey?: { readonly id?: unknown } | null;
  readonly vote?: Content | null;
}

interface Sealed {
  readonly vote: Content;
  readonly of: string;
  readonly secret: Uint8Array;
}

/** Which of their names phones seal a vote with differs; a wrong one opens nothing. */
function open(
  { decryptPollVote }: Baileys,
  { vote, of, secret }: Sealed,
  names: readonly { readonly creator: string; readonly voter: string }[],
): Vote['options'] | undefined {
  for (const { creator, voter } of names) {
    try {
      const { selectedOptions = [] } = decryptPollVote(vote, {
        pollMsgId: of,
        pollEncKey: secret,
        pollCreatorJid: creator,
        voterJid: voter,
      });
      return hashesOf(selectedOptions);
    } catch {
      // Sealed with another name, or for no poll of ours.
    }
  }
  return undefined;
}

function hashesOf(options: readonly Uint8Array[]): Vote['options'] | undefined {
  if (options.length > MOST_OPTIONS) return undefined;
  if (options.some(({ length }) => length !== HASH_BYTES)) return undefined;
  return options.map((option) => Buffer.from(option).toString('hex'));
}

const pairs = (creators: readonly string[], voters: readonly string[]) =>
  creators.flatMap((creator) => voters.map((voter) => ({ creator, voter })));
