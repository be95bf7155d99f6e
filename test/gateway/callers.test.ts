import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { type Caller, LOCAL_OWNER } from '../../src/domain/caller.ts';
import { insertDevice, revokeDevice } from '../../src/store/tables/devices.ts';
import { ensureSession, sessionByKey } from '../../src/store/tables/sessions.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const phone: Caller = {
  surface: 'device',
  id: 'd2',
  name: 'phone',
  scopes: ['read', 'chat', 'approve', 'operate'],
};
const script: Caller = { surface: 'program', id: 'd3', name: 'script', scopes: ['read', 'chat'] };

type Stage = Awaited<ReturnType<typeof openKernel>>;

/** With the phone and the script among those that hold a key. */
async function openAtom(): Promise<Stage> {
  const stage = await openKernel();
  const add = ({ name, surface, scopes }: Caller) =>
    insertDevice(stage.atom.records.store, {
      name,
      kind: surface === 'program' ? surface : 'device',
      scopes,
      addedAt: 1,
      keyHash: name,
    });
  for (const one of [{ ...phone, name: 'tablet' }, phone, script]) await add(one);
  return stage;
}

type Client = ReturnType<Stage['connect']>;

/** Whose words a message counts as, in a session by its key. */
async function integrityOf(client: Client, session: string, text: string): Promise<unknown> {
  const { payload } = await client.request('chat.history', { session });
  const { entries } = payload as {
    entries: { item: { text?: string }; labels: { integrity: string } }[];
  };
  return entries.find(({ item }) => item.text === text)?.labels.integrity;
}

const reply = (client: Client, session: string) =>
  until('the reply', () =>
    client.frames.find(({ event }) => event?.kind === 'message' && event.session === session),
  );

