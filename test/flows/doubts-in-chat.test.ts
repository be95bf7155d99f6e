import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import {
  refusal,
  type ScriptedTelegram,
  startScriptedTelegram,
  success,
} from '../peers/scripted-telegram.ts';
import { type ButtonPeer, startTelegramTestApi } from '../peers/telegram-test-api.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { until } from './stage/until.ts';

describe('what a crash cut off, on Telegram', () => {
  let peer: ButtonPeer;
  let profile: Profile;
  let gateway: GatewayProcess;
  beforeEach(async () => {
    await builtAtom();
    peer = await startTelegramTestApi();
    profile = createProfile({
      config: { channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } } },
      env: { TELEGRAM_BOT_TOKEN: peer.token, DBUS_SESSION_BUS_ADDRESS: '' },
    });
    writeFileSync(join(profile.jail, 'slow.sh'), 'echo x >> began\nsleep 20\necho x >> ended\n');
    await (await startGateway(profile)).kill();
    profile.setMaturity('supervised');
    gateway = await startGateway(profile);
    await peer.inject('run sh slow.sh');
    await until('it began', () => existsSync(join(profile.jail, 'began')));
    gateway.signal('SIGKILL');
    await gateway.ended;
    writeFileSync(join(profile.jail, 'slow.sh'), 'echo x >> ended\necho all done\n');
    // From now on it asks before it changes anything.
    profile.setMaturity('intern');
    gateway = await startGateway(profile);
  });
  afterEach(async () => {
    await gateway?.kill();
    profile?.remove();
    await peer?.close();
  });

  const sent = (text: string) =>
    until(`a message with “${text}”`, async () =>
      (await peer.sentMessages()).find((message) => message.text.includes(text)),
    );
  const shown = (text: string) =>
    until(`“${text}” to be seen`, async () =>
      (await peer.shown()).find((message) => message.text.includes(text)),
    );
  /** The alert: the code of the run, and what its buttons carry. */
  const alert = async () => {
    const { text, buttons, chat } = await sent('IN DOUBT');
    const code = /IN DOUBT (\w{6})/.exec(text)?.[1] ?? '';
    const button = (word: string): string =>
      buttons.flat().find((data) => data.startsWith(`v1:${word}:`)) ?? '';
    return { text, code, chat, button };
  };
  const settled = () =>
    profile.rows<{ body: string }>(`SELECT body FROM audit WHERE kind = 'run.settled'`);

  it('is settled by a button, once, by the owner alone, and its alert says how', async () => {
    const { text, code, chat, button } = await alert();
    expect(chat).toBe('42');
    expect(text).toContain('sh slow.sh');
    expect(text).toContain(`atom runs settle ${code} --happened`);
    const happened = button('happened');
    await peer.pressButton(happened, { id: 666, chat: 42 });
    await gateway.logged('Unauthorized request from user_id: 666');
    await peer.pressButton(happened.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
    // Typed by whoever has no such run, it is only words.
    await peer.inject('forget k7p2qx');
    await until('both', () => profile.rows('SELECT id FROM spool').length === 3);
    expect(settled()).toEqual([]);
    await peer.pressButton(happened);
    expect(await shown('It happened, says telegram 42')).toMatchObject({ buttons: [] });
    const again = await alert();
    await peer.pressButton(again.button('again'));
    await peer.inject(`again ${code}`);
    await sent(`${code} is settled already.`);
    expect(settled().map(({ body }) => JSON.parse(body))).toMatchObject([
      { word: 'happened', by: { surface: 'telegram', id: '42' } },
    ]);
    await peer.inject('/runs');
    await sent('Nothing is in doubt');
    expect(existsSync(join(profile.jail, 'ended'))).toBe(false);
  });

  it('is done again after a fresh yes, and what came of it is told in the chat', async () => {
    const { code, button } = await alert();
    await peer.inject('/runs');
    await sent(`${code} · sh slow.sh`);
    await peer.pressButton(button('again'));
    const card = await sent('APPROVAL');
    expect(existsSync(join(profile.jail, 'ended'))).toBe(false);
    const yes = card.buttons.flat().find((data) => data.startsWith('v1:yes:')) ?? '';
    if (yes === '') await peer.inject(`ok ${/APPROVAL (\w{4})/.exec(card.text)?.[1]}`);
    else await peer.pressButton(yes);
    expect((await sent(`${code} was done again, as`)).text).toContain('all done');
    expect(readFileSync(join(profile.jail, 'ended'), 'utf8')).toBe('x\n');
    await shown('To be done again, says telegram 42');
  });

  it('is named by atom health, and its alert is changed where it is settled at the terminal', async () => {
    const { code } = await alert();
    expect((await atom(profile, ['health'])).out).toContain(`1 in doubt, ${code}: atom runs list`);
    expect((await atom(profile, ['runs', 'settle', code, '--forget'])).code).toBe(0);
    expect(await shown('Let rest, says you, at the terminal')).toMatchObject({ buttons: [] });
  });
}, 60_000);

describe('where Telegram refuses to change the alert', () => {
  let peer: ScriptedTelegram;
  let profile: Profile;
  let gateway: GatewayProcess;
  afterEach(async () => {
    await gateway?.kill();
    profile?.remove();
    await peer?.close();
  });

  it('says how it was settled in a message of its own, and answers the press', async () => {
    await builtAtom();
    peer = await startScriptedTelegram();
    profile = createProfile({
      config: { channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } } },
      env: { TELEGRAM_BOT_TOKEN: peer.token, DBUS_SESSION_BUS_ADDRESS: '' },
    });
    writeFileSync(join(profile.jail, 'slow.sh'), 'echo x >> began\nsleep 20\n');
    await (await startGateway(profile)).kill();
    profile.setMaturity('supervised');
    gateway = await startGateway(profile);
    const from = { id: 42, is_bot: false, first_name: 'Dana' };
    const message = { message_id: 1, date: 1, chat: { id: 42, type: 'private' }, from };
    const asked = { update_id: 1, message: { ...message, text: 'run sh slow.sh' } };
    peer.next('getUpdates', success([asked]));
    await until('it began', () => existsSync(join(profile.jail, 'began')));
    gateway.signal('SIGKILL');
    await gateway.ended;
    gateway = await startGateway(profile);
    const said = (text: string) =>
      until(`“${text}”`, () =>
        peer.calls('sendMessage').find((call) => String(call.text).includes(text)),
      );
    const alert = JSON.stringify(await said('IN DOUBT'));
    const data = /v1:happened:[^"\\]+/.exec(alert)?.[0];
    expect(alert).toMatch(/It happened.*Do it again.*Forget it/);
    peer.next('editMessageText', refusal(400, "Bad Request: message can't be edited"));
    const pressed = { id: 'press-1', from, chat_instance: '1', message, data };
    peer.next('getUpdates', success([{ update_id: 2, callback_query: pressed }]));
    await said('It happened, says telegram 42');
    expect(peer.calls('answerCallbackQuery')).toMatchObject([
      { callback_query_id: 'press-1', text: expect.stringContaining('it happened, then') },
    ]);
  });
}, 60_000);
