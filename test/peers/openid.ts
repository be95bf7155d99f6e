import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import Provider from 'oidc-provider';

const CLIENT = 'atom';
const BACK = 'http://127.0.0.1:9/back';

export interface Person {
  readonly sub: string;
  readonly email?: string;
  readonly email_verified?: boolean;
}

/** An OpenID provider on this machine, that of the `oidc-provider` package, where whoever asks signs in as they like. */
export async function startOpenId(people: readonly Person[]) {
  const server = createServer((request, response) => void handle(request, response));
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const issuer = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const asked: string[] = [];
  let signsIn = '';
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider = new Provider(issuer, {
    clients: [
      {
        client_id: CLIENT,
        redirect_uris: [BACK],
        token_endpoint_auth_method: 'none',
        response_types: ['code'],
        grant_types: ['authorization_code'],
      },
    ],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), kid: 'first', use: 'sig' }] },
    cookies: { keys: [randomBytes(16).toString('hex')] },
    conformIdTokenClaims: false,
    ttl: { AccessToken: 60, Grant: 60, IdToken: 300, Interaction: 60, Session: 60 },
    claims: { openid: ['sub'], email: ['email', 'email_verified'] },
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_: unknown, { uid }: { uid: string }) => `/sign-in/${uid}` },
    findAccount: (_: unknown, sub: string) => ({
      accountId: sub,
      claims: () => people.find((person) => person.sub === sub),
    }),
    loadExistingGrant: async () => {
      const grant = new provider.Grant({ accountId: signsIn, clientId: CLIENT });
      grant.addOIDCScope('openid email');
      await grant.save();
      return grant;
    },
  });
  const answer = provider.callback();
  async function handle(...[request, response]: Parameters<typeof answer>): Promise<void> {
    asked.push(request.url ?? '');
    if (!request.url?.startsWith('/sign-in/')) return answer(request, response);
    const login = { accountId: signsIn, remember: false };
    await provider.interactionFinished(request, response, { login });
  }
  return {
    issuer,
    audience: CLIENT,
    /** The addresses that were asked for. */
    asked,
    /** Signs somebody in, in the way of a browser and its client, and gives the client's ID token. */
    signIn: async (sub: string, nonce: string): Promise<string> => {
      signsIn = sub;
      const verifier = randomBytes(32).toString('base64url');
      const wish = new URLSearchParams({
        client_id: CLIENT,
        redirect_uri: BACK,
        response_type: 'code',
        scope: 'openid email',
        nonce,
        state: 's',
        code_challenge_method: 'S256',
        code_challenge: createHash('sha256').update(verifier).digest('base64url'),
      });
      const code = await codeFrom(`${issuer}/auth?${wish}`);
      const reply = await fetch(`${issuer}/token`, {
        method: 'POST',
        body: new URLSearchParams({
          grant_type: 'authorization_code',
          code,
          client_id: CLIENT,
          redirect_uri: BACK,
          code_verifier: verifier,
        }),
      });
      const { id_token: token } = (await reply.json()) as { readonly id_token?: string };
      if (token === undefined) throw new Error(`no token: ${reply.status}`);
      return token;
    },
    close: () =>
      new Promise<void>((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** What a browser does until it is led back to the client. */
async function codeFrom(start: string): Promise<string> {
  const cookies = new Map<string, string>();
  let url = start;
  for (let step = 0; step < 10; step++) {
    const cookie = [...cookies].map(([name, value]) => `${name}=${value}`).join('; ');
    const reply = await fetch(url, { redirect: 'manual', headers: { cookie } });
    await reply.body?.cancel();
    for (const set of reply.headers.getSetCookie()) {
      const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(set) ?? [];
      cookies.set(name, value);
    }
    url = new URL(reply.headers.get('location') ?? '', url).href;
    if (url.startsWith(BACK)) return new URL(url).searchParams.get('code') ?? '';
  }
  throw new Error('the provider leads nowhere');
}
