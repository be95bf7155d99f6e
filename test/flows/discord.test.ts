import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, expect, it, onTestFinished } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { builtAtom } from '../cli/built.ts';
import { greeting, openKernel } from '../gateway/memory-stage.ts';
import { seen } from '../peers/discord/peer.ts';
import {
  BOT,
  DANA,
  type ScriptedDiscord,
  startScriptedDiscord,
} from '../peers/discord/scripted.ts';
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

it('on Discord, somebody is paired by a code, and approves by a button and by a form', async () => {
  const peer = await startScriptedDiscord();
  onTestFinished(peer.close);
  const { apiRoot, token } = peer;
  const { connect, profile, atom } = await openKernel(
    { channels: { discord: { apiRoot } } } as never,
    { 'discord.token': token },
  );
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const state = () =>
    atom.channels.list().find(({ facts }) => facts.name === 'discord')?.health.state;
  await until('Discord is ready', () => state() === 'ready');
  const seat = connect(LOCAL_OWNER);
  await seat.request('connect', greeting);
  const on = (words: string) =>
    until(`“${words}” on Discord`, () => texts(peer).find((text) => text.includes(words)));
  const first = (id: string) =>
    until(
      'an answer to an interaction',
      () => peer.to('POST', new RegExp(`^/interactions/${id}/`))[0],
    );
  const button = (begins: string) =>
    until(`a button ${begins}`, () =>
      peer
        .sent()
        .flatMap(({ body }) => (body.components ?? []).flatMap(({ components }) => components))
        .map(({ custom_id }) => custom_id)
        .find((data) => data.startsWith(begins)),
    );
  const press = (custom_id: string, who: object = {}) =>
    peer.interact({
      type: 3,
      data: { component_type: 2, custom_id },
      message: { id: '1' },
      ...who,
    });

  const begun = await seat.request('pair.begin', { channel: 'discord' });
  const { command, pairing, link } = begun.payload as Begun;
  expect(link).toBe(`https://discord.com/users/${BOT}`);
  const value = command.replace('/link ', '');
  const typed = {
    type: 2,
    data: { type: 1, id: '1', name: 'link', options: [{ type: 3, name: 'code', value }] },
  };
  // What stands in the chat of it holds no code.
  expect((await first(peer.interact(typed))).body).toMatchObject({
    data: { content: '/link', flags: 64 },
  });
  await on('Now the owner confirms it');
  await seat.request('senders.approve', { ref: pairing.id, role: 'owner' });
  await on('Paired as owner');

  peer.say('make folder photos');
  const yes = await button('v1:yes:');
  const mallory = { user: { id: '135000000000006666', username: 'mallory' } };
  expect((await first(press(yes, mallory))).body).toEqual({ type: 6 });
  expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
  expect((await first(press(yes))).body).toMatchObject({
    data: { content: expect.stringContaining('Approved'), flags: 64 },
  });
  await until('the folder', () => existsSync(join(profile.jail, 'photos')));
  await on(`Approved by discord ${DANA}`);

  peer.say(`/run perl -e 'unlink "notes.txt"'`);
  const form = await button('form:typed:');
  expect((await first(press(form))).body).toMatchObject({ type: 9, data: { custom_id: form } });
  expect(existsSync(join(profile.jail, 'notes.txt'))).toBe(true);
  const code = { type: 4, custom_id: 'code', value: form.split(':')[2] };
  peer.interact({
    type: 5,
    data: { custom_id: form, components: [{ type: 18, component: code }] },
  });
  await until('it is gone', () => !existsSync(join(profile.jail, 'notes.txt')));
  // Whoever was let in is not told of it again as of somebody else.
  expect(answers(peer, 'Unexpected?')).toBe(0);
}, 30_000);

interface Begun {
  readonly command: string;
  readonly link: string;
  readonly pairing: { readonly id: string };
}
