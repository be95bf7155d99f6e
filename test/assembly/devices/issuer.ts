import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import {
  type CryptoKey,
  exportJWK,
  generateKeyPair,
  type JWK,
  type JWTPayload,
  SignJWT,
} from 'jose';
import { onTestFinished } from 'vitest';

interface Key {
  readonly privateKey: CryptoKey;
  readonly jwk: JWK;
}

export async function newSigningKey(kid: string, alg = 'ES256'): Promise<Key> {
  const { privateKey, publicKey } = await generateKeyPair(alg, { extractable: true });
  return { privateKey, jwk: { ...(await exportJWK(publicKey)), kid, alg, use: 'sig' } };
}

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** A provider of a few lines, which says and signs whatever a test has it say and sign. */
export async function startIssuer() {
  let key = await newSigningKey('k1');
  const shows: { keys: readonly JWK[]; document: Record<string, unknown>; answer?: Answer } = {
    keys: [key.jwk],
    document: {},
  };
  const asked: string[] = [];
  const server = createServer((request, response) => {
    asked.push(request.url ?? '');
    if (shows.answer) return shows.answer(request, response);
    const body = request.url?.endsWith('/jwks')
      ? { keys: shows.keys }
      : { issuer: url, jwks_uri: `${url}/jwks`, ...shows.document };
    response.setHeader('content-type', 'application/json').end(JSON.stringify(body));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    url,
    asked,
    shows,
    key: () => key,
    /** From now on it signs with that one, and shows no other. */
    rotate: (next: Key) => {
      key = next;
      shows.keys = [next.jwk];
    },
    /** A token as it should be, but for what a test says. */
    token: (
      now: number,
      claims: JWTPayload = {},
      { by = key, ...header }: { by?: Key; alg?: string; kid?: string; typ?: string } = {},
    ): Promise<string> => {
      const seconds = Math.floor(now / 1000);
      const times = { iat: seconds, exp: seconds + 300 };
      return new SignJWT({ iss: url, aud: 'atom', sub: '2482', ...times, ...claims })
        .setProtectedHeader({ alg: 'ES256', kid: String(by.jwk.kid), ...header })
        .sign(by.privateKey);
    },
  };
}
