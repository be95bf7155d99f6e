import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { generateSync } from 'otplib/functional';
import { describe, expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import type { Approval } from '../../src/domain/approval.ts';
import { dimensions } from '../../src/domain/breakdown.ts';
import { type Caller, grantable, LOCAL_OWNER } from '../../src/domain/caller.ts';
import { type Method, params } from '../../src/protocol/methods.ts';
import { scopeForUsers } from '../../src/protocol/scopes.ts';
import { deviceById, insertDevice } from '../../src/store/tables/devices.ts';
import { sessionByKey } from '../../src/store/tables/sessions.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const has = (name: string, more: object = {}) => ({
  agents: [name, 'shared'],
  jails: [`of-${name}`],
  ...more,
});

/** Two people with a telephone, a device, an agent and a jail each, and one agent that both have. */
async function openHouse({ erik = {} }: { readonly erik?: object } = {}) {
  const stage = await openKernel({}, {}, (profile) => {
    const jails = ['work', 'of-dana', 'of-erik'].map((name) => {
      const folder = join(profile.folder, name);
      mkdirSync(folder, { recursive: true });
      return { name, folder, mode: 'read-write' as const };
    });
    profile.configure({
      edition: 'enterprise',
      jails,
      users: {
        dana: has('dana', { senders: ['telegram:42', 'device:d1'] }),
        erik: has('erik', { senders: ['telegram:43', 'device:d2'], ...erik }),
      },
    });
  });
  const { atom, profile } = stage;
  for (const name of ['dana', 'erik', 'shared'])
    await atom.agents.add({ name, maturity: 'intern' });
  const meet = async (caller: Caller) => {
    const client = stage.connect(caller);
    await client.request('connect', greeting);
    let count = 0;
    const spoken = async (text: string, more: object = {}): Promise<string> => {
      const key = `k${++count}`;
      const { payload, error } = await client.request('chat.send', { text, key, ...more });
      if (error) return error.message;
      const { event } = payload as { readonly event: string };
      return until(`an answer to ${text}`, () => answerTo(event));
    };
    return { ...client, say: spoken };
  };
  const answerTo = async (event: string): Promise<string | undefined> => {
    const row = await atom.records.store.get(
      'SELECT body FROM outbox WHERE id IN ($1, $2)',
      ...[`reply:${event}`, `say:${event}`],
    );
    return row && (JSON.parse(String(row.body)) as { readonly text: string }).text;
  };
  /** What is said by telephone, and not waited for. */
  const phone = async (peer: string, text: string): Promise<string> => {
    const id = newId();
    await atom.accept({
      id,
      externalId: id,
      from: { channel: 'telegram', account: 'main', peer },
      sender: { id: peer },
      kind: 'message',
      text,
      media: [],
      isGroup: false,
      mentionsMe: true,
      at: 1,
    });
    return id;
  };
  const device = async (name: string) => {
    const id = await insertDevice(atom.records.store, {
      name,
      kind: 'device',
      scopes: grantable,
      addedAt: 1,
      keyHash: name,
    });
    return meet({ surface: 'device', id, name, scopes: grantable });
  };
  const [dana, eriks] = [await device('pad of dana'), await device('pad of erik')];
  /** The owner says yes to everything from here on. */
  const approveAll = (): readonly Approval[] => {
    const asked: Approval[] = [];
    atom.records.bus.on('approval.asked', (approval) => {
      asked.push(approval);
      const by = { surface: 'terminal', id: 'owner' };
      const answer = { ref: approval.id, verdict: 'approve', typed: true, by } as const;
      atom.records.approvals.answer(answer).catch(() => undefined);
    });
    return asked;
  };
  const byPhone = async (peer: string, text: string): Promise<string> => {
    const event = await phone(peer, text);
    return until(`an answer to ${text}`, () => answerTo(event));
  };
  return {
    ...stage,
    dana,
    erik: eriks,
    meet,
    owner: await meet(LOCAL_OWNER),
    phone,
    byPhone,
    approveAll,
    profile,
  };
}

