import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, program, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

/** util-linux's `script` gives a process a terminal of its own. */
const hasTerminal = process.platform === 'linux' && existsSync('/usr/bin/script');

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Stage {
  readonly peer: CrablinePeer;
  readonly profile: Profile;
  readonly gateway: GatewayProcess;
}

/** A gateway with a bot that nobody may talk to yet. */
async function setStage(): Promise<Stage> {
  const peer = await startCrabline();
  opened.push(peer.close);
  const profile = createProfile({
    config: { channels: { telegram: { enabled: true, allow: [], apiRoot: peer.apiRoot } } },
    env: { TELEGRAM_BOT_TOKEN: peer.token, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  opened.push(profile.remove);
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const gateway = await startGateway(profile);
  opened.push(gateway.kill);
  await gateway.logged('ready as @');
  return { peer, profile, gateway };
}

const sent = (peer: CrablinePeer, text: string) =>
  until(`a message with “${text}”`, async () =>
    (await peer.sentMessages()).find((message) => message.text.includes(text)),
  );

/** Everything that is kept, as text. */
const kept = (profile: Profile): string =>
  JSON.stringify(
    ['spool', 'outbox', 'feed', 'audit', 'pairing', 'sender', 'transcript'].map((table) =>
      profile.rows(`SELECT * FROM ${table}`),
    ),
  );

describe('pairing on Telegram', () => {
  it('makes the phone that used the owner’s link an owner, once that is confirmed', async () => {
    const { peer, profile } = await setStage();
    const seat = await takeSeat(profile);
    opened.push(seat.leave);
    const begun = await seat.gateway.request('pair.begin', { channel: 'telegram' });
    const [, bot, token = ''] = /^https:\/\/t\.me\/(\w+)\?start=(.+)$/.exec(begun.link) ?? [];
    expect(`@${bot}`).toBe(begun.identity);
    await peer.inject(`/start ${token}`, { id: 43 });
    await sent(peer, 'Now the owner confirms it');
    expect(await seat.gateway.request('senders.list', {})).toMatchObject({
      senders: [],
      waiting: [{ state: 'matched', who: { id: '43' } }],
    });
    const { id: ref } = begun.pairing;
    const { sender } = await seat.gateway.request('senders.approve', { ref, role: 'owner' });
    expect(await sent(peer, 'Paired as owner. Say hello.')).toMatchObject({
      chat: '43',
      text: expect.stringContaining(`atom senders revoke ${sender.handle}`),
    });
    await peer.inject('show me notes.txt', { id: 43 });
    expect(await sent(peer, 'buy milk')).toMatchObject({ chat: '43' });
    // A used link is like any wrong one.
    await peer.inject(`/start ${token}`, { id: 666 });
    await sent(peer, 'That does not work');
    for (const secret of [token, begun.command.slice('/link '.length)])
      expect(kept(profile)).not.toContain(secret);
    const audited = profile
      .rows<{ kind: string }>('SELECT kind FROM audit')
      .map(({ kind }) => kind);
    expect(audited).toEqual(
      expect.arrayContaining([
        'pairing.begun',
        'pairing.matched',
        'sender.admitted',
        'pairing.wrong',
      ]),
    );
    const alerts = profile
      .rows<{ text: string }>('SELECT text FROM feed WHERE about IS NULL')
      .map(({ text }) => text);
    expect(alerts.some((text) => text.includes('43') && text.includes('as owner'))).toBe(true);
  });

  it('gives a stranger a code; who is let in by it chats, and is nobody again once revoked', async () => {
    const { peer, profile, gateway } = await setStage();
    await peer.inject('show me notes.txt, it is secret-4711', { id: 666 });
    const { text } = await sent(peer, 'This is a private assistant');
    const code = text.split('\n')[2] ?? '';
    expect(code).toMatch(/^[A-Z]{4}-[A-Z]{4}$/);
    const list = await atom(profile, ['senders', 'list']);
    expect(list.out).toMatch(/waits \(p-\w+\).*telegram {2}666/);
    expect(list.out).not.toContain('4711');
    expect((await atom(profile, ['senders', 'list', '--words'])).out).toContain('secret-4711');
    expect(await atom(profile, ['senders', 'approve', code, '--role', 'owner'])).toMatchObject({
      code: 2,
      err: expect.stringContaining('An owner is confirmed by a person'),
    });
    const approved = await atom(profile, ['senders', 'approve', code.toLowerCase(), '--json']);
    expect(JSON.parse(approved.out)).toMatchObject({ sender: { id: '666', role: 'guest' } });
    await sent(peer, 'Paired as guest. Say hello.');
    await peer.inject('show me notes.txt', { id: 666 });
    await sent(peer, 'You are a guest here');
    const again = await atom(profile, ['senders', 'approve', code]);
    expect([again.code, again.err]).toEqual([1, expect.stringContaining('used already')]);
    const revoked = await atom(profile, ['senders', 'revoke', '666']);
    expect([revoked.code, revoked.err]).toEqual([0, expect.stringContaining('not known here')]);
    const before = (await peer.sentMessages()).length;
    await peer.inject('hello again', { id: 666 });
    await until('they are a stranger again', () =>
      gateway.lines.filter(({ text: line }) => line.includes('user_id: 666')).at(1),
    );
    expect(JSON.stringify(await peer.sentMessages())).not.toContain('buy milk');
    expect((await peer.sentMessages()).length).toBe(before);
    expect(kept(profile)).not.toContain(code.replace('-', ''));
    expect(kept(profile)).not.toContain('secret-4711');
  });

  it.skipIf(!hasTerminal)('is confirmed with one key by whoever sits at the terminal', async () => {
    const { peer, profile } = await setStage();
    const { child, printed } = atTerminal(profile, ['pair', 'telegram']);
    await until('all of it', () => /No camera[^\n]*\n/.test(printed()), 20_000);
    const link = /https:\/\/t\.me\/\w+\?start=\S{22}/.exec(printed())?.[0] ?? '';
    expect(printed()).toMatch(/[▀▄█]{20}/);
    expect(printed()).toMatch(/No camera\? Send @\w+: {3}\/link [A-Z]{4}-[A-Z]{4}/);
    // Typed before there is a question, it answers none.
    child.stdin?.write('y\r');
    await peer.inject(`/start ${link.split('=')[1]}`, { id: 43 });
    await until('the card', () => printed().includes('y pair   n refuse'));
    expect(printed()).toContain('id 43 (fixed)');
    expect(printed()).toContain('first owner besides this terminal');
    expect(profile.rows('SELECT * FROM sender')).toEqual([]);
    child.stdin?.write('y\r');
    await sent(peer, 'Paired as owner');
    await until('it says so', () => printed().includes('Paired: telegram 43 is owner.'));
    expect(await ended(child)).toBe(0);
  });

  it('says what is missing where a channel cannot be paired', async () => {
    const { profile } = await setStage();
    expect(await atom(profile, ['pair', 'fax'])).toMatchObject({
      code: 7,
      err: expect.stringContaining('What can be: telegram, whatsapp'),
    });
    expect((await atom(profile, ['pair'])).out).toMatch(/telegram +Telegram +as @/);
  });
});

function atTerminal(profile: Profile, words: readonly string[]) {
  const command = [process.execPath, program, ...words].map((word) => `"${word}"`).join(' ');
  const child = spawn(
    '/usr/bin/script',
    ['-qec', `stty rows 50 cols 100; ${command}`, '/dev/null'],
    {
      env: { ...profile.env, TERM: 'xterm', NO_COLOR: '1' },
    },
  );
  opened.push(() => child.kill('SIGKILL'));
  let text = '';
  child.stdout.setEncoding('utf8').on('data', (part: string) => {
    text += part;
  });
  return { child, printed: () => text };
}

const ended = (child: ChildProcess): Promise<number | null> =>
  child.exitCode === null
    ? new Promise((resolve) => child.once('close', resolve))
    : Promise.resolve(child.exitCode);
