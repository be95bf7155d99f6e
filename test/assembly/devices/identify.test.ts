import { createHmac } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { exportSPKI, importJWK, type JWTPayload } from 'jose';
import { describe, expect, it } from 'vitest';
import { createIdentify } from '../../../src/assembly/devices/identifying.ts';
import type { AtomOptions } from '../../../src/assembly/parts.ts';
import type { Records } from '../../../src/assembly/record.ts';
import type { Mark } from '../../../src/domain/identity.ts';
import type { User } from '../../../src/domain/user.ts';
import { createOutside } from '../../../src/jail/net/outside.ts';
import { freePort } from '../../peers/free-port.ts';
import { freshFolder, freshStore, heldClock } from '../../store/fresh.ts';
import { newSigningKey, startIssuer } from './issuer.ts';

/** Dana is known as 2482 and dana@example.com, erik as e, to a provider of this machine. */
async function openDesk({
  keys,
  own,
}: {
  readonly keys?: string;
  readonly own?: readonly string[];
} = {}) {
  const issuer = await startIssuer();
  const clock = heldClock();
  const { store } = await freshStore();
  const at = { issuer: issuer.url, audience: 'atom', ...(keys === undefined ? {} : { keys }) };
  const user = (name: string, marks: readonly Mark[]): User => ({
    name,
    role: 'member',
    senders: [],
    agents: [name],
    jails: [],
    feed: 'own',
    identities: marks.map((mark) => ({ ...at, ...mark })),
  });
  const users = {
    all: [
      user('dana', [{ subject: '2482' }, { email: 'dana@example.com' }]),
      user('erik', [{ subject: 'e' }, { email: 'erik@example.com' }]),
    ] as readonly User[],
  };
  const settings = { net: { allow: [], plain: [], private: own ?? [] } };
  const options = { config: settings, clock } as unknown as AtomOptions;
  const open = () =>
    createIdentify(
      options,
      { store, users: { list: () => users.all } } as unknown as Records,
      createOutside(),
    );
  let identify = open();
  const says = async (token: string, nonce?: string): Promise<string> => {
    try {
      return (await identify(token, nonce)).user;
    } catch (error) {
      // Nothing of it is repeated.
      const { message, next } = error as { message: string; next: readonly string[] };
      if (token.length > 30)
        expect(JSON.stringify([message, next])).not.toContain(token.slice(0, 30));
      return message;
    }
  };
  return {
    issuer,
    clock,
    users,
    says,
    store,
    restart: () => {
      identify = open();
    },
    token: (claims?: JWTPayload, header?: Parameters<typeof issuer.token>[2]) =>
      issuer.token(clock.now(), claims, header),
  };
}

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');

