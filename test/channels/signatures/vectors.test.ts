import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { verifyMeta } from '../../../src/channels/signatures/meta.ts';
import { verifySlack } from '../../../src/channels/signatures/slack.ts';
import { verifyStandard } from '../../../src/channels/signatures/standard-webhooks.ts';
import { verifyTelegram } from '../../../src/channels/signatures/telegram.ts';
import { verifyTwilio } from '../../../src/channels/signatures/twilio.ts';
import type { Verified } from '../../../src/channels/signatures/verified.ts';

interface Vector {
  readonly scheme: string;
  readonly name: string;
  readonly valid: boolean;
  readonly [key: string]: unknown;
}

const { vectors } = JSON.parse(readFileSync(join(import.meta.dirname, 'vectors.json'), 'utf8')) as {
  readonly vectors: readonly Vector[];
};

const bytes = (text: unknown): Uint8Array => Buffer.from(String(text ?? ''));

function formOf(params: Record<string, string | readonly string[]>): Uint8Array {
  const form = new URLSearchParams();
  for (const [key, values] of Object.entries(params))
    for (const value of [values].flat()) form.append(key, value);
  return bytes(form);
}

const SCHEMES: Readonly<Record<string, (vector: Vector) => Verified>> = {
  slack: ({ signingSecret, timestamp, body, signature, now }) =>
    verifySlack(
      {
        headers: {
          'x-slack-request-timestamp': String(timestamp),
          'x-slack-signature': String(signature),
        },
        body: bytes(body),
      },
      { secret: String(signingSecret), now: Number(now) * 1000 },
    ),
  twilio: ({ authToken, requestUrl, params, signature }) =>
    verifyTwilio(
      {
        url: String(requestUrl),
        headers: { 'x-twilio-signature': String(signature) },
        body: formOf(params as Record<string, string>),
      },
      String(authToken),
    ),
  'twilio-json': ({ authToken, requestUrl, body, signature }) =>
    verifyTwilio(
      {
        url: String(requestUrl),
        headers: { 'x-twilio-signature': String(signature) },
        body: bytes(body),
      },
      String(authToken),
    ),
  'meta-x-hub-signature-256': ({ appSecret, body, signature }) =>
    verifyMeta(
      { headers: { 'x-hub-signature-256': String(signature) }, body: bytes(body) },
      String(appSecret),
    ),
  'standard-webhooks': ({ secret, id, timestamp, body, signature, now }) =>
    verifyStandard(
      {
        headers: {
          'webhook-id': String(id),
          'webhook-timestamp': String(timestamp),
          'webhook-signature': String(signature),
        },
        body: bytes(body),
      },
      { secret: String(secret), now: Number(now) * 1000 },
    ),
  'telegram-secret-token': ({ secret, header }) =>
    verifyTelegram(
      { headers: header === null ? {} : { 'x-telegram-bot-api-secret-token': String(header) } },
      String(secret),
    ),
};

test.each(vectors.map((vector) => [`${vector.scheme}: ${vector.name}`, vector] as const))(
  '%s',
  (_, vector) => {
    const verify = SCHEMES[vector.scheme];
    if (!verify) throw new Error(`nobody checks ${vector.scheme}`);
    const { ok } = verify(vector);
    expect(ok).toBe(vector.valid);
  },
);
