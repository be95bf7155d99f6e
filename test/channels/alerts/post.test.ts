import { afterEach, beforeEach, expect, test } from 'vitest';
import { postAlert } from '../../../src/channels/alerts/post.ts';
import { formatOf, shownUrl, targetUrl } from '../../../src/channels/alerts/target.ts';
import type { AlertFormat } from '../../../src/domain/alert.ts';
import { startWebhookTarget, type WebhookTarget } from '../../peers/webhook-target.ts';

let target: WebhookTarget;
beforeEach(async () => {
  target = await startWebhookTarget();
});
afterEach(() => target.close());

const alert = {
  kind: 'channel',
  text: 'Telegram *failed* <now> & here',
  at: 0,
  from: 'default',
} as const;
const post = (format: AlertFormat, given: Partial<typeof alert> & { text?: string } = {}) =>
  postAlert({ url: targetUrl(target.url), format }, { ...alert, ...given } as never);

test('Discord gets words that do nothing, Slack escaped ones, everybody else an object', async () => {
  expect(await post('discord')).toEqual({ ok: true, status: 204 });
  expect(await post('slack')).toMatchObject({ ok: true });
  expect(await post('json')).toMatchObject({ ok: true });
  expect(target.bodies).toEqual([
    {
      content: 'atom \\(default\\), channel\\: Telegram \\*failed\\* \\<now\\> & here',
      allowed_mentions: { parse: [] },
    },
    { text: 'atom (default), channel: Telegram *failed* &lt;now&gt; &amp; here', mrkdwn: false },
    {
      schema: 1,
      kind: 'channel',
      text: 'Telegram *failed* <now> & here',
      from: 'default',
      at: '1970-01-01T00:00:00.000Z',
    },
  ]);
});

test('no secret, nothing hidden and nothing longer than fits leaves', async () => {
  const key = `sk-${'a'.repeat(30)}`;
  await post('discord', { text: `the key ${key} \u202e ${'*'.repeat(5000)}` } as never);
  const content = String(target.bodies[0]?.content);
  expect(content).not.toContain(key);
  expect(content).not.toContain('\u202e');
  expect(content.length).toBeLessThanOrEqual(2200);
});

test.for<[number, AlertFormat, object]>([
  [200, 'discord', { ok: false, again: false, why: /200, which is not what Discord says/ }],
  [200, 'slack', { ok: true }],
  [404, 'discord', { ok: false, again: false, why: /does not know this webhook \(404\)/ }],
  [302, 'json', { ok: false, again: false, why: /leads elsewhere/ }],
  [400, 'json', { ok: false, again: false, why: /400/ }],
  [429, 'discord', { ok: false, again: true, retryMs: 7000 }],
  [503, 'json', { ok: false, again: true }],
])('%i of %s is told for what it is', async ([status, format, expected]) => {
  target.next(status, { 'retry-after': '7', location: 'http://127.0.0.1:1/' });
  expect(await post(format)).toMatchObject(expected);
});

test('who is not there is told without their address', async () => {
  await target.close();
  const posted = await post('discord');
  expect(posted).toMatchObject({
    ok: false,
    again: true,
    why: 'it cannot be reached (ECONNREFUSED)',
  });
  expect(JSON.stringify(posted)).not.toContain('secret-part');
  target = await startWebhookTarget();
});

test('the address is https or of this machine, is read for what it wants, and never shown whole', () => {
  for (const bad of ['http://a.example/x', 'ftp://a.example', 'https://u:p@a.example', 'nonsense'])
    expect(() => targetUrl(bad)).toThrow(/no https address/);
  expect(formatOf(targetUrl('https://discord.com/api/webhooks/1/x'))).toBe('discord');
  expect(formatOf(targetUrl('https://ptb.discord.com/api/webhooks/1/x'))).toBe('discord');
  expect(formatOf(targetUrl('https://hooks.slack.com/services/x'))).toBe('slack');
  expect(formatOf(targetUrl('https://discord.com.evil.example/api/webhooks/1'))).toBe('json');
  expect(shownUrl(targetUrl('https://discord.com/api/webhooks/1/x'))).toBe('https://discord.com/…');
});