describe('an identity token', () => {
  it('says whose a device is, once', async () => {
    const { says, token, restart, store } = await openDesk();
    const good = await token();
    expect(await says(good)).toBe('dana');
    expect(await says(good)).toContain('used before');
    // A restart forgets keys, and no token.
    restart();
    expect(await says(good)).toContain('used before');
    expect(await says(await token({ sub: 'e' }))).toBe('erik');
    expect(await says(await token({ sub: '2483' }))).toContain('nobody who is a user here');
    expect(JSON.stringify(await store.all('SELECT * FROM spent_token'))).not.toContain(
      good.slice(-20),
    );
  });

  it('is not another one because its signature is written in another way', async () => {
    const { says, token } = await openDesk();
    const good = await token();
    const [signed, signature] = [good.slice(0, good.lastIndexOf('.')), good.split('.')[2] ?? ''];
    const bytes = Buffer.from(signature, 'base64url');
    const order = 0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551n;
    const s = BigInt(`0x${bytes.subarray(32).toString('hex')}`);
    const other = Buffer.from((order - s).toString(16).padStart(64, '0'), 'hex');
    const twin = `${signed}.${Buffer.concat([bytes.subarray(0, 32), other]).toString('base64url')}`;
    expect(await says(twin)).toBe('dana');
    expect(await says(good)).toContain('used before');
  });

  it('counts an address only where the provider has verified it, and of ASCII alone', async () => {
    const { says, token } = await openDesk();
    const by = async (email: string, email_verified?: unknown) =>
      says(await token({ sub: 'x', email, email_verified, jti: `${email}${email_verified}` }));
    expect(await by('Dana@Example.com', true)).toBe('dana');
    for (const verified of [false, undefined, 'true', 1])
      expect(await by('dana@example.com', verified)).toContain('nobody');
    expect(await by('dana@eⅹample.com', true)).toContain('nobody');
    // The sign for kelvin is a small k once it is made small.
    expect(await by('eri\u212a@example.com', true)).toContain('nobody');
    expect(await by('eriK@example.com', true)).toBe('erik');
    expect(await by('dana@example.com ', true)).toContain('nobody');
  });

  it('that speaks of two users is nobody’s', async () => {
    const { says, token } = await openDesk();
    const both = { sub: 'e', email: 'dana@example.com', email_verified: true };
    expect(await says(await token(both))).toContain('two users at once');
  });

  it('is not taken where anything about it is wrong', async () => {
    const { says, token, issuer, clock } = await openDesk();
    const now = Math.floor(clock.now() / 1000);
    const wrong: readonly (readonly [JWTPayload, string])[] = [
      [{ iss: 'https://evil.example' }, 'another issuer'],
      [{ iss: `${issuer.url}/` }, 'another issuer'],
      [{ aud: 'other' }, 'another client'],
      [{ aud: ['atom', 'other'] }, 'another client'],
      [{ aud: ['atom', 'other'], azp: 'other' }, 'another client'],
      [{ azp: 'other' }, 'another client'],
      [{ exp: now - 61 }, 'too old'],
      [{ iat: now - 3700, exp: now + 9e6 }, 'too old'],
      [{ iat: now + 120 }, 'wrong time'],
      [{ nbf: now + 120 }, 'not good yet'],
      [{ sub: '' }, 'speaks of nobody'],
      [{ sub: undefined as never }, 'lacks'],
      [{ exp: undefined as never }, 'lacks'],
      [{ iat: undefined as never }, 'lacks|wrong time'],
    ];
    for (const [claims, words] of wrong)
      expect(await says(await token(claims)), JSON.stringify(claims)).toMatch(new RegExp(words));
    expect(await says(await token({}, { typ: 'at+jwt' }))).toContain('no ID token');
    expect(await says(await token({}, { typ: 'logout+jwt' }))).toContain('no ID token');
    for (const text of ['', 'a.b.c', 'a.b', 'a.b.c.d.e', `${await token()}x.`])
      expect(await says(text)).toContain('not good');
    // A minute of difference between two clocks is nothing.
    expect(await says(await token({ exp: now - 30, typ: 'JWT' }))).toBe('dana');
    expect(await says(await token({ aud: ['atom', 'b'], azp: 'atom' }))).toBe('dana');
  });

  it('is signed by a key of the issuer and in no other way', async () => {
    const { says, token, issuer } = await openDesk();
    const [, claims = ''] = (await token()).split('.');
    const none = `${part({ alg: 'none' })}.${claims}.`;
    expect(await says(none)).toMatch(/not signed in a way|cannot be read/);
    const spki = await exportSPKI((await importJWK(issuer.key().jwk, 'ES256')) as never);
    for (const secret of [spki, JSON.stringify(issuer.key().jwk), String(issuer.key().jwk.x)]) {
      const head = part({ alg: 'HS256', kid: 'k1' });
      const mac = createHmac('sha256', secret).update(`${head}.${claims}`).digest('base64url');
      expect(await says(`${head}.${claims}.${mac}`)).toContain('not signed in a way that is taken');
    }
    const evil = await newSigningKey('k1');
    expect(await says(await token({}, { by: evil }))).toContain('signature is wrong');
    // A token does not say itself which key it is signed with.
    const brought = { by: evil, jwk: evil.jwk, jku: 'https://evil.example/jwks', kid: 'k1' };
    expect(await says(await token({}, brought as never))).toContain('signature is wrong');
    const [head = '', body = '', signature = ''] = (await token()).split('.');
    const other = part({ ...JSON.parse(Buffer.from(body, 'base64url').toString()), sub: 'e' });
    expect(await says(`${head}.${other}.${signature}`)).toContain('signature is wrong');
    const critical = { crit: ['b64'], b64: false };
    const odd = `${part({ alg: 'ES256', kid: 'k1', ...critical })}.${body}.${signature}`;
    expect(await says(odd)).toContain('not good');
  });

  it('that was asked for by a device is for no other one', async () => {
    const { says, token } = await openDesk();
    expect(await says(await token({ nonce: 'a' }), 'b')).toContain('not asked for by this device');
    expect(await says(await token(), 'b')).toContain('not asked for by this device');
    expect(await says(await token({ nonce: 'b' }), 'b')).toBe('dana');
  });
});

