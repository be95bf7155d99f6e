import { randomBytes } from 'node:crypto';
import type { Caller } from '../../domain/caller.ts';
import type { Credentials } from '../../protocol/credentials.ts';
import type { KnownCallers } from '../known-caller.ts';

/** Asks the keeper of the keys whose a program's token is. A request of its own needs no answer to a challenge. */
export const callerOfToken =
  (
    { open, identity, seen }: Pick<Credentials, 'open' | 'identity' | 'seen'>,
    { known }: Pick<KnownCallers, 'known'>,
  ) =>
  async (token: string): Promise<Caller | undefined> => {
    const nonce = randomBytes(16).toString('base64url');
    const { publicKey } = await identity();
    const opened = await open(
      { kind: 'token', token, nonce },
      { challenge: randomBytes(32).toString('base64url'), nonce, gateway: publicKey },
      ['read'],
    );
    if (opened.kind !== 'caller') return undefined;
    seen(opened.caller.id);
    return known(opened.caller);
  };
