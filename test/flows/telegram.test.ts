import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';
import { refusal, startScriptedTelegram } from '../peers/scripted-telegram.ts';
import type { TelegramPeer } from '../peers/telegram-peer.ts';
import { type ButtonPeer, startTelegramTestApi } from '../peers/telegram-test-api.ts';
import { enrol } from './stage/authenticator.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Stage {
  readonly profile: Profile;
  readonly gateway: GatewayProcess;
}

async function stageFor({
  apiRoot,
  token,
}: Pick<TelegramPeer, 'apiRoot' | 'token'>): Promise<Stage> {
  const profile = createProfile({
    config: { channels: { telegram: { enabled: true, allow: ['42'], apiRoot } } },
    env: { TELEGRAM_BOT_TOKEN: token, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  opened.push(profile.remove);
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const gateway = await startGateway(profile);
  opened.push(gateway.kill);
  return { profile, gateway };
}

async function crabline(): Promise<Stage & { readonly peer: CrablinePeer }> {
  const peer = await startCrabline();
  opened.push(peer.close);
  return { peer, ...(await stageFor(peer)) };
}

async function withButtons(): Promise<Stage & { readonly peer: ButtonPeer }> {
  const peer = await startTelegramTestApi();
  opened.push(peer.close);
  return { peer, ...(await stageFor(peer)) };
}

const sent = (peer: TelegramPeer, text: string) =>
  until(`a message with “${text}”`, async () =>
    (await peer.sentMessages()).find((message) => message.text.includes(text)),
  );

/** The only card shown: its code, and what its buttons carry; '' where there is no such button. */
async function cardOn(peer: TelegramPeer) {
  const card = await sent(peer, 'APPROVAL');
  const code = /APPROVAL (\w{4})/.exec(card.text)?.[1] ?? '';
  const button = (verb: string): string =>
    card.buttons.flat().find((data) => data.startsWith(`v1:${verb}:`)) ?? '';
  return { ...card, code, yes: button('yes'), no: button('no') };
}

/** Takes a file away by code of an interpreter: nothing takes that back, so it is never one tap. */
const removing = (name: string): string => `/run perl -e 'unlink "${name}"'`;

describe('on Telegram', () => {
  it('answers the owner, and a stranger gets a code for the owner and nothing else', async () => {
    const { peer, profile, gateway } = await crabline();
    await peer.inject('list files', { id: 666 });
    const line = await gateway.logged('Unauthorized request from user_id: 666');
    expect(line).toMatchObject({ level: 'warn' });
    // In a group a stranger is not heard either, and the owner only when spoken to.
    await peer.inject('list files', { id: 667, chat: -100 });
    await gateway.logged('Unauthorized request from user_id: 667');
    await peer.inject('list files', { id: 42, chat: -100 });
    await peer.inject('show me notes.txt');
    expect(await sent(peer, 'buy milk')).toMatchObject({ chat: '42' });
    await sent(peer, 'private assistant');
    const told = (await peer.sentMessages()).filter(({ chat }) => chat !== '42');
    expect(told).toMatchObject([
      { chat: '666', text: expect.stringContaining('private assistant') },
    ]);
    const [alert] = profile.rows<{ kind: string; text: string }>(
      'SELECT kind, text FROM feed WHERE about IS NULL',
    );
    expect(alert).toMatchObject({ kind: 'alert', text: expect.stringContaining('user_id 666') });
    expect(profile.rows('SELECT id FROM spool')).toHaveLength(1);
  });

  // Elsewhere the secret would be kept in the keychain of whoever runs this.
  it.skipIf(process.platform !== 'linux')(
    'takes a code of the second factor, keeps it nowhere, and says when none is taken any more',
    async () => {
      const { peer, profile } = await crabline();
      writeFileSync(join(profile.jail, 'b.txt'), 'b\n');
      const phone = await enrol(profile);
      await peer.inject(removing('notes.txt'));
      const card = await cardOn(peer);
      expect(card.text).toContain(`To approve, reply: ok ${card.code} 123456 (the six digits`);
      expect(card.buttons.flat()).toHaveLength(2);
      expect(card.yes).toBe('');
      expect(existsSync(join(profile.jail, 'notes.txt'))).toBe(true);
      const digits = phone.code();
      await peer.inject(`ok ${card.code} ${digits}`);
      await sent(peer, `Approved: ${card.code}`);
      await until('it is gone', () => !existsSync(join(profile.jail, 'notes.txt')));
      const kept = JSON.stringify(profile.rows('SELECT body FROM spool'));
      expect(kept).toContain(`ok ${card.code} ••••••`);
      expect(kept).not.toContain(`${card.code} ${digits}`);
      await peer.inject(removing('b.txt'));
      const next = await until('another card', async () =>
        (await peer.sentMessages())
          .flatMap(({ text }) => /APPROVAL (\w{4})/.exec(text)?.[1] ?? [])
          .find((code) => code !== card.code),
      );
      for (let n = 0; n < 5; n++) await peer.inject(`ok ${next} aaaa-bbbb-cccc-dddd`);
      expect(await sent(peer, 'Five codes of the second factor')).toMatchObject({ chat: '42' });
      expect(existsSync(join(profile.jail, 'b.txt'))).toBe(true);
    },
  );

  it('says that the token was refused in Telegram’s own words, and the terminal works on', async () => {
    const peer = await startScriptedTelegram();
    opened.push(peer.close);
    peer.next('getMe', refusal(401, 'Unauthorized'));
    const { profile, gateway } = await stageFor(peer);
    const line = await gateway.logged('does not accept the token');
    expect(line).toMatchObject({ level: 'error', part: 'telegram' });
    expect(line.text).toContain('Unauthorized');
    expect(line.text).toContain('atom secrets set telegram.token');
    const seat = await takeSeat(profile);
    opened.push(seat.leave);
    expect(await seat.ask('show me notes.txt')).toContain('buy milk');
    const { channels } = await seat.gateway.request('status', {});
    const telegram = channels.find(({ name }) => name === 'telegram');
    expect(telegram?.health).toMatchObject({ state: 'failed' });
    expect(gateway.stderr() + JSON.stringify(channels)).not.toContain(peer.token);
  });

  it('says in words that another program receives the messages, and goes on once it stops', async () => {
    const { peer, gateway } = await crabline();
    await gateway.logged('ready as');
    let busy = true;
    const other = (async () => {
      while (busy) {
        await fetch(`${peer.apiRoot}/bot${peer.token}/getUpdates?timeout=1`).catch(() => undefined);
      }
    })();
    try {
      await gateway.logged('another program is receiving');
    } finally {
      busy = false;
      await other;
    }
    await peer.inject('show me notes.txt');
    await sent(peer, 'buy milk');
  });

  it('shows a change with buttons, does it once when pressed, and edits the card', async () => {
    const { peer, profile } = await withButtons();
    await peer.inject('make folder photos');
    const { yes, code } = await cardOn(peer);
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
    await peer.pressButton(yes, { id: 666, chat: 42 });
    await peer.pressButton(yes, { id: 666 });
    await peer.pressButton(yes);
    await sent(peer, 'Done');
    await until('the edited card', async () =>
      (await peer.shown()).some(
        ({ text }) => text.includes(`Approved by telegram 42`) && text.includes(code),
      ),
    );
    await peer.pressButton(yes);
    await peer.inject('show me notes.txt');
    await sent(peer, 'buy milk');
    const begun = `SELECT body FROM audit WHERE kind = 'begun' AND body LIKE '%shell.exec%'`;
    expect(profile.rows(begun)).toHaveLength(1);
    expect((await peer.shown()).flatMap(({ buttons }) => buttons)).toEqual([]);
  });

  it('shows how a long command goes in one message, and stops it when told to', async () => {
    const { peer, profile } = await withButtons();
    await peer.inject('/run tail -f notes.txt');
    const first = await sent(peer, 'tail -f notes.txt');
    expect(first.text).toMatch(
      /^Running \(\d+ s\): tail -f notes.txt\n\nbuy milk\n\nTo stop it: \/stop$/,
    );
    expect(first.edits).toBeUndefined();
    await until('an edit of it', async () =>
      (await peer.sentMessages()).some(({ text, edits }) => edits && text.startsWith('Running (')),
    ).catch((error: Error) => {
      // It is seldom missed, and only this tells why.
      const rows = profile.rows('SELECT id, state, attempts, error FROM outbox');
      throw new Error(`${error.message}: ${JSON.stringify(rows)}`);
    });
    await peer.inject('/stop');
    const answer = await sent(peer, 'Stopped.\nbuy milk');
    expect(answer.text).toMatch(/It was stopped by telegram 42 after \d+ s\./);
    expect(answer.edits).toBeDefined();
    expect((await peer.shown()).filter(({ text }) => /Running|Ran for/.test(text))).toEqual([]);
    const [end] = profile.rows<{ body: string }>(
      `SELECT body FROM audit WHERE kind = 'failed' AND body LIKE '%"ending":"stopped"%'`,
    );
    expect(JSON.parse(end?.body ?? '{}')).toMatchObject({ by: 'telegram 42' });
    const replies = `SELECT body FROM audit WHERE kind = 'begun' AND body LIKE '%progress of%'`;
    expect(profile.rows(replies)).toHaveLength(1);
  });

  it('lets a button of somebody else decide nothing', async () => {
    const { peer, profile, gateway } = await withButtons();
    await peer.inject('make folder photos');
    const { yes, no } = await cardOn(peer);
    await peer.pressButton(yes, { id: 666, chat: 42 });
    await gateway.logged('Unauthorized request from user_id: 666');
    await peer.pressButton(yes.replace(/.$/, (last) => (last === 'A' ? 'B' : 'A')));
    await until(
      'both presses',
      () => profile.rows(`SELECT id FROM spool WHERE body LIKE '%"button"%'`).length === 1,
    );
    expect(profile.rows(`SELECT state FROM approval`)).toEqual([{ state: 'pending' }]);
    await peer.pressButton(no);
    await sent(peer, 'You said no');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
  });

  it('takes a typed “ok” and a typed “no”, by the code of the card', async () => {
    const { peer, profile } = await withButtons();
    await peer.inject(removing('notes.txt'));
    const first = await cardOn(peer);
    expect(first.buttons.flat()).toHaveLength(2);
    expect(first.yes).toBe('');
    expect(first.text).toContain(`ok ${first.code}`);
    expect(existsSync(join(profile.jail, 'notes.txt'))).toBe(true);
    await peer.inject(`OK ${first.code.toUpperCase()}`);
    await sent(peer, `Approved: ${first.code}`);
    await until('the deletion', () => !existsSync(join(profile.jail, 'notes.txt')));
    await peer.inject('make folder photos');
    const second = await until('a second card', async () =>
      (await peer.sentMessages()).filter(({ text }) => text.includes('APPROVAL')).at(1),
    );
    const code = /APPROVAL (\w{4})/.exec(second.text)?.[1];
    await peer.inject('ok zzzz');
    await sent(peer, 'Nothing called zzzz is waiting');
    await peer.inject(`no ${code}`);
    await sent(peer, 'You said no');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
  });

  it('cannot approve on the phone what does not fit on its screen', async () => {
    const { peer, profile } = await withButtons();
    const text = 'word '.repeat(750).trim();
    await peer.inject(`run touch ${text}`);
    const card = await cardOn(peer);
    expect(card.text).toContain(`atom approvals show ${card.code}`);
    expect(card.buttons.flat()).toHaveLength(2);
    expect([card.yes, card.no]).toEqual(['', expect.stringMatching(/^v1:no:/)]);
    await peer.inject(`ok ${card.code}`);
    await until(
      'an answer to the typed yes',
      async () => profile.rows(`SELECT id FROM outbox WHERE id LIKE 'say:%'`).length === 1,
    );
    expect(existsSync(join(profile.jail, 'word'))).toBe(false);
    expect(profile.rows(`SELECT state FROM approval`)).toEqual([{ state: 'pending' }]);
  });
});
