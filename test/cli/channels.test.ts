import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { type AddressInfo, createServer } from 'node:net';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { atom } from '../flows/stage/atom.ts';
import { createProfile } from '../flows/stage/profile.ts';
import { startCrabline } from '../peers/crabline.ts';
import { startCrablineDiscord } from '../peers/discord/crabline.ts';
import { DANA, OWN } from '../peers/signal/frames.ts';
import { startSignalCli } from '../peers/signal/signal-cli.ts';
import { startWebhookTarget } from '../peers/webhook-target.ts';
import { builtAtom } from './built.ts';

beforeAll(async () => void (await builtAtom()));

it('adds a program that posts, and shows its secrets this once', async () => {
  const profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  onTestFinished(profile.remove);
  const add = (...words: string[]) => atom(profile, ['channels', 'add', 'webhook', ...words]);
  expect(await add()).toMatchObject({ code: 2 });
  expect(await add('--set', 'source=deploys', '--set', 'role=owner')).toMatchObject({ code: 2 });
  const first = await add('--set', 'source=deploys', '--set', 'url=https://a.example', '--json');
  const told = JSON.parse(first.out);
  expect(told).toMatchObject({
    settings: { enabled: true, sources: [{ name: 'deploys', url: 'https://a.example' }] },
    'webhook.deploys': expect.stringMatching(/^whsec_.{44}$/),
    'webhook.deploys.out': expect.stringMatching(/^whsec_.{44}$/),
  });
  expect(told['webhook.deploys']).not.toBe(told['webhook.deploys.out']);
  const again = await add('--set', 'source=deploys', '--set', 'role=member');
  expect(again).toMatchObject({ code: 0 });
  expect(again.out + again.err).not.toContain('whsec_');
  expect(again.err + again.out).toContain('http://127.0.0.1:9000/hooks/webhook');
  expect(JSON.parse(readFileSync(profile.paths.configFile, 'utf8')).channels.webhook).toEqual({
    enabled: true,
    sources: [{ name: 'deploys', url: 'https://a.example', role: 'member' }],
  });
});

it('adds Telegram once Telegram took the token, and otherwise changes nothing', async () => {
  const peer = await startCrabline();
  onTestFinished(() => peer.close());
  const profile = createProfile({
    config: { channels: { telegram: { enabled: false, apiRoot: peer.apiRoot } } },
    env: { DBUS_SESSION_BUS_ADDRESS: '' },
  });
  onTestFinished(profile.remove);
  const file = (): unknown => JSON.parse(readFileSync(profile.paths.configFile, 'utf8'));
  const before = file();
  const add = (token: string) =>
    atom(profile, ['channels', 'add', 'telegram', '--allow', '42'], token);
  const wrong = await add('123:wrong-token');
  expect(wrong.code).toBeGreaterThan(0);
  expect(wrong.err).toContain('Nothing was stored');
  expect(wrong.out + wrong.err).not.toContain('wrong-token');
  expect(file()).toEqual(before);
  const right = await add(`${peer.token}\n`);
  expect(right).toMatchObject({ code: 0 });
  expect(right.out + right.err).not.toContain(peer.token);
  expect(right.err + right.out).toContain('atom channels remove telegram');
  expect(file()).toMatchObject({
    channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } },
  });
  const { out } = await atom(profile, ['channels', 'list', '--json']);
  expect(JSON.parse(out)).toMatchObject({ running: false, schema: 1 });
});

it('adds Discord once Discord took the token, says how to invite it, and keeps the token', async () => {
  const peer = await startCrablineDiscord();
  onTestFinished(() => peer.close());
  const profile = createProfile({
    config: { channels: { discord: { enabled: false, apiRoot: peer.apiRoot } } },
    env: { DBUS_SESSION_BUS_ADDRESS: '' },
  });
  onTestFinished(profile.remove);
  const add = (words: string[], token: string) =>
    atom(profile, ['channels', 'add', 'discord', ...words], token);
  const wrong = await add([], 'wrong-token');
  expect(wrong.code).toBe(4);
  expect(wrong.err).toContain('Nothing was stored');
  expect(wrong.out + wrong.err).not.toContain('wrong-token');
  const right = await add(['--allow', '135000000000004242'], `${peer.token}\n`);
  expect(right).toMatchObject({ code: 0 });
  expect(right.out + right.err).toContain(`client_id=${peer.bot}&scope=bot+applications.commands`);
  expect(right.out + right.err).not.toContain(peer.token);
  // The one that is stored does for another setting.
  expect(await add(['--set', 'messageContent=true'], '')).toMatchObject({ code: 0 });
  expect(JSON.parse(readFileSync(profile.paths.configFile, 'utf8')).channels.discord).toMatchObject(
    {
      enabled: true,
      allow: ['135000000000004242'],
      messageContent: true,
    },
  );
});