describe('the keys of the issuer', () => {
  it('may change: one that is not known is looked for, and not without end', async () => {
    const { says, token, issuer, clock } = await openDesk();
    expect(await says(await token())).toBe('dana');
    expect(issuer.asked).toEqual(['/.well-known/openid-configuration', '/jwks']);
    expect(await says(await token({ jti: '2' }))).toBe('dana');
    expect(issuer.asked).toHaveLength(2);
    issuer.rotate(await newSigningKey('k2'));
    // Just fetched, they are not fetched again for whoever names a key that there is not.
    for (let i = 0; i < 20; i++)
      expect(await says(await token({ jti: `n${i}` }))).toContain('no such key');
    expect(issuer.asked).toHaveLength(2);
    clock.pass(31_000);
    expect(await says(await token({ jti: '3' }))).toBe('dana');
    expect(issuer.asked).toHaveLength(4);
    // The old one is void after ten minutes at most, whatever is asked.
    const old = issuer.key();
    issuer.rotate(await newSigningKey('k3'));
    clock.pass(601_000);
    expect(await says(await token({ jti: '4' }, { by: old }))).toContain('no such key');
  });

  it('come from where the settings say, and from nowhere else', async () => {
    const elsewhere = await startIssuer();
    const desk = await openDesk();
    desk.issuer.shows.document = { jwks_uri: `${elsewhere.url}/jwks` };
    expect(await desk.says(await desk.token())).toContain('its keys are somewhere else');
    desk.issuer.shows.document = { jwks_uri: 'file:///etc/passwd' };
    expect(await desk.says(await desk.token())).toContain('its keys are somewhere else');
    desk.issuer.shows.document = { issuer: 'https://evil.example' };
    expect(await desk.says(await desk.token())).toContain('calls itself something else');
    desk.issuer.shows.answer = (_, response) =>
      void response.writeHead(302, { location: `${elsewhere.url}/jwks` }).end();
    expect(await desk.says(await desk.token())).toContain(
      'a redirect (302), which is not followed',
    );
    expect(elsewhere.asked).toEqual([]);
    // Named by the owner, another place is right.
    const named = await openDesk({ keys: `${elsewhere.url}/jwks` });
    elsewhere.shows.keys = [named.issuer.key().jwk];
    expect(await named.says(await named.token())).toBe('dana');
    expect(named.issuer.asked).toEqual([]);
  });

  it('are looked for in no network of the owner’s own that the settings do not name', async () => {
    const { says, token, users } = await openDesk();
    for (const issuer of ['https://10.255.255.1', 'https://169.254.169.254', 'https://[fd00::1]']) {
      users.all = users.all.map((user) => ({
        ...user,
        identities: (user.identities ?? []).map((one) => ({ ...one, issuer })),
      }));
      expect(await says(await token({ iss: issuer })), issuer).toContain('of a private network');
    }
  });

  it('may be in a file', async () => {
    const file = join(freshFolder(), 'keys.json');
    const { says, token, issuer } = await openDesk({ keys: file });
    expect(await says(await token())).toContain('could not be read');
    writeFileSync(file, JSON.stringify({ keys: [issuer.key().jwk] }));
    expect(await says(await token())).toBe('dana');
    expect(issuer.asked).toEqual([]);
  });

  it('are no flood, no riddle and nothing that never ends', async () => {
    const { says, token, issuer } = await openDesk();
    const answers: readonly (readonly [
      string,
      (response: import('node:http').ServerResponse) => void,
    ])[] = [
      ['larger than anything', (response) => void response.end('x'.repeat(300_000))],
      ['no JSON', (response) => void response.end('<html>')],
      ['answered with 500', (response) => void response.writeHead(500).end('{}')],
      ['gave no answer that can be read', (response) => void response.destroy()],
      [
        'gave no answer that can be read',
        (response) => void response.writeHead(200, { 'content-encoding': 'gzip' }).end('x'),
      ],
    ];
    for (const [words, answer] of answers) {
      issuer.shows.answer = (_, response) => answer(response);
      expect(await says(await token())).toContain(words);
    }
    delete issuer.shows.answer;
    issuer.shows.keys = Array.from({ length: 101 }, () => issuer.key().jwk);
    expect(await says(await token())).toContain('no list of keys');
    issuer.shows.keys = [];
    expect(await says(await token())).toContain('no list of keys');
  });

  it('are not guessed where the issuer does not answer', async () => {
    const { says, token, users } = await openDesk();
    const issuer = `http://127.0.0.1:${await freePort()}`;
    users.all = users.all.map((user) => ({
      ...user,
      identities: (user.identities ?? []).map((one) => ({ ...one, issuer })),
    }));
    expect(await says(await token({ iss: issuer }))).toMatch(/^127\.0\.0\.1:\d+ did not answer\.$/);
  });

  it('are asked of nobody where nobody is known by a provider', async () => {
    const { says, token, users, issuer } = await openDesk();
    users.all = users.all.map(({ identities: _, ...user }) => user);
    expect(await says(await token())).toContain('Nobody is known here by an identity token');
    expect(issuer.asked).toEqual([]);
  });
});
