import { sha256 } from '../base/digest.ts';

/** What both sides of a connection over the network contribute, each fresh for this connection. */
export interface Handshake {
  /** 32 random bytes of the gateway, base64url. */
  readonly challenge: string;
  /** 16 random bytes or more of the client, base64url. */
  readonly nonce: string;
  /** The gateway's public key: 32 bytes, base64url. */
  readonly gateway: string;
  /** The client's public key: 32 bytes, base64url; empty for a program, which has none. */
  readonly client: string;
}

/** What a client signs with its key: nothing of it can be used on another connection or as something else. */
export const clientProof = ({ challenge, nonce, gateway, client }: Handshake): string =>
  ['atom-client-v1', challenge, nonce, gateway, client].join('\n');

/** What the gateway signs, so that a client knows that it speaks to the one whose code it scanned. */
export const gatewayProof = ({ challenge, nonce, gateway, client }: Handshake): string =>
  ['atom-gateway-v1', challenge, nonce, gateway, client].join('\n');

/**
 * The `nonce` with which a device of that public key asks an OpenID provider for its token: nobody else can bring
 * the token here then, whoever sees it.
 */
export const identityNonce = (client: string): string => sha256(`atom-identity-v1\n${client}`);

/** The six digits that people compare, such as `482 913`. */
export function pairingDigits({ challenge, nonce, gateway, client }: Handshake): string {
  const text = ['atom-digits-v1', challenge, nonce, gateway, client].join('\n');
  const number = Number(BigInt(`0x${sha256(text)}`) % 1_000_000n);
  const digits = String(number).padStart(6, '0');
  return `${digits.slice(0, 3)} ${digits.slice(3)}`;
}