type House = Awaited<ReturnType<typeof openHouse>>;

/** Dana has talked, asked for something, had something told and remembered. */
async function danaWasHere({ dana, atom, byPhone, phone }: House) {
  await dana.say('hello from the violet room');
  await byPhone('42', 'hello by violet telephone');
  await phone('42', '/run touch violet.txt');
  const card = await until(
    'a card',
    async () =>
      (await atom.records.store.all("SELECT code FROM approval WHERE state = 'pending'"))[0],
  );
  const note = byHand(atom.options.paths.data, 'dana');
  await until(
    'the feed',
    async () =>
      (await atom.records.store.get("SELECT seq FROM feed WHERE of_user = 'dana' LIMIT 1")) ??
      undefined,
  );
  return { code: String(card?.code), note };
}

function byHand(data: string, name: string): string {
  const folder = join(data, 'memory', name, `user-${name}`);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'violet.md'), 'The violet cat.');
  return 'violet';
}

const CHAT = 'telegram:dm:42';
const YEAR = { since: '2020-01-01', until: '2099-12-31' };

describe('two users of one atom', () => {
  it('see nothing of each other, whatever they ask for, and the owner what they talk about only by name', async () => {
    const house = await openHouse();
    const { code, note } = await danaWasHere(house);
    const { erik, dana } = house;
    const doors: readonly (readonly [Method, object, object])[] = [
      ['sessions.list', {}, { sessions: [] }],
      ['sessions.list', { user: 'dana' }, { code: 'blocked' }],
      ['sessions.show', { session: CHAT }, { code: 'not-found' }],
      ['sessions.show', { session: 'device:dm:d1', user: 'dana' }, { code: 'not-found' }],
      ['sessions.replay', { session: CHAT, user: 'dana' }, { code: 'not-found' }],
      ['chat.history', { session: CHAT }, { code: 'not-found' }],
      ['chat.history', { session: 'terminal:self:main' }, { code: 'not-found' }],
      ['chat.send', { session: CHAT, text: 'what did we say?', key: 'x' }, { code: 'not-found' }],
      ['chat.send', { agent: 'dana', text: 'hello', key: 'y' }, { code: 'blocked' }],
      ['chat.stop', { session: CHAT }, { code: 'blocked' }],
      ['approvals.list', { all: true }, { approvals: [] }],
      ['approvals.show', { ref: code }, { code: 'not-found' }],
      ['feed.list', {}, { posts: [], last: 0 }],
      ['feed.list', { user: 'dana' }, { code: 'blocked' }],
      ['feed.list', { thread: 1 }, { code: 'not-found' }],
      ['memory.list', {}, { notes: [] }],
      ['memory.list', { user: 'dana', person: 'user-dana' }, { code: 'blocked' }],
      ['memory.show', { note, user: 'dana' }, { code: 'not-found' }],
      ['stats.by', { ...YEAR, by: 'user' }, { rows: [] }],
    ];
    // Nothing that a user may ask for is left out here.
    const mayAsk = (Object.keys(params) as Method[]).filter(scopeForUsers);
    expect(new Set(['connect', ...doors.map(([method]) => method)])).toEqual(new Set(mayAsk));
    for (const by of dimensions)
      expect((await erik.request('stats.by', { ...YEAR, by, user: 'dana' })).payload).toMatchObject(
        {
          user: 'erik',
          rows: [],
        },
      );
    for (const [method, wish, answer] of doors) {
      const { payload, error } = await erik.request(method, wish);
      expect([method, wish, payload ?? error]).toMatchObject([method, wish, answer]);
    }
    const mine = (await dana.request('sessions.list')).payload as { sessions: { key: string }[] };
    expect(mine.sessions.map(({ key }) => key).toSorted()).toEqual(['device:dm:d1', CHAT]);
    expect((await dana.request('approvals.list')).payload).toMatchObject({
      approvals: [{ card: { code } }],
    });
    expect((await dana.request('memory.show', { note })).payload).toMatchObject({
      note: { name: note },
    });
    const own = await dana.request('stats.by', { ...YEAR, by: 'channel', user: 'erik' });
    expect(own.payload).toMatchObject({
      user: 'dana',
      rows: expect.arrayContaining([
        expect.objectContaining({ name: 'device' }),
        expect.objectContaining({ name: 'telegram', replies: 1 }),
      ]),
    });
    const told = (await dana.request('feed.list')).payload as { posts: { of: string }[] };
    expect(new Set(told.posts.map(({ of }) => of))).toEqual(new Set(['dana']));
    expect(JSON.stringify(dana.frames)).toContain('hello');
    const others = (Object.keys(params) as Method[]).filter((name) => !scopeForUsers(name));
    expect(others.length).toBeGreaterThan(80);
    const answers = await Promise.all(others.map((method) => erik.request(method)));
    expect(answers.map(({ error }) => error?.code)).toEqual(others.map(() => 'blocked'));
    // Nothing was told to one whose own doings there were none of.
    expect(erik.frames.filter(({ event }) => event !== undefined)).toEqual([]);

    const { owner } = house;
    // Nor is whoever looks on for the owner told what is not shown unless it is asked for.
    const talk = ['message', 'output'];
    expect(owner.frames.filter(({ event }) => talk.includes(String(event?.kind)))).toEqual([]);
    expect(owner.frames.some(({ event }) => event?.kind === 'feed')).toBe(true);
    const ask = async (method: Method, wish: object = {}) => {
      const { payload, error } = await owner.request(method, wish);
      return JSON.stringify(payload ?? error);
    };
    for (const method of ['sessions.list', 'memory.list', 'feed.list'] as const)
      expect(await ask(method, { user: 'nope' })).toContain('There is no user nope.');
    for (const method of ['sessions.list', 'memory.list'] as const) {
      expect(await ask(method)).not.toMatch(/violet|telegram:dm:42/);
      expect(await ask(method, { user: 'dana' })).toContain('violet');
    }
    expect(await ask('sessions.show', { session: CHAT })).toContain('--user dana');
    expect(await ask('sessions.show', { session: CHAT, user: 'erik' })).toContain('blocked');
    expect(await ask('sessions.show', { session: CHAT, user: 'dana' })).toContain('violet');
    expect(await ask('memory.show', { note })).toContain('not-found');
    expect(await ask('memory.show', { note, user: 'dana' })).toContain('violet cat');
    expect(await ask('chat.history', { session: CHAT })).toContain('blocked');
    expect(await ask('approvals.list')).toContain(code);
    for (const queue of ['spool', 'outbox']) {
      expect(await ask('queue.list', { queue })).toContain('what dana talks about');
      expect(await ask('queue.list', { queue })).not.toMatch(/violet|No model/);
    }
    // The owner asks for it by name; what is the owner's machine or telephone does, and no program.
    const program: Caller = { surface: 'program', id: 'd9', name: 'script', scopes: grantable };
    const script = await house.meet(program);
    expect((await script.request('sessions.list', { user: 'dana' })).payload).toEqual(
      (await script.request('sessions.list')).payload,
    );
    expect(
      (await script.request('sessions.show', { session: CHAT, user: 'dana' })).error?.code,
    ).toBe('blocked');
    expect(await ask('feed.list')).toContain('"of":"dana"');
    expect(await ask('feed.list', { user: 'erik' })).not.toContain('"of":"dana"');
  });

  it('are worked for by their own agents, in their own jails', async () => {
    const { dana, byPhone, approveAll, profile } = await openHouse();
    expect(await dana.say('/agent')).toMatch(/^dana · intern · answers here\nshared · intern\n/);
    expect(await dana.say('/agent erik')).toContain('There is no agent of that name');
    expect(await byPhone('42', '/agent atom')).toContain('There is no agent of that name');
    expect(await byPhone('42', '/model offline')).toBe('Only an owner of mine may do that.');
    expect(await byPhone('42', 'ok k7p2')).not.toContain('Approved');
    approveAll();
    await dana.say('/run touch made.txt');
    expect(existsSync(join(profile.folder, 'of-dana', 'made.txt'))).toBe(true);
    writeFileSync(join(profile.folder, 'of-erik', 'grey.txt'), 'grey');
    const away = join(profile.folder, 'of-erik', 'grey.txt');
    expect(await dana.say(`show me ${away}`)).toContain('may not use the jail of-erik');
    expect(await dana.say(`/run cat ${away}`)).toContain('No such file');
    expect(await dana.say('ask erik to list files')).toContain('erik is none of your agents');
    profile.change("UPDATE session SET agent = 'atom' WHERE key = 'device:dm:d1'");
    expect(await dana.say('list files')).toContain('atom is none of your agents');
  });

  it('are named where an agent is shown that works for them, with the jails that it has there', async () => {
    const { atom } = await openHouse();
    const theirs = async (name: string) => (await atom.agents.report(name)).agent.users;
    const of = (name: string) => ({ name, jails: [`of-${name}`], workspace: `of-${name}` });
    expect(await theirs('dana')).toEqual([of('dana')]);
    expect(await theirs('shared')).toEqual([of('dana'), of('erik')]);
    expect(await theirs('atom')).toEqual([]);
  });

  it('are told what their own jails gave without a word of the owner’s, and nothing else that is private', async () => {
    const { dana, byPhone, approveAll, atom, profile } = await openHouse();
    const asked = approveAll();
    let before = 0;
    const actions = () => {
      const since = asked.slice(before).map(({ request: { action } }) => action);
      before = asked.length;
      return since;
    };
    expect(await dana.say('/run touch made.txt')).toBe('Done; it printed nothing.');
    expect(actions()).toEqual(['shell.exec']);
    writeFileSync(join(profile.folder, 'of-dana', 'pear.txt'), 'a pear');
    expect(await dana.say('show me pear.txt')).toBe('a pear');
    expect(actions()).toEqual([]);

    const { store, users } = atom.records;
    const session = await sessionByKey(store, 'device:dm:d1');
    const labels = { integrity: 'local', confidentiality: 'private' } as const;
    const item = { role: 'note', text: 'of the owner' } as const;
    const add = { session: session?.id ?? '', event: 'e', at: 1, labels, item };
    await appendItem(store, add);
    await dana.say('show me pear.txt');
    expect(actions()).toEqual(['message.reply']);
    // The workspace of the profile is the owner’s, though they may work in it.
    await byPhone('42', 'show me pear.txt');
    expect(actions()).toEqual([]);
    const all = users.list();
    users.use(all.map((one) => ({ ...one, jails: ['of-dana', 'work'] })));
    writeFileSync(join(profile.folder, 'work', 'plum.txt'), 'a plum');
    await byPhone('42', 'show me plum.txt');
    expect(actions()).toEqual(['message.reply']);
  });

  it('stop nothing of anybody else with a panic, and cost no agent its maturity with a path', async () => {
    const { dana, atom, approveAll } = await openHouse();
    approveAll();
    expect(await dana.say('/panic')).toContain('Only an owner of mine can stop everything');
    expect(atom.halt.current()).toBeUndefined();
    expect(await dana.say('send me the file ../erik/e.txt')).toContain('leads out of the jail');
    expect((await atom.agents.require('dana')).maturity).toBe('intern');
    expect(await dana.say('/undo 1')).toBe('/undo takes no 1. It is said as: /undo [list]');
  });

  it('have agents remember them in all of their chats, and never somebody else', async () => {
    const { dana, erik, byPhone, approveAll, profile } = await openHouse();
    approveAll();
    await dana.say('/agent shared');
    await erik.say('/agent shared');
    await byPhone('42', '/agent shared');
    profile.change("UPDATE agent SET maturity = 'supervised'");
    expect(await dana.say('remember that my cat is violet')).toContain('I remember that');
    expect(await byPhone('42', 'what do you remember about my cat?')).toContain('violet');
    expect(await erik.say('what do you remember about my cat?')).toBe(
      'I remember nothing about that.',
    );
    expect(existsSync(join(profile.paths.data, 'memory', 'shared', 'user-dana'))).toBe(true);
  });

  it('are told of in the feed as they share it: page by page, as it comes, and in a chat', async () => {
    const { dana, erik, byPhone, phone } = await openHouse({ erik: { feed: 'shared' } });
    await phone('43', '/run touch made.txt');
    const post = await until('a post', () =>
      dana.frames.find(({ event }) => event?.kind === 'feed'),
    );
    expect(post.event).toMatchObject({ post: { of: 'erik', author: 'erik' } });
    expect((await dana.request('feed.list')).payload).toMatchObject({
      posts: [{ of: 'erik' }, { of: 'erik' }],
    });
    expect(await byPhone('42', '/feed')).toContain('erik: Started on a message');
    await phone('42', '/run touch made.txt');
    await until('a post', () =>
      dana.frames.find(({ event }) => (event?.post as { of?: string } | undefined)?.of === 'dana'),
    );
    expect(JSON.stringify(erik.frames)).not.toContain('"of":"dana"');
    expect(await byPhone('43', '/feed')).not.toContain('dana');
    expect(await byPhone('43', '/sessions')).not.toMatch(/42|d1/);
  });

  it('may do more only with a word of the owner’s, and at once less', async () => {
    const { owner, phone, profile, atom } = await openHouse();
    const configured = JSON.parse(readFileSync(profile.paths.configFile, 'utf8'));
    const { jails, users } = configured;
    const reload = (next: object, code?: string) => {
      profile.configure({ jails, users: next } as Partial<ConfigFile>);
      return owner.request('users.reload', { code });
    };
    expect((await reload({ ...users, finn: { agents: ['nobody'] } })).error?.message).toContain(
      'no agent nobody',
    );
    const waits = phone('42', '/run touch made.txt');
    await until(
      'a card',
      async () =>
        (await atom.records.store.all("SELECT code FROM approval WHERE state = 'pending'"))[0],
    );
    expect((await reload({ erik: users.erik })).payload).toMatchObject({
      users: [{ name: 'erik' }],
    });
    await waits;
    expect(await atom.records.store.all('SELECT state FROM approval')).toEqual([
      { state: 'denied' },
    ]);
    expect(
      atom.records.people.roleOf({ channel: 'telegram', account: 'main', id: '42' }),
    ).toBeUndefined();
    // A device of hers does not become the owner’s: it is let go.
    expect(await deviceById(atom.records.store, 'd1')).toMatchObject({
      revokedAt: expect.any(Number),
    });

    const { secret } = await atom.records.factor.begin('default');
    const code = (steps: number): string =>
      generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
    const confirmed = await atom.records.factor.confirm([code(-1), code(0)]);
    const more = { erik: { ...users.erik, jails: ['of-erik', 'of-dana'] } };
    expect((await reload(more)).error?.code).toBe('credentials');
    expect(atom.records.users.named('erik')?.jails).toEqual(['of-erik']);
    const proof = 'recoveryCodes' in confirmed ? confirmed.recoveryCodes[0] : '';
    expect((await reload(more, proof)).payload).toMatchObject({
      users: [{ jails: more.erik.jails }],
    });
    const kinds = await atom.records.store.all("SELECT kind FROM audit WHERE kind LIKE 'users.%'");
    expect(kinds).toHaveLength(3);
  });
});