const SID = `AC${'0'.repeat(32)}`;

it.each([
  ['telegram', {}, '123:some-token'],
  ['discord', {}, 'some-token'],
  ['slack', {}, 'xoxb-some-token\nxapp-some-token'],
  ['sms', { accountSid: SID, from: '15550000000' }, 'some-token'],
  ['whatsapp-cloud', { phoneNumberId: '106540352242922' }, 'some-token\nsome-secret'],
] as const)(
  'says of %s that the network is away, and not that the token is wrong',
  async (name, settings, token) => {
    const refused = await closedPort();
    for (const apiRoot of [`http://127.0.0.1:${refused}/api`, 'https://nowhere.invalid/api']) {
      const profile = createProfile({
        config: { channels: { [name]: { enabled: false, apiRoot, ...settings } } },
        env: { DBUS_SESSION_BUS_ADDRESS: '' },
      });
      onTestFinished(profile.remove);
      const before = readFileSync(profile.paths.configFile, 'utf8');
      const { code, out, err } = await atom(profile, ['channels', 'add', name], token);
      expect([code, err], err).toEqual([
        7,
        expect.stringContaining('Check the network, then again'),
      ]);
      expect(err).toMatch(/cannot be reached|did not answer/);
      expect(err).toContain(`atom channels add ${name}`);
      expect(out + err).not.toMatch(/Copy|some-token/);
      expect(JSON.parse(readFileSync(profile.paths.configFile, 'utf8'))).toEqual(
        JSON.parse(before),
      );
    }
  },
);

/** A port that nobody listens on: one that was free a moment ago. */
async function closedPort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

it('posts alerts to an address that it never shows', async () => {
  const target = await startWebhookTarget();
  onTestFinished(target.close);
  const profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  onTestFinished(profile.remove);
  const alerts = (words: string[], stdin = '') => atom(profile, ['alerts', ...words], stdin);
  expect(await alerts(['add', 'ops'], 'http://a.example/secret-part')).toMatchObject({ code: 2 });
  expect(await alerts(['add', 'ops', '--events', 'lunch'], target.url)).toMatchObject({ code: 2 });
  const said = [
    await alerts(['add', 'ops', '--format', 'discord', '--events', 'panic'], target.url),
    await alerts(['list']),
    await alerts(['test', 'ops']),
  ];
  expect(said.map(({ code }) => code)).toEqual([0, 0, 0]);
  expect(target.bodies[0]?.content).toContain('This is a test');
  target.next(404);
  const refused = await alerts(['test', 'ops']);
  expect(refused).toMatchObject({ code: 1, err: expect.stringContaining('(404)') });
  const file = readFileSync(profile.paths.configFile, 'utf8');
  expect(JSON.stringify([said, refused, file])).not.toContain('secret-part');
  expect(await alerts(['remove', 'ops', '--json'])).toMatchObject({ code: 0 });
  expect(await alerts(['test', 'ops'])).toMatchObject({ code: 1 });
});

it('adds Signal by the fixed ids of people, where signal-cli tells them', async () => {
  const peer = await startSignalCli({ socket: true, accounts: [OWN] });
  onTestFinished(() => peer.close());
  const profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  onTestFinished(profile.remove);
  const socket = peer.door.kind === 'socket' ? peer.door.path : '';
  const people = `${DANA.number},+15559999999`;
  const add = ['channels', 'add', 'signal', '--allow', people];
  const without = await atom(profile, add);
  expect(without.code).toBe(2);
  expect(without.err).toContain('--set account=');
  const added = await atom(profile, [
    ...[...add, '--json'],
    ...['--set', `account=${OWN}`, '--set', `socket=${socket}`],
  ]);
  expect(added).toMatchObject({ code: 0 });
  expect(added.err).toContain(`${DANA.number} is known by its uuid from now on`);
  expect(added.err).toContain('never run against Signal itself');
  expect(JSON.parse(added.out)).toMatchObject({
    channel: 'signal',
    settings: { account: OWN, allow: [DANA.uuid, '15559999999'] },
  });
});
