import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import twilio from 'twilio';
import { expect, onTestFinished, test } from 'vitest';
import { verifySlack } from '../../../src/channels/signatures/slack.ts';
import { verifyStandard } from '../../../src/channels/signatures/standard-webhooks.ts';
import { verifyTwilio } from '../../../src/channels/signatures/twilio.ts';
import type { HookAnswer, HookRequest } from '../../../src/domain/hook.ts';
import { freePort } from '../../peers/free-port.ts';
import { startNginx } from '../../peers/nginx.ts';
import { freshFolder } from '../../store/fresh.ts';
import { ask_, setWebhooks } from './stage.ts';

const NAME = 'atom.example.com';
const SECRET = 'whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw';
const BODY = 'Body=hi+there%21&From=%2B14155550100&a=%C3%A9';

const answer =
  (verify: (request: HookRequest) => { readonly ok: boolean }) =>
  async (request: HookRequest): Promise<HookAnswer> => ({ status: verify(request).ok ? 200 : 401 });

const hooks = {
  slack: answer((request) => verifySlack(request, { secret: SECRET, now: Date.now() })),
  sms: answer((request) => verifyTwilio(request, SECRET)),
  webhook: answer((request) => verifyStandard(request, { secret: SECRET, now: Date.now() })),
};

/** What each platform sends along when it was told `url`. */
const SIGNED: Readonly<Record<keyof typeof hooks, (url: string) => Record<string, string>>> = {
  slack: () => {
    const at = String(Math.floor(Date.now() / 1000));
    const made = createHmac('sha256', SECRET).update(`v0:${at}:${BODY}`).digest('hex');
    return { 'x-slack-request-timestamp': at, 'x-slack-signature': `v0=${made}` };
  },
  sms: (url) => {
    const params = Object.fromEntries(new URLSearchParams(BODY));
    return { 'x-twilio-signature': twilio.getExpectedTwilioSignature(SECRET, url, params) };
  },
  webhook: () => ({
    'webhook-id': 'msg_1',
    'webhook-timestamp': String(Math.floor(Date.now() / 1000)),
    'webhook-signature': new Webhook(SECRET).sign('msg_1', new Date(), BODY),
  }),
};

/** With and without a slash at the end and a query, which some sign to the letter. */
const ENDS = ['', '/', '?a=1&b=%20x&a=%2F', '/?bodySHA=&x'];

test('behind an nginx that ends TLS, what platforms sign is what is checked', async ({ skip }) => {
  const [forwarding, bare, inner] = [await freePort(), await freePort(), await freePort()];
  const trusting = await setWebhooks({ hooks, webhooks: { trustedProxy: ['127.0.0.1'] } });
  const publicUrl = `https://${NAME}:${bare}`;
  const told = await setWebhooks({ hooks, webhooks: { publicUrl, port: await freePort() } });
  const below = await setWebhooks({
    hooks,
    webhooks: { publicUrl: `https://${NAME}:${inner}/in`, port: await freePort() },
  });
  const nginx = await startNginx(freshFolder(), NAME, [
    { port: forwarding, location: FORWARDING(trusting.number) },
    { port: bare, location: `location / { proxy_pass http://127.0.0.1:${told.number}; }` },
    { port: inner, location: `location /in/ { proxy_pass http://127.0.0.1:${below.number}/; }` },
  ]);
  if (!nginx) return skip('there is no nginx here, or no openssl to make a certificate with');
  onTestFinished(nginx.close);
  const post = async (port: number, path: string, name: keyof typeof hooks, url: string) =>
    (
      await ask_(port, path, {
        body: BODY,
        ca: nginx.ca,
        headers: { host: `${NAME}:${port}`, ...SIGNED[name](url) },
      })
    ).status;
  const seen = await Promise.all(
    requests([
      [forwarding, ''],
      [bare, ''],
      [inner, '/in'],
    ]).map(async ({ port, path, name, url }) => ({
      url,
      status: await post(port, path, name, url),
    })),
  );
  expect(seen.filter(({ status }) => status !== 200)).toEqual([]);
  expect(seen).toHaveLength(48);
  for (const url of [
    `http://${NAME}/hooks/sms`,
    `https://${NAME}/hooks/sms/`,
    'https://a/hooks/sms',
  ])
    expect(await post(forwarding, '/hooks/sms', 'sms', url)).toBe(404);
  // Whoever comes past the proxy may say what they like: it is not what it was.
  const past = { 'x-forwarded-proto': 'https', 'x-forwarded-host': 'other' };
  const { status } = await ask_(told.number, '/hooks/sms', {
    body: BODY,
    headers: { ...past, ...SIGNED.sms('https://other/hooks/sms') },
  });
  expect(status).toBe(404);
});

/** Twilio signs the address, and nobody knows whether with its port; the others do not sign it. */
const requests = (places: readonly (readonly [port: number, prefix: string])[]) =>
  places.flatMap(([port, prefix]) =>
    (['slack', 'sms', 'webhook'] as const).flatMap((name) =>
      ENDS.flatMap((end) =>
        (name === 'sms' ? [`${NAME}:${port}`, NAME] : [NAME]).map((host) => {
          const path = `${prefix}/hooks/${name}${end}`;
          return { port, path, name, url: `https://${host}${path}` };
        }),
      ),
    ),
  );

/** As the help has it. */
const FORWARDING = (port: number): string => `location /hooks/ {
  proxy_pass http://127.0.0.1:${port};
  proxy_set_header Host $host;
  proxy_set_header X-Forwarded-For $remote_addr;
  proxy_set_header X-Forwarded-Proto $scheme;
  proxy_set_header X-Forwarded-Port $server_port;
}`;
