import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import twilio from 'twilio';
import { describe, expect, test } from 'vitest';
import { verifyMeta } from '../../../src/channels/signatures/meta.ts';
import { verifySlack } from '../../../src/channels/signatures/slack.ts';
import {
  newStandardSecret,
  signStandard,
  verifyStandard,
} from '../../../src/channels/signatures/standard-webhooks.ts';
import { verifyTelegram } from '../../../src/channels/signatures/telegram.ts';
import { verifyTwilio } from '../../../src/channels/signatures/twilio.ts';
import type { Verified } from '../../../src/channels/signatures/verified.ts';

const now = 1_800_000_000_000;
const seconds = now / 1000;
const SECRET = '0123456789abcdef';

interface Sent {
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Uint8Array;
}

interface Scheme {
  readonly name: string;
  /** The header that proves it, and the one that says when, where there is one. */
  readonly proof: string;
  readonly moment?: string;
  readonly sign: (body: string, secret: string, at?: number) => Sent;
  readonly verify: (request: Sent, secret: string, at?: number) => Verified;
  /** Another spelling of the same secret. */
  readonly secret: (name: string) => string;
}

const URL_ = 'https://atom.example.com/hooks/x?a=1';
const hex = (key: string, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex');
const plain = (name: string): string => `${SECRET}${name}`;

const schemes: readonly Scheme[] = [
  {
    name: 'Slack',
    proof: 'x-slack-signature',
    moment: 'x-slack-request-timestamp',
    sign: (body, secret, at = seconds) => ({
      url: URL_,
      headers: {
        'x-slack-request-timestamp': String(at),
        'x-slack-signature': `v0=${hex(secret, `v0:${at}:${body}`)}`,
      },
      body: Buffer.from(body),
    }),
    verify: (request, secret, at = now) => verifySlack(request, { secret, now: at }),
    secret: plain,
  },
  {
    name: 'Meta',
    proof: 'x-hub-signature-256',
    sign: (body, secret) => ({
      url: URL_,
      headers: { 'x-hub-signature-256': `sha256=${hex(secret, body)}` },
      body: Buffer.from(body),
    }),
    verify: verifyMeta,
    secret: plain,
  },
  {
    name: 'Twilio',
    proof: 'x-twilio-signature',
    sign: (body, secret) => ({
      url: URL_,
      headers: {
        'x-twilio-signature': twilio.getExpectedTwilioSignature(
          secret,
          URL_,
          Object.fromEntries(new URLSearchParams(body)),
        ),
      },
      body: Buffer.from(body),
    }),
    verify: verifyTwilio,
    secret: plain,
  },
  {
    name: 'Standard Webhooks',
    proof: 'webhook-signature',
    moment: 'webhook-timestamp',
    sign: (body, secret, at = seconds) => ({
      url: URL_,
      headers: {
        'webhook-id': 'msg_1',
        'webhook-timestamp': String(at),
        'webhook-signature': new Webhook(secret).sign('msg_1', new Date(at * 1000), body),
      },
      body: Buffer.from(body),
    }),
    verify: (request, secret, at = now) => verifyStandard(request, { secret, now: at }),
    secret: (name) => `whsec_${Buffer.from(plain(name)).toString('base64')}`,
  },
];

const body = 'Body=hi+there%21&From=%2B14155550100&z=1&a=%C3%A9';

describe.each(schemes)('$name', ({ sign, verify, secret, proof, moment }) => {
  const good = sign(body, secret('a'));
  const tampered = (headers: Readonly<Record<string, string | undefined>>): Sent => ({
    ...good,
    headers: Object.fromEntries(
      Object.entries({ ...good.headers, ...headers }).filter(([, value]) => value !== undefined),
    ) as Record<string, string>,
  });
  const given = good.headers[proof] ?? '';

  test('is what the library of its makers signs', () => {
    expect(verify(good, secret('a'))).toMatchObject({ ok: true });
  });

  test('is refused with another secret, and nothing is told of the request', () => {
    const answer = verify(good, secret('b'));
    expect(answer).toEqual({ ok: false, status: 401, reason: 'the signature does not match' });
  });

  test('is refused where the body is another, by one bit or by one byte', () => {
    const flipped = Buffer.from(body);
    flipped[5] = (flipped[5] ?? 0) ^ 1;
    for (const other of [
      flipped,
      Buffer.from(`${body}x`),
      Buffer.from(body.slice(0, -1)),
      Buffer.from(''),
    ])
      expect(verify({ ...good, body: other }, secret('a')).ok).toBe(false);
  });

  test('is refused where the signature is missing, cut, longer, in another case or of another version', () => {
    const wrong = [
      ...[undefined, '', given.slice(0, -1), given.slice(0, 8), `${given}=`, `${given}0`],
      ...[given.toUpperCase(), given.replace(/^(v\d|sha256)[=,]/, 'v9='), 'é'.repeat(300)],
    ];
    for (const value of wrong.filter((one) => one !== given))
      expect(verify(tampered({ [proof]: value }), secret('a')).ok, String(value)).toBe(false);
  });

  test('is refused where the secret is empty, whatever was signed', () => {
    const taken = (): boolean => verify(good, '').ok;
    if (given.startsWith('v1,')) expect(taken()).toBe(false);
    else expect(taken).toThrow(/empty/);
  });

  if (moment !== undefined) {
    test('holds for five minutes, into the past and into the future', () => {
      for (const away of [-300, -299, 0, 299, 300])
        expect(verify(sign(body, secret('a'), seconds + away), secret('a')).ok).toBe(true);
      for (const away of [-86_400, -301, 301, 86_400])
        expect(verify(sign(body, secret('a'), seconds + away), secret('a')).ok).toBe(false);
    });

    test('is refused where the time is another, or none', () => {
      for (const value of [
        String(seconds + 1),
        `0${seconds}`,
        `${seconds}.0`,
        '',
        'now',
        '-1',
        undefined,
      ])
        expect(verify(tampered({ [moment]: value }), secret('a')).ok, String(value)).toBe(false);
    });
  }
});

describe('Twilio', () => {
  test('signs the address to the letter, and the parameters in any order', () => {
    const [{ sign, verify, secret }] = schemes.filter(({ name }) => name === 'Twilio') as [Scheme];
    const good = sign(body, secret('a'));
    const turned = body.split('&').reverse().join('&');
    expect(verify({ ...good, body: Buffer.from(turned) }, secret('a')).ok).toBe(true);
    for (const url of [
      ...['http://atom.example.com/hooks/x?a=1', 'https://atom.example.com/hooks/x/?a=1'],
      ...['https://atom.example.com/hooks/x', 'https://other.example.com/hooks/x?a=1'],
    ])
      expect(verify({ ...good, url }, secret('a')).ok, url).toBe(false);
    expect(verify({ ...good, url: URL_.replace('.com', '.com:443') }, secret('a')).ok).toBe(true);
  });

  test('tells what was in the form, and that of JSON only where its hash is in the address', () => {
    const key = plain('a');
    const json = '{"a":1}';
    const url = `${URL_}&bodySHA256=${createHmac('sha256', '').digest('hex')}`;
    const signature = twilio.getExpectedTwilioSignature(key, url, {});
    const request = { url, headers: { 'x-twilio-signature': signature }, body: Buffer.from(json) };
    expect(verifyTwilio(request, key).ok).toBe(false);
    const form = schemes.find(({ name }) => name === 'Twilio')?.sign('a=2&a=1&b=', key) as Sent;
    expect(verifyTwilio(form, key)).toMatchObject({ ok: false });
    const signed = twilio.getExpectedTwilioSignature(key, URL_, { a: ['2', '1'], b: '' });
    const headers = { 'x-twilio-signature': signed };
    expect(verifyTwilio({ ...form, headers }, key)).toEqual({
      ok: true,
      form: new Map([
        ['a', ['2', '1']],
        ['b', ['']],
      ]),
    });
  });
});

describe('Standard Webhooks', () => {
  const secret = newStandardSecret();

  test('signed here verify with the library of its makers', () => {
    const at = Math.floor(Date.now() / 1000);
    const headers = signStandard({ id: 'msg_2', at, body: '{"é":1}' }, secret);
    expect(new Webhook(secret).verify('{"é":1}', { ...headers })).toEqual({ é: 1 });
  });

  test('count with one good signature among others, wherever it stands', () => {
    const message = { id: 'msg_3', at: seconds, body };
    const headers = signStandard(message, secret);
    const other = signStandard(message, newStandardSecret())['webhook-signature'];
    const own = headers['webhook-signature'];
    const ok = (given: string): boolean =>
      verifyStandard(
        { headers: { ...headers, 'webhook-signature': given }, body: Buffer.from(body) },
        { secret, now },
      ).ok;
    expect([`${other} ${own}`, `${own} ${other}`, `${other}, ${own}`].map(ok)).toEqual([
      true,
      true,
      true,
    ]);
    expect([`${other}`, `${other},${own}`, own?.replace('v1', 'v1a') ?? ''].map(ok)).toEqual([
      ...[false, false, false],
    ]);
  });

  test('take no id that would let one message pass as another', () => {
    for (const id of ['', 'a.b', 'a b', `a${'b'.repeat(256)}`, 'é']) {
      const headers = { ...signStandard({ id, at: seconds, body }, secret), 'webhook-id': id };
      expect(verifyStandard({ headers, body: Buffer.from(body) }, { secret, now }).ok).toBe(false);
    }
  });

  test('take no secret that is guessed easily, or none at all', () => {
    const request = {
      headers: signStandard({ id: 'a', at: seconds, body }, secret),
      body: Buffer.from(body),
    };
    for (const wrong of ['', 'whsec_', 'whsec_c2hvcnQ=', 'whsec_not base64 at all!', 'hello'])
      expect(verifyStandard(request, { secret: wrong, now })).toMatchObject({
        ok: false,
        reason: 'the secret that is stored is none',
      });
  });
});

describe('Telegram’s secret token', () => {
  test('is held against the one that was agreed on, and nothing else', () => {
    const verify = (token: string | undefined): boolean =>
      verifyTelegram(
        { headers: token === undefined ? {} : { 'x-telegram-bot-api-secret-token': token } },
        'abc_DEF-123',
      ).ok;
    expect(verify('abc_DEF-123')).toBe(true);
    for (const wrong of [undefined, '', 'abc_DEF-12', 'abc_DEF-1234', 'ABC_def-123'])
      expect(verify(wrong)).toBe(false);
    expect(() => verifyTelegram({ headers: {} }, '')).toThrow('empty');
  });
});
