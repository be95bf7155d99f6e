import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { seen } from '../peers/discord/peer.ts';
import { DANA, type ScriptedDiscord, startScriptedDiscord } from '../peers/discord/scripted.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile } from './stage/profile.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

const texts = (peer: ScriptedDiscord): readonly string[] =>
  peer.sent().map(({ body }) => seen(body.embeds?.[0]?.description ?? body.content ?? ''));

const answers = (peer: ScriptedDiscord, word: string): number =>
  texts(peer).filter((text) => text.includes(word)).length;

it('on Discord, what is said to a gateway that is killed is answered once, all of it', async () => {
  const peer = await startScriptedDiscord();
  opened.push(peer.close);
  const { apiRoot, token } = peer;
  const profile = createProfile({
    config: { channels: { discord: { enabled: true, allow: [DANA], apiRoot } } },
    env: { DISCORD_BOT_TOKEN: token, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  opened.push(profile.remove);
  const names = ['one', 'two', 'three'];
  for (const name of names) writeFileSync(join(profile.jail, `${name}.txt`), `word ${name}\n`);
  const start = async (): Promise<GatewayProcess> => {
    const gateway = await startGateway(profile);
    opened.push(gateway.kill);
    return gateway;
  };
  const first = await start();
  await until('a session', async () => peer.opcodes.some(({ op }) => op === 2));
  peer.say('show me one.txt');
  await until('the first answer', async () => answers(peer, 'word one') > 0);
  // Received or not, stored or not: the process is gone in the middle of it.
  peer.say('show me two.txt');
  await first.kill();
  peer.say('show me three.txt');
  await start();
  await until('all answers', async () => answers(peer, 'word three') > 0);
  await until('the second answer', async () => answers(peer, 'word two') > 0);
  expect(names.map((name) => answers(peer, `word ${name}`))).toEqual([1, 1, 1]);
}, 60_000);