describe('through a kernel without a socket', () => {
  test('the owner at this machine talks as ever', async () => {
    const stage = await openAtom();
    const { connect } = stage;
    const seat = connect(LOCAL_OWNER);
    expect((await seat.request('connect', greeting)).ok).toBe(true);
    const said = await seat.request('chat.send', { text: 'hello', key: 'k1' });
    expect(said.payload).toMatchObject({ session: 'terminal:self:main', duplicate: false });
    expect((await reply(seat, 'terminal:self:main')).event).toMatchObject({ kind: 'message' });
  });

  test('a device of the owner has a conversation of its own, in the owner’s words', async () => {
    const stage = await openAtom();
    const one = stage.connect(phone);
    await one.request('connect', greeting);
    const said = await one.request('chat.send', { text: 'hello from afar', key: 'k1' });
    expect(said.payload).toMatchObject({ session: 'device:dm:d2', duplicate: false });
    await reply(one, 'device:dm:d2');
    const again = await one.request('chat.send', { text: 'hello from afar', key: 'k1' });
    expect(again.payload).toMatchObject({ duplicate: true });
    expect(await integrityOf(one, 'device:dm:d2', 'hello from afar')).toBe('owner');
    const aside = await one.request('chat.send', { text: 'hello', peer: 'aside', key: 'k2' });
    expect(aside.payload).toMatchObject({ session: 'device:dm:d2:aside' });
  });

  test('whoever is not at the terminal speaks to an agent in a conversation of their own', async () => {
    const stage = await openAtom();
    const { agents, records } = stage.atom;
    await agents.add({ name: 'writer', maturity: 'student' });
    const session = {
      d2: 'device:dm:d2:writer',
      d3: 'device:dm:d3:writer',
      owner: 'terminal:self:writer',
    };
    for (const caller of [phone, script, LOCAL_OWNER]) {
      const client = stage.connect(caller);
      await client.request('connect', greeting);
      const said = await client.request('chat.send', { text: 'hello', agent: 'writer', key: 'k' });
      const key = session[caller.id as keyof typeof session];
      expect(said.payload).toMatchObject({ session: key });
      expect(await sessionByKey(records.store, key)).toMatchObject({ agent: 'writer' });
      await reply(client, key);
    }
    const nobody = stage.connect(phone);
    await nobody.request('connect', greeting);
    const said = await nobody.request('chat.send', { text: 'hello', agent: 'nobody', key: 'l' });
    expect(said.error?.code).toBe('not-found');
  });

  test('the words of a program are not the owner’s, wherever it says them', async () => {
    const stage = await openAtom();
    const [seat, program] = [stage.connect(LOCAL_OWNER), stage.connect(script)];
    await seat.request('connect', greeting);
    await program.request('connect', greeting);
    const session = 'terminal:self:main';
    const said = await program.request('chat.send', {
      text: 'hello by program',
      session,
      key: 'k',
    });
    expect(said.payload).toMatchObject({ session });
    await reply(seat, session);
    await reply(program, session);
    expect(await integrityOf(seat, session, 'hello by program')).toBe('untrusted');
  });

  test('whoever looks on reads the talk of the owner and its own, and of chats with others no word', async () => {
    const stage = await openAtom();
    const { store, people } = stage.atom.records;
    const known = { agent: 'atom', startedAt: 1 };
    const chat = (key: string, peer: string) => {
      const home = { channel: 'telegram', account: '1', peer };
      return ensureSession(store, { ...known, id: key, key, home });
    };
    await people.admit(
      { channel: 'telegram', account: '1', id: '7', how: 'link' },
      { role: 'owner', by: 'terminal/owner' },
      async () => undefined,
    );
    const others = ['telegram:dm:42', 'telegram:group:-1'];
    for (const key of others) await chat(key, key.split(':')[2] ?? '');
    await chat('telegram:dm:7', '7');
    const looks = { read: await stage.connect(script), operates: await stage.connect(phone) };
    for (const client of Object.values(looks)) await client.request('connect', greeting);
    const codes = async (client: Client, keys: readonly string[]) =>
      Promise.all(
        keys.map(
          async (session) => (await client.request('chat.history', { session })).error?.code,
        ),
      );
    expect(await codes(looks.read, others)).toEqual(['blocked', 'blocked']);
    const own = ['telegram:dm:7', 'terminal:self:main', 'device:dm:d3', 'agent:writer:main'];
    expect(await codes(looks.read, own)).toEqual(own.map(() => undefined));
    expect(await codes(looks.operates, others)).toEqual([undefined, undefined]);
    // Nor by way of the queues, or of the runs that answered.
    await looks.read.request('chat.send', { text: 'hello', key: 'k' });
    await reply(looks.read, 'device:dm:d3');
    expect((await looks.read.request('queue.list', { queue: 'spool' })).error?.code).toBe(
      'blocked',
    );
    const answers = async (client: Client) => {
      const { payload } = await client.request('runs.list', { all: true });
      const { runs } = payload as { runs: { id: string; action: string }[] };
      return runs.filter(({ action }) => action === 'message.reply');
    };
    const [answer] = await answers(looks.operates);
    expect(await answers(looks.read)).toEqual([]);
    const show = { ref: answer?.id };
    expect((await looks.read.request('runs.show', show)).error?.code).toBe('blocked');
    expect((await looks.operates.request('runs.show', show)).ok).toBe(true);
  });

  test('a session of a platform is written to only once it is there', async () => {
    const { connect } = await openAtom();
    const one = connect(phone);
    await one.request('connect', greeting);
    const send = (session: string) =>
      one.request('chat.send', { text: 'x', session, key: session });
    expect((await send('telegram:dm:42')).error?.code).toBe('not-found');
    for (const nonsense of ['nonsense', 'mail:dm:42', 'telegram:chat:42', 'a:dm:b:c:d'])
      expect((await send(nonsense)).error?.code).toBe('usage');
  });

  test('the owner at this machine speaks as the owner in every other chat, and as no stranger', async () => {
    const stage = await openAtom();
    const { store, pairing } = stage.atom.records;
    const seat = stage.connect(LOCAL_OWNER);
    await seat.request('connect', greeting);
    const home = { channel: 'telegram', account: '1', peer: '42' };
    const begun = { agent: 'atom', startedAt: 1 };
    await ensureSession(store, { ...begun, id: 's1', key: 'telegram:dm:42', home });
    for (const session of ['telegram:dm:42', 'device:dm:d2']) {
      const said = await seat.request('chat.send', { text: 'hello', session, key: 'k' });
      expect(said.payload).toMatchObject({ session, duplicate: false });
      await until(
        'it is heard',
        async () => (await integrityOf(seat, session, 'hello')) === 'owner',
      );
      await seat.request('chat.send', { text: '/pair', session, key: 'l' });
    }
    const told = JSON.stringify(await store.all('SELECT body FROM outbox'));
    expect(told).toContain('not in another chat');
    expect(told).not.toContain('private assistant');
    expect(await pairing.open()).toEqual([]);
  });

  test('what answers cards and ends halts is no message of a device', async () => {
    const stage = await openAtom();
    const one = stage.connect(phone);
    await one.request('connect', greeting);
    await one.request('panic');
    for (const text of ['/resume 123456', '/resume']) {
      const before = one.frames.length;
      await one.request('chat.send', { text, key: text });
      await until('it is told', () =>
        one.frames
          .slice(before)
          .some(({ event }) => String(event?.text).includes('does not do that')),
      );
    }
    expect(stage.atom.halt.current()).toMatchObject({
      kind: 'halted',
      by: { surface: 'device', id: 'd2' },
    });
    expect(JSON.stringify(one.frames)).not.toContain('123456');
  });

  test('a device stops everything, and goes on only with a second factor', async () => {
    const { connect, atom } = await openAtom();
    const [one, seat] = [connect(phone), connect(LOCAL_OWNER)];
    for (const client of [one, seat]) await client.request('connect', greeting);
    expect((await one.request('panic')).ok).toBe(true);
    expect((await one.request('resume', { typed: true })).payload).toMatchObject({
      ok: false,
      reason: 'not-here',
    });
    expect((await seat.request('resume', { typed: true })).payload).toMatchObject({ ok: true });
    expect((await one.request('pause')).ok).toBe(true);
    expect((await one.request('resume', { typed: true })).error?.code).toBe('credentials');
    expect((await one.request('resume', { code: '123456' })).error?.code).toBe('not-found');
    expect(atom.halt.current()?.kind).toBe('paused');
    expect((await seat.request('resume')).payload).toMatchObject({ ok: true });
  });

  test('a device answers a card in its own name, but nothing that shall hold from now on', async () => {
    const stage = await openAtom();
    const one = stage.connect(phone);
    await one.request('connect', greeting);
    await one.request('chat.send', { text: '/run touch made.txt', key: 'k' });
    const asked = await until('a card', () =>
      one.frames.find(({ event }) => event?.kind === 'approval.asked'),
    );
    const { code: ref } = (asked.event as { card: { code: string } }).card;
    const answer = (more: object) => one.request('approvals.answer', { ref, ...more });
    expect((await answer({ verdict: 'approve', stand: 0 })).payload).toMatchObject({
      ok: false,
      reason: 'not-here',
    });
    expect((await answer({ verdict: 'approve' })).payload).toMatchObject({
      ok: true,
      approval: { decidedBy: { surface: 'device', id: 'd2' } },
    });
  });

  test('nothing critical is approved from a device, with or without a second factor', async () => {
    const stage = await openAtom();
    const one = stage.connect(phone);
    await one.request('connect', greeting);
    await one.request('chat.send', { text: `/run perl -e 'unlink "x"'`, key: 'k' });
    const asked = await until('a card', () =>
      one.frames.find(({ event }) => event?.kind === 'approval.asked'),
    );
    const { code: ref, factor } = (asked.event as { card: { code: string; factor: string } }).card;
    expect(factor).toBe('typed');
    const answer = (verdict: string) =>
      one.request('approvals.answer', { ref, verdict, typed: true });
    expect((await answer('approve')).payload).toMatchObject({ ok: false, reason: 'not-here' });
    expect((await answer('deny')).payload).toMatchObject({ ok: true });
  });

  test('a program ends nothing in the owner’s conversation by what it says there', async () => {
    const stage = await openAtom();
    const [seat, program] = [stage.connect(LOCAL_OWNER), stage.connect(script)];
    for (const client of [seat, program]) await client.request('connect', greeting);
    await seat.request('chat.send', { text: 'hello', key: 'k1' });
    const session = 'terminal:self:main';
    await reply(seat, session);
    const before = program.frames.length;
    await program.request('chat.send', { text: '/new', session, key: 'k2' });
    await until('it is told', () =>
      program.frames
        .slice(before)
        .some(({ event }) => String(event?.text).includes('Only an owner of mine')),
    );
  });

  test('the words of a device that holds no key are nobody’s, though it was let in before', async () => {
    const stage = await openAtom();
    const { store } = stage.atom.records;
    const seat = stage.connect(LOCAL_OWNER);
    await seat.request('connect', greeting);
    await revokeDevice(store, 'd2', 2);
    for (const id of ['d2', 'd77']) {
      const one = stage.connect({ ...phone, id });
      await one.request('connect', greeting);
      const text = `/run touch made.txt as ${id}`;
      const said = await one.request('chat.send', { text, key: id });
      const { event } = said.payload as { event: string };
      await until('its turn is over', async () =>
        store.get("SELECT 1 AS one FROM spool WHERE id = $1 AND state = 'handled'", event),
      );
      expect(await integrityOf(seat, `device:dm:${id}`, text)).toBe('untrusted');
    }
    expect(existsSync(join(stage.profile.jail, 'made.txt'))).toBe(false);
  });

  test('whoever does not speak for the owner stops only what is their own', async () => {
    const stage = await openAtom();
    const less: Caller = { ...phone, scopes: ['read', 'chat'] };
    const ends: string[] = [];
    const begin = (key: string) => {
      const { signal } = stage.atom.running.begin(
        { key, event: 'e' },
        new AbortController().signal,
      );
      signal.addEventListener('abort', () => ends.push(key));
    };
    const stopAs = async (caller: Caller, session: string) => {
      const client = stage.connect(caller);
      await client.request('connect', greeting);
      return await client.request('chat.stop', { session });
    };
    for (const key of ['terminal:self:main', 'device:dm:d2', 'device:dm:d2:aside', 'device:dm:d23'])
      begin(key);
    for (const session of ['terminal:self:main', 'device:dm:d23', 'device:dm:d2'])
      expect((await stopAs(script, session)).error?.code).toBe('blocked');
    for (const session of ['terminal:self:main', 'device:dm:d23'])
      expect((await stopAs(less, session)).error?.code).toBe('blocked');
    expect(ends).toEqual([]);
    for (const session of ['device:dm:d2', 'device:dm:d2:aside'])
      expect((await stopAs(less, session)).payload).toEqual({ stopped: true });
    expect((await stopAs(phone, 'terminal:self:main')).payload).toEqual({ stopped: true });
    expect(ends).toEqual(['device:dm:d2', 'device:dm:d2:aside', 'terminal:self:main']);
  });

  test('what a device said counts for nothing once its key was taken away', async () => {
    const stage = await openAtom();
    const { store } = stage.atom.records;
    const id = await insertDevice(store, {
      name: 'phone',
      kind: 'device',
      scopes: phone.scopes,
      addedAt: 1,
      keyHash: 'x',
    });
    const one = stage.connect({ ...phone, id });
    await one.request('connect', greeting);
    await one.request('chat.send', { text: '/run touch made.txt', key: 'k' });
    const asked = await until('a card', () =>
      one.frames.find(({ event }) => event?.kind === 'approval.asked'),
    );
    const { code: ref } = (asked.event as { card: { code: string } }).card;
    await revokeDevice(store, id, 2);
    await one.request('approvals.answer', { ref, verdict: 'approve' });
    await until('it was refused', async () =>
      store.get("SELECT 1 AS one FROM audit WHERE kind = 'refused'"),
    );
    expect(existsSync(join(stage.profile.jail, 'made.txt'))).toBe(false);
  });
});
