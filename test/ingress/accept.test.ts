import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import { createLog } from '../../src/base/log.ts';
import { smsFacts } from '../../src/channels/sms/facts.ts';
import type { InboundEvent } from '../../src/domain/event.ts';
import type { Role } from '../../src/domain/role.ts';
import type { Person } from '../../src/domain/sender.ts';
import { createCallbacks } from '../../src/governance/approvals/callback.ts';
import { accept } from '../../src/ingress/accept.ts';
import { createBacklog, FULL } from '../../src/ingress/backlog.ts';
import type { IngressDeps } from '../../src/ingress/ingress-deps.ts';
import { createKeep } from '../../src/ingress/keep.ts';
import { ONLY_OWNERS } from '../../src/ingress/may-order.ts';
import { whyNotHere } from '../../src/outbox/card-text.ts';
import { ensureAgent } from '../../src/store/tables/agents.ts';
import { deepen } from '../../src/store/tables/lanes.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { spoolEvent } from '../../src/store/tables/spool.ts';
import { talksOf } from '../../src/store/tables/talks.ts';
import { conversation } from '../../src/store/tables/transcript.ts';
import { until } from '../flows/stage/until.ts';
import { ownedBy } from '../governance/people/stage.ts';
import { intent, type Scene, setGovernor } from '../governance/stage.ts';

let number = 0;

const DANA = { channel: 'telegram', account: '1', id: '42' };

const said = (text: string, more: Partial<InboundEvent> = {}): InboundEvent => {
  number += 1;
  return {
    id: `e${number}`,
    externalId: `x${number}`,
    from: { channel: 'telegram', account: '1', peer: '42' },
    sender: { id: '42', name: 'Dana' },
    kind: 'message',
    text,
    media: [],
    isGroup: false,
    mentionsMe: false,
    at: 1,
    ...more,
  };
};

/** The door for messages, on a real store and with a real governor behind it. */
async function setDoor(more: Partial<IngressDeps> = {}, scene: Scene = {}) {
  const stage = await setGovernor(scene);
  const { store, bus, approvals } = stage;
  const heard = { strangers: [] as string[], told: [] as string[], stopped: [] as string[] };
  const notes: string[] = [];
  const callbacks = createCallbacks(Buffer.from('key'));
  const backlog = createBacklog();
  const deps: IngressDeps = {
    store,
    bus,
    approvals,
    callbacks,
    log: createLog(() => undefined),
    people: ownedBy('42'),
    pairing: { prove: async () => 'silent', knock: async () => 'silent' },
    sayTo: async () => undefined,
    wasSaidTo: async () => false,
    bringsAgain: () => false,
    onStranger: (event, knocked) => heard.strangers.push(`${event.sender.id}: ${knocked}`),
    talks: {
      status: async ({ session }) => `how ${session} stands`,
      help: async ({ role }) => `help for ${role}`,
      list: async ({ session }) => `list of ${session}`,
      goBack: async (_, number) => `back to ${number}`,
      model: async (_, model) => `model ${model ?? 'which?'}`,
      pin: async (_, text) => `pin ${text ?? 'what?'}`,
      unpin: async (_, number) => `unpin ${number}`,
    },
    chooseAgent: async ({ session }, name) => `${session} ${name ?? 'who?'}`,
    latestPosts: async () => 'the latest posts',
    userOf: () => undefined,
    arrived: () => false,
    stopTurn: (key) => heard.stopped.push(key) > 0 && key === 'telegram:dm:42',
    answer: async (event, told) => {
      await store.tx((sql) => spoolEvent(sql, event, null));
      heard.told.push(typeof told === 'string' ? told : told.text);
    },
    notice: async (_, text) => {
      heard.told.push(text);
    },
    acknowledge: async (_, note) => {
      notes.push(note);
    },
    notHere: () => undefined,
    stand: async ({ ref, ...choice }) => {
      heard.told.push(JSON.stringify(choice));
      return approvals.answer({
        ref,
        verdict: 'approve',
        by: { surface: 'x', id: '42' },
        typed: false,
      });
    },
    backlog,
    keep: createKeep({ store, backlog, wake: () => undefined }),
    undo: {
      last: async ({ key, id }) => `took back of ${key} for ${id}`,
      list: async (key) => `list of ${key}`,
    },
    doubts: {
      list: async () => 'what is in doubt',
      isNamed: async (code) => code === 'k7p2qx',
      settle: async ({ sender }, { word, code }) => `${word} ${code}, says ${sender.id}`,
      press: async ({ text }) => `pressed ${text}`,
    },
    pair: {
      code: async ({ sender }, wanted) => ({ text: `code as ${wanted} for ${sender.id}` }),
      approve: async (by, ref, proof) => `${ref} by ${by.id} with ${proof ?? 'nothing'}`,
    },
    halt: {
      panic: async (by) => `halted by ${by.surface} ${by.id}`,
      stopTheirs: async ({ event }) => `stopped of ${event.sender.id}`,
      resume: async (_, proof) => `resume ${proof ?? 'without'}`,
      status: async () => 'as it stands',
      explain: async () => false,
    },
    ...more,
  };
  const waiting = async () =>
    (await store.all("SELECT id FROM spool WHERE state = 'waiting'")).length;
  const known = async () => (await store.all('SELECT id FROM spool')).length;
  const ask = async (action: 'file.write' | 'shell.exec' = 'file.write') => {
    const stop = new AbortController();
    const resource = action === 'shell.exec' ? { argv: ['rm', 'x'] } : {};
    const before = stage.asked.length;
    const outcome = stage.perform(
      { ...intent(`i${before}`, action, resource), context: { session: 's1' } },
      { signal: stop.signal },
    );
    // Where a test leaves it open, it ends with the store.
    outcome.catch(() => undefined);
    await until('it asks', () => stage.asked.length > before);
    const question = stage.asked.at(-1);
    if (!question) throw new Error('nothing was asked');
    return { outcome, question, stop };
  };
  await ensureAgent(store, { id: 'atom', name: 'atom', maturity: 'intern' });
  await ensureSession(store, {
    id: 's1',
    key: 'telegram:dm:42',
    agent: 'atom',
    home: said('').from,
    startedAt: 1,
  });
  return { ...stage, ...heard, deps, callbacks, notes, waiting, known, ask };
}

describe('connecting a device', () => {
  it('is done by an owner in a direct chat, and a code of the second factor is never kept', async () => {
    const { deps, told, store, waiting } = await setDoor();
    const lines = ['/pair', '/pair qr', '/PAIR approve Ab12', '/pair approve ab12 123 456'];
    for (const line of lines) await accept(deps, said(line));
    expect(told).toEqual([
      'code as text for 42',
      'code as qr for 42',
      'ab12 by 42 with nothing',
      'ab12 by 42 with 123456',
    ]);
    const kept = JSON.stringify(await store.all('SELECT * FROM spool'));
    expect(kept).toContain('/pair approve ab12 ••••••');
    expect(kept).not.toContain('123 456');
    expect(await waiting()).toBe(0);
  });

  it('is not for a group to see, and not for whoever is no owner', async () => {
    const { deps, told } = await setDoor();
    await accept(deps, said('/pair qr', { isGroup: true, mentionsMe: true }));
    expect(told).toEqual(['Do that in our direct chat, not in a group.']);
    const guests = { roleOf: () => 'member' as const, isBlocked: () => false };
    for (const line of ['/pair', '/pair approve ab12'])
      await accept({ ...deps, people: guests }, said(line));
    expect(told.slice(1)).toEqual([ONLY_OWNERS, ONLY_OWNERS]);
  });

  it('is not where every client of the gateway reads along', async () => {
    const { deps, told } = await setDoor({
      people: { roleOf: () => 'owner', isBlocked: () => false },
      pair: { code: () => Promise.reject(new Error('made')), approve: async () => 'let in' },
    });
    for (const channel of ['terminal', 'device']) {
      const from = { channel, account: 'main', peer: 'main' };
      for (const line of ['/pair', '/pair qr']) await accept(deps, said(line, { from }));
    }
    expect(told).toHaveLength(4);
    for (const words of told) expect(words).toContain('atom devices pair');
  });

  it('is not meant by other words, and how it is meant is told', async () => {
    const { deps, told, waiting } = await setDoor();
    for (const line of ['/pair me up', '/pairs', '/pair approve']) await accept(deps, said(line));
    expect(await waiting()).toBe(0);
    expect(told).toEqual([
      'That is not how /pair is said. It is said as: /pair [qr | approve CODE]',
      'I do not know /pairs. Did you mean /pair?',
      'That is not how /pair is said. It is said as: /pair [qr | approve CODE]',
    ]);
  });

  it('keeps no code that stood behind a slip', async () => {
    const { deps, store } = await setDoor();
    await accept(deps, said('/pare approve ab12 482913'));
    await accept(deps, said('/pair aprove ab12 482913'));
    const kept = JSON.stringify(await store.all('SELECT body FROM spool'));
    expect(kept).toContain('/pare');
    expect(kept).not.toContain('482913');
  });
});

describe('a run in doubt', () => {
  const asRole = (role: Role) => ({ people: { roleOf: () => role, isBlocked: () => false } });
  const ANSWERS = ['happened k7p2qx', 'Again K7P2QX', 'forget k7p2qx'];

  it('is settled by the typed words of an owner, outside any turn', async () => {
    const { deps, told, waiting } = await setDoor();
    for (const text of [...ANSWERS, '/forget k7p2qx', '/runs']) await accept(deps, said(text));
    expect(told).toEqual([
      'happened k7p2qx, says 42',
      'again k7p2qx, says 42',
      'forget k7p2qx, says 42',
      'forget k7p2qx, says 42',
      'what is in doubt',
    ]);
    expect(await waiting()).toBe(0);
  });

  it('is settled by nobody else, whose words stay words', async () => {
    for (const role of ['guest', 'member'] as const) {
      const { deps, told, waiting } = await setDoor(asRole(role));
      for (const text of ANSWERS) await accept(deps, said(text));
      expect([told, await waiting()]).toEqual([[], 3]);
      for (const text of ['/again k7p2qx', '/runs']) await accept(deps, said(text));
      expect([told, await waiting()]).toEqual([[ONLY_OWNERS, ONLY_OWNERS], 3]);
    }
  });

  it('is not for a group, nor for words passed on, nor for other words', async () => {
    const { deps, told, waiting } = await setDoor();
    const group = { isGroup: true, mentionsMe: true };
    for (const text of ['again k7p2qx', '/runs']) await accept(deps, said(text, group));
    expect(told).toEqual(Array(2).fill('Do that in our direct chat, not in a group.'));
    await accept(deps, said('again k7p2qx', { wordsOf: 'forwarded from “X”' }));
    for (const text of ['again k7p2qy', 'again k7p2qx please', 'forget people'])
      await accept(deps, said(text));
    expect([told.length, await waiting()]).toEqual([2, 4]);
  });

  it('is settled neither on a channel that proves no sender, nor by a client that may only speak', async () => {
    const { deps, told } = await setDoor();
    await accept(deps, said('again k7p2qx', { claimed: true }));
    expect(told.at(-1)).toContain('anybody could write in your name');
    const via = { surface: 'program', owner: true } as const;
    await accept(deps, said('again k7p2qx', { via }));
    expect(told.at(-1)).toContain('does not do that');
  });

  it('is settled by a button of an owner alone, and a press is taken once', async () => {
    const { deps, notes } = await setDoor();
    const press = said('v1:again:k7p2qx:abcdefgh', { kind: 'button' });
    await accept({ ...deps, ...asRole('member') }, said(press.text, { kind: 'button' }));
    for (const event of [press, press]) await accept(deps, event);
    expect(notes).toEqual([ONLY_OWNERS, `pressed ${press.text}`]);
  });
});

describe('words of others', () => {
  it.each(['/panic', '/stop', '/new', '/undo', '/resume', '/agent writer', '/pair'])(
    'order nothing where they are passed on or posted: %s',
    async (text) => {
      const door = await setDoor();
      await accept(door.deps, said(text, { wordsOf: 'forwarded from “X”' }));
      expect([door.told, door.stopped, await door.waiting()]).toEqual([[], [], 1]);
      const inGroup = { isGroup: true, wordsOf: 'forwarded from “X”' };
      await accept(door.deps, said(text, inGroup));
      expect(await door.waiting()).toBe(1);
    },
  );

  it('are not answered for looking like a command that stands wrongly', async () => {
    const door = await setDoor();
    await accept(
      door.deps,
      said('/status code 500', { wordsOf: 'posted by the program “deploys”' }),
    );
    expect([door.told, await door.waiting()]).toEqual([[], 1]);
    const [kept] = await door.store.all('SELECT body FROM spool');
    expect(String(kept?.body)).toContain('/status code 500');
  });

  it('answer no card, and are not kept where they hold a code', async () => {
    const door = await setDoor();
    const { question, stop } = await door.ask();
    const wordsOf = 'posted by the program “deploys”';
    await accept(door.deps, said(`ok ${question.card.code}`, { wordsOf }));
    expect(await door.store.get('SELECT state FROM approval')).toEqual({ state: 'pending' });
    await accept(door.deps, said('/resume 123456', { wordsOf }));
    const kept = await door.store.all('SELECT body FROM spool');
    expect(kept.map(({ body }) => String(body)).join()).not.toContain('123456');
    stop.abort();
  });
});

describe('whoever is no owner', () => {
  const guests = {
    roleOf: ({ id }: { readonly id: string }) =>
      id === '42' ? ('owner' as const) : ('guest' as const),
    isBlocked: () => false,
  };
  const guest = {
    sender: { id: '43' },
    from: { channel: 'telegram', account: '1', peer: '43' },
  };

  it('has a hundred messages wait: later ones are dropped with a word, once, and an owner is heard', async () => {
    const { deps, told, waiting, store } = await setDoor({ people: guests });
    for (let i = 0; i < 100; i++) await deepen(store, 'in', 'telegram:dm:43');
    const late = said('one more', guest);
    for (const event of [late, said('and more', guest), late])
      expect(await accept(deps, event)).toMatchObject({ new: false });
    expect([told, await waiting()]).toEqual([[FULL], 0]);
    const program = { from: guest.from, via: { surface: 'program', owner: false } } as const;
    await expect(accept(deps, said('x', program))).rejects.toMatchObject({ code: 'unavailable' });
    expect(await accept(deps, said('from the owner'))).toMatchObject({ new: true });
    await store.run(`UPDATE lane SET depth = 99 WHERE lane = 'telegram:dm:43'`);
    expect(await accept(deps, said('again', guest))).toMatchObject({ new: true });
    expect(await accept(deps, said('too much', guest))).toMatchObject({ new: false });
    expect(told.filter((words) => words === FULL)).toHaveLength(2);
  });

  it('refuses what finds no room where it is brought again, and keeps it known to nobody', async () => {
    const { deps, told, waiting, store } = await setDoor({
      people: guests,
      bringsAgain: () => true,
    });
    for (let i = 0; i < 100; i++) await deepen(store, 'in', 'telegram:dm:43');
    const late = said('one more', guest);
    await expect(accept(deps, late)).rejects.toMatchObject({ code: 'unavailable' });
    await store.run(`UPDATE lane SET depth = 99 WHERE lane = 'telegram:dm:43'`);
    expect(await accept(deps, late)).toMatchObject({ new: true });
    expect([told.includes(FULL), await waiting()]).toEqual([false, 1]);
  });

  it('leaves half of the room to owners, however many chats it writes in', async () => {
    const { deps, waiting, store } = await setDoor({ people: guests });
    await store.run(`INSERT INTO lane(queue, lane, depth) VALUES('in', 'a', 50000)`);
    expect(await accept(deps, said('hello', guest))).toMatchObject({ new: false });
    expect(await accept(deps, said('hello'))).toMatchObject({ new: true });
    expect(await waiting()).toBe(1);
  });
});

describe('a yes that stands', () => {
  it('is given by what is typed behind the code, and never by somebody in a group', async () => {
    const { deps, told, ask } = await setDoor();
    const { question, outcome } = await ask();
    const { code } = question.card;
    await accept(deps, said(`ok ${code} always 2`, { isGroup: true, mentionsMe: true }));
    expect(told).toEqual(['Decide in our direct chat, not in a group.']);
    await accept(deps, said(`ok ${code} always 2`));
    expect(told.slice(1)).toEqual([
      JSON.stringify({ offer: 1, lifetime: '30d' }),
      `Approved, and allowed for 30 days: ${code}`,
    ]);
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('is given for an hour by its button, to whom that was signed for', async () => {
    const { deps, told, ask, callbacks } = await setDoor();
    const { question } = await ask();
    for (const id of ['43', '42']) {
      const data = callbacks.sign(question.card, 'hour', { ...DANA, id });
      await accept(deps, said(data, { kind: 'button' }));
    }
    expect(told).toEqual([JSON.stringify({ offer: 0, lifetime: '1h' })]);
  });
});

describe('the door', () => {
  it('keeps a message of somebody who may write, once', async () => {
    const { deps, waiting } = await setDoor();
    const event = said('hello');
    expect(await accept(deps, event)).toEqual({ new: true, session: 'telegram:dm:42' });
    expect(await accept(deps, { ...event, id: 'again' })).toMatchObject({ new: false });
    expect(await waiting()).toBe(1);
  });

  it('gives a chat to another agent at its owner’s word, outside any turn', async () => {
    const { deps, told, waiting } = await setDoor();
    for (const text of ['/agent Writer', '/agent', '/agents']) await accept(deps, said(text));
    expect(told).toEqual(['writer', 'who?', 'who?'].map((name) => `telegram:dm:42 ${name}`));
    expect(await waiting()).toBe(0);
    await accept(deps, said('/agent smith is a film character'));
    await accept(deps, said('/agent writer', { sender: { id: '43' } }));
    expect([told.slice(3), await waiting()]).toEqual([
      ['That is not how /agent is said. It is said as: /agent [NAME]'],
      0,
    ]);
  });

  it('keeps nothing of a stranger and answers nothing', async () => {
    const { deps, strangers, told, known, notes } = await setDoor();
    for (const text of ['hello', '/stop', 'ok k7p2', 'v1:yes:k7p2:aaaaaaaa'])
      for (const kind of ['message', 'button', 'edit', 'join'] as const)
        await accept(deps, said(text, { sender: { id: '43' }, kind }));
    expect(strangers).toHaveLength(16);
    expect(strangers[0]).toContain('43');
    expect([told, notes, await known()]).toEqual([[], [], 0]);
  });

  it('knows people by their fixed id and never by their name or their chat', async () => {
    const { deps, strangers, known } = await setDoor();
    await accept(deps, said('hello', { sender: { id: '43', name: '42' } }));
    await accept(deps, said('hello', { sender: { id: 'dana' } }));
    await accept(deps, said('hello', { from: { channel: 'signal', account: '1', peer: '42' } }));
    expect(strangers).toHaveLength(3);
    expect(await known()).toBe(0);
  });

  it('hears in a group only what is said to it, by who may', async () => {
    const { deps, waiting, stopped } = await setDoor();
    const group = { isGroup: true, from: { channel: 'telegram', account: '1', peer: '-9' } };
    await accept(deps, said('hello all', group));
    await accept(deps, said('/stop', group));
    expect([await waiting(), stopped]).toEqual([0, []]);
    await accept(deps, said('hello bot', { ...group, mentionsMe: true }));
    expect(await waiting()).toBe(1);
  });

  it('never acts on a message that was edited, or on somebody’s coming', async () => {
    const { deps, waiting, stopped, told } = await setDoor();
    for (const kind of ['edit', 'join', 'wake'] as const)
      for (const text of ['rm everything', '/stop', 'ok k7p2'])
        await accept(deps, said(text, { kind, mentionsMe: true }));
    expect([await waiting(), stopped, told]).toEqual([0, [], []]);
  });

  it('refuses a text that is too long, whole', async () => {
    const { deps, known } = await setDoor();
    await expect(accept(deps, said('x'.repeat(65_537)))).rejects.toThrow('65,536');
    expect(await known()).toBe(0);
    await accept(deps, said('x'.repeat(65_536)));
    expect(await known()).toBe(1);
  });

  it('stops the turn of this very chat on /stop, and says if there was none', async () => {
    const { deps, told, stopped, waiting } = await setDoor();
    await accept(deps, said(' /STOP '));
    await accept(deps, said('/stop', { from: { channel: 'telegram', account: '1', peer: '44' } }));
    expect(stopped).toEqual(['telegram:dm:42', 'telegram:dm:44']);
    expect(told).toEqual(['Stopped.', 'Nothing was running.']);
    expect(await waiting()).toBe(0);
  });

  it.each(['/stop', '/new', '/panic', '/status', '/undo', '/resume', '/agent writer', 'no k7p2'])(
    'hears “%s” at once, however many messages wait, and neither steers nor stops a turn by it',
    async (text) => {
      const arrived: string[] = [];
      const door = await setDoor({ arrived: ({ event }) => arrived.push(event) > 99 });
      const { stop } = await door.ask();
      for (const words of ['one', 'two', 'three']) await accept(door.deps, said(words));
      const [before, waiting] = [door.told.length, await door.waiting()];
      await accept(door.deps, said(text));
      expect([door.told.length, await door.waiting()]).toEqual([before + 1, waiting]);
      expect(arrived).toHaveLength(3);
      stop.abort();
    },
  );

  it('says nothing of waiting to somebody for whom the turn is stopped', async () => {
    const door = await setDoor({ arrived: () => true });
    const { stop } = await door.ask();
    await accept(door.deps, said('something else'));
    expect([door.told, await door.waiting()]).toEqual([[], 1]);
    stop.abort();
  });

  it('starts afresh on /new', async () => {
    const { deps, told, store } = await setDoor();
    await store.run(
      `INSERT INTO transcript(session, event, labels, item, at) VALUES('s1', 'e', '{}', '{}', 1)`,
    );
    await accept(deps, said('/new'));
    expect(told[0]).toContain('A fresh start');
    expect(await conversation(store, 's1')).toEqual([]);
    expect((await talksOf(store, 's1')).map(({ number }) => number)).toEqual([2, 1]);
  });

  it.each([
    'please /stop',
    '/etc/hosts',
    '/stop/it',
    '/tmp is full',
    '5 /new',
    'okay k7p2',
    'ok',
    'constructor test',
    'toString abcd',
  ])('takes “%s” for a message like any other', async (text) => {
    const { deps, waiting, stopped, told } = await setDoor();
    await accept(deps, said(text));
    expect([await waiting(), stopped, told]).toEqual([1, [], []]);
  });
});

describe('the conversations of a chat', () => {
  it.each([
    ['/help', 'help for owner'],
    ['/start', 'help for owner'],
    ['/Sessions', 'list of telegram:dm:42'],
    ['/sessions 2', 'back to 2'],
    ['/model', 'model which?'],
    ['/model local/Small', 'model local/Small'],
    ['/pin', 'pin what?'],
    ['/pin Always in metres,\nnever in feet.', 'pin Always in metres,\nnever in feet.'],
    ['/unpin 3', 'unpin 3'],
    ['/stop!', 'Nothing was running.'],
    ['/sessions two', '/sessions takes no two. It is said as: /sessions [NUMBER]'],
    ['/undo 1', '/undo takes no 1. It is said as: /undo [list]'],
    ['/feed erik', '/feed takes no erik. It is said as: /feed'],
    ['/pair 482913', 'That is not how /pair is said. It is said as: /pair [qr | approve CODE]'],
    ['/sesions', 'I do not know /sesions. Did you mean /sessions?'],
    ['/modell local/small', 'I do not know /modell. Did you mean /model?'],
    ['/xyzzy', 'I do not know /xyzzy. Send /help to see what there is.'],
  ])('%s is answered outside any turn', async (text, answer) => {
    const { deps, told, waiting } = await setDoor({ stopTurn: () => false });
    await accept(deps, said(text));
    expect([told, await waiting()]).toEqual([[answer], 0]);
  });

  it.each(['/compact', '/compact keep it short', '/run git status', '/skills', '/tools'])(
    '%s has its own turn',
    async (text) => {
      const { deps, told, waiting } = await setDoor();
      await accept(deps, said(text));
      expect([told, await waiting()]).toEqual([[], 1]);
    },
  );

  it('are a guest’s own, whose model, agent and pins are not', async () => {
    const people = { roleOf: () => 'guest' as const, isBlocked: () => false };
    const { deps, told } = await setDoor({ people });
    const mine = { from: { ...said('').from, peer: '43' }, sender: { id: '43' } };
    for (const text of ['/help', '/sessions', '/model local/small', '/pin x', '/unpin 1'])
      await accept(deps, said(text, mine));
    expect(told).toEqual([
      'help for guest',
      'list of telegram:dm:43',
      ...[ONLY_OWNERS, ONLY_OWNERS, ONLY_OWNERS],
    ]);
    // What others read and write is not one guest's to turn back.
    await accept(deps, said('/sessions 2', { ...mine, isGroup: true, mentionsMe: true }));
    expect(told.at(-1)).toBe(ONLY_OWNERS);
  });
});

describe('/undo', () => {
  it('takes back what this chat changed last, and tells what could be, before any turn', async () => {
    const { deps, told, waiting } = await setDoor();
    await accept(deps, said('/undo', { externalId: 'm7' }));
    await accept(deps, said('/Undo LIST'));
    expect(told).toEqual([
      'took back of telegram:dm:42 for undo:telegram:1:m7',
      'list of telegram:dm:42',
    ]);
    expect(await waiting()).toBe(0);
    await accept(deps, said('/undo all of it'));
    expect([told[2], await waiting()]).toEqual([
      'That is not how /undo is said. It is said as: /undo [list]',
      0,
    ]);
  });

  it('is for no group, and says why where nothing was taken back', async () => {
    const last = async () => {
      throw new AtomError('not-found', 'There is nothing.', { next: ['atom undo --list'] });
    };
    const { deps, told } = await setDoor();
    await accept(deps, said('/undo', { isGroup: true, mentionsMe: true }));
    await accept({ ...deps, undo: { ...deps.undo, last } }, said('/undo'));
    expect(told).toEqual([
      'Do that in our direct chat, not in a group.',
      'There is nothing.\natom undo --list',
    ]);
  });
});

describe('stop and undo in plain words', () => {
  it('act as the commands do where they are all that is said, before any turn', async () => {
    const { deps, told, stopped, waiting } = await setDoor();
    for (const text of ['Stop!', 'undo that, please']) await accept(deps, said(text));
    expect(told[0]).toBe('Stopped.');
    expect(stopped).toHaveLength(1);
    expect(told[1]).toMatch(/^took back of telegram:dm:42 /);
    expect(await waiting()).toBe(0);
  });

  it('are words for the agent within a sentence, passed on, or of whoever may take nothing back', async () => {
    const { deps, told, stopped, waiting } = await setDoor();
    await accept(deps, said('when does the bus stop'));
    await accept(deps, said('stop', { wordsOf: 'somebody else' }));
    const people = { roleOf: () => 'member' as const, isBlocked: () => false };
    await accept({ ...deps, people }, said('undo'));
    expect([told, stopped, await waiting()]).toEqual([[], [], 3]);
  });
});

describe('what is about everything', () => {
  const group = { isGroup: true, from: { channel: 'telegram', account: '1', peer: '-9' } };

  it('is heard at once: /panic, once for each time that it was said', async () => {
    const { deps, told, waiting } = await setDoor();
    const event = said(' /PANIC ');
    await accept(deps, event);
    await accept(deps, { ...event, id: 'again' });
    expect(told).toEqual(['halted by telegram 42']);
    expect(await waiting()).toBe(0);
  });

  it('is heard in a group too, where it only tightens, and not where another bot is meant', async () => {
    const { deps, told } = await setDoor();
    await accept(deps, said('/panic', group));
    await accept(deps, said('/panic@atom_bot', { ...group, mentionsMe: true }));
    await accept(deps, said('/panic@other_bot', group));
    await accept(deps, said('/panic', { ...group, sender: { id: '43' } }));
    expect(told).toEqual(['halted by telegram 42', 'halted by telegram 42']);
  });

  it('is heard where the store cannot tell whether it is an old one', async () => {
    const halted: string[] = [];
    const { deps, store } = await setDoor();
    const panic = async () => String(halted.push('halted'));
    await store.run('ALTER TABLE spool RENAME TO gone');
    const door = { ...deps, halt: { ...deps.halt, panic } };
    await expect(accept(door, said('/panic'))).rejects.toThrow();
    expect(halted).toEqual(['halted']);
  });

  it('is taken back in a direct chat only, and the code given along is not kept', async () => {
    const { deps, told, store } = await setDoor();
    await accept(deps, said('/resume 123456', { ...group, mentionsMe: true }));
    await accept(deps, said('/resume'));
    await accept(deps, said('/Resume 123 456'));
    await accept(deps, said('/resume k7p2-9qxm-k7p2-9qxm'));
    expect(told).toEqual([
      'Do that in our direct chat, not in a group.',
      'resume without',
      'resume 123456',
      'resume k7p2-9qxm-k7p2-9qxm',
    ]);
    const kept = JSON.stringify(await store.all('SELECT body FROM spool'));
    expect(kept).not.toMatch(/123|9qxm/);
    expect(kept.split('/resume ••••••')).toHaveLength(4);
  });

  it('is told on /status', async () => {
    const { deps, told, waiting } = await setDoor();
    await accept(deps, said('/status'));
    expect([told, await waiting()]).toEqual([['as it stands\nhow telegram:dm:42 stands'], 0]);
  });

  it.each(['/panic!', '/panic stop it all', '/Panic\nnow'])(
    'is meant by “%s” too',
    async (text) => {
      const { deps, told } = await setDoor();
      await accept(deps, said(text));
      await accept(deps, said(text, group));
      expect(told).toEqual(['halted by telegram 42', 'halted by telegram 42']);
    },
  );

  it.each(['what does /panic do', 'status', 'please /resume'])(
    'is not meant by “%s”, a message like any other',
    async (text) => {
      const { deps, told, waiting } = await setDoor();
      await accept(deps, said(text));
      expect([told, await waiting()]).toEqual([[], 1]);
    },
  );
});

describe('where anybody could write in the owner’s name', () => {
  const claimed = (text: string) => said(text, { claimed: true });

  it('what stops is done, and nothing that begins, takes back or lets in', async () => {
    const { deps, told, stopped } = await setDoor();
    for (const text of ['/stop', '/panic', '/status']) await accept(deps, claimed(text));
    expect([told.length, stopped]).toEqual([3, ['telegram:dm:42']]);
    expect(told.join()).not.toContain('in your name');
    const refused = ['/new', '/undo', '/undo list', '/agent b', '/resume', '/resume 123456'];
    for (const text of [...refused, '/pair', '/pair approve ab12 123456'])
      await accept(deps, claimed(text));
    expect(told.slice(3).filter((words) => words.includes('in your name'))).toHaveLength(8);
    expect(stopped).toHaveLength(1);
  });

  it('a card is still answered by its code, which only the true one was sent', async () => {
    const door = await setDoor();
    const { question, outcome } = await door.ask();
    await accept(door.deps, claimed(`y ${question.card.code}`));
    expect(await outcome).toMatchObject({ ok: true });
  });
});

describe('an answer to a question', () => {
  it.each([
    ['ok', 'done', 'Approved'],
    ['no', 'denied', 'Denied'],
  ])('may be typed: %s', async (word, end, told) => {
    const door = await setDoor();
    const { outcome, question } = await door.ask('shell.exec');
    await accept(door.deps, said(`${word.toUpperCase()}  ${question.card.code}`));
    const came = await outcome;
    expect(came.ok ? 'done' : came.reason).toBe(end);
    expect(door.told).toEqual([`${told}: ${question.card.code}`]);
  });

  it('counts only in a direct chat', async () => {
    const door = await setDoor();
    const { question, stop } = await door.ask();
    const text = `ok ${question.card.code}`;
    await accept(door.deps, said(text, { isGroup: true, mentionsMe: true }));
    expect(door.told[0]).toContain('direct chat');
    expect(await door.store.get('SELECT state FROM approval')).toEqual({ state: 'pending' });
    stop.abort();
  });

  it('does not count for a yes where the card could not be shown, and does for a no', async () => {
    const door = await setDoor({ notHere: () => 'too long to show here' });
    const { question, outcome } = await door.ask();
    await accept(door.deps, said(`ok ${question.card.code}`));
    expect(door.told).toEqual(['too long to show here']);
    await accept(door.deps, said(`no ${question.card.code}`));
    expect(await outcome).toMatchObject({ reason: 'denied' });
  });

  it('lets nothing stand from where only a tap can be given, typed or pressed', async () => {
    const notHere: IngressDeps['notHere'] = (_, card, stands) => whyNotHere(card, smsFacts, stands);
    const door = await setDoor({ notHere });
    const { question, outcome } = await door.ask();
    const { code } = question.card;
    await accept(door.deps, said(`ok ${code} 1h`));
    await accept(door.deps, said(`ok ${code} always 1 123456`));
    for (const verb of ['hour', 'always'] as const)
      await accept(
        door.deps,
        said(door.callbacks.sign(question.card, verb, DANA), { kind: 'button' }),
      );
    for (const told of [...door.told, ...door.notes]) expect(told).toContain('approved once');
    expect([door.told.length, door.notes.length]).toEqual([2, 2]);
    await accept(door.deps, said(`y ${code}`));
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('may be a button, pressed by the one it was made for', async () => {
    const door = await setDoor();
    const { question, outcome } = await door.ask();
    const sign = (who: Partial<Person>) =>
      door.callbacks.sign(question.card, 'yes', { ...DANA, ...who });
    const press = (text: string) => accept(door.deps, said(text, { kind: 'button' }));
    await press(sign({ id: '43' }));
    await press(sign({ account: '2' }));
    await press(sign({ channel: 'whatsapp' }));
    await press(`v1:yes:${question.card.code}:AAAAAAAA`);
    await press('nonsense');
    expect(door.notes).toEqual(Array(5).fill('This button is not valid any more.'));
    await press(sign({}));
    expect(await outcome).toMatchObject({ ok: true });
    await press(sign({}));
    expect(door.notes.at(-1)).toContain('was approved at');
  });

  it('by a button is never a yes to what must be typed', async () => {
    const door = await setDoor();
    const { question, stop } = await door.ask('shell.exec');
    const data = door.callbacks.sign(question.card, 'yes', DANA);
    await accept(door.deps, said(data, { kind: 'button' }));
    expect(door.notes[0]).toContain(`Type ${question.card.code}`);
    expect(await door.store.get('SELECT state FROM approval')).toEqual({ state: 'pending' });
    stop.abort();
  });

  it('may stop the task that asked as well', async () => {
    const door = await setDoor();
    const { question, outcome } = await door.ask();
    const data = door.callbacks.sign(question.card, 'stop', DANA);
    await accept(door.deps, said(data, { kind: 'button' }));
    expect(await outcome).toMatchObject({ reason: 'denied' });
    expect(door.stopped).toEqual(['telegram:dm:42']);
  });

  it('that could not be recorded is taken again when it comes again', async () => {
    const door = await setDoor();
    const { question, outcome } = await door.ask();
    const data = door.callbacks.sign(question.card, 'yes', DANA);
    const event = said(data, { kind: 'button' });
    await door.store.run(
      `CREATE TRIGGER full BEFORE UPDATE ON approval BEGIN SELECT RAISE(ABORT, 'full'); END`,
    );
    await expect(accept(door.deps, event)).rejects.toThrow('full');
    await door.store.run('DROP TRIGGER full');
    expect(await accept(door.deps, event)).toMatchObject({ new: true });
    expect(await outcome).toMatchObject({ ok: true });
  });

  it('is asked for when somebody writes on meanwhile, whose message waits', async () => {
    const door = await setDoor();
    const { question, stop } = await door.ask();
    await accept(door.deps, said('and then?'));
    expect(door.told[0]).toContain(`ok ${question.card.code}`);
    expect(await door.waiting()).toBe(1);
    stop.abort();
  });

  it('is no answer where no card waits: “ok then” is a message, and a slip while one does', async () => {
    const door = await setDoor();
    await accept(door.deps, said('ok then'));
    expect([await door.waiting(), door.told]).toEqual([1, []]);
    const { stop } = await door.ask();
    await accept(door.deps, said('ok then'));
    expect(door.told).toEqual([expect.stringContaining('Nothing called then is waiting')]);
    stop.abort();
  });
});

describe('a code of the second factor', () => {
  const setFactorDoor = async () => {
    const checks: string[] = [];
    const door = await setDoor(
      {},
      {
        gates: { secondFactor: async () => true },
        factor: {
          check: async (code) => {
            checks.push(code);
            return code === '123456' || code === 'abcd-efgh-jkmn-pqrs'
              ? { ok: true, how: 'totp' }
              : { ok: false, reason: 'wrong', message: 'That code is wrong.' };
          },
        },
      },
    );
    const spool = async () => JSON.stringify(await door.store.all('SELECT body FROM spool'));
    return { ...door, checks, spool };
  };

  it.each(['123456', '123 456', 'abcd-efgh-jkmn-pqrs'])(
    'behind “ok” and the card’s own code approves what needs it: %s',
    async (code) => {
      const door = await setFactorDoor();
      const { outcome, question } = await door.ask('shell.exec');
      await accept(door.deps, said(`ok ${question.card.code}`));
      expect(door.told.at(-1)).toContain(`ok ${question.card.code} 123456`);
      await accept(door.deps, said(`OK ${question.card.code}  ${code}`));
      expect(await outcome).toMatchObject({ ok: true });
      const spool = await door.spool();
      expect(spool).toContain('••••••');
      for (const part of code.split(' ')) expect(spool).not.toContain(part);
    },
  );

  it('that is wrong is told, approves nothing and is not kept either', async () => {
    const door = await setFactorDoor();
    const { question, stop } = await door.ask('shell.exec');
    await accept(door.deps, said(`ok ${question.card.code} 654321`));
    expect(door.told).toEqual(['That code is wrong.']);
    expect(await door.store.get('SELECT state FROM approval')).toEqual({ state: 'pending' });
    expect(await door.spool()).not.toContain('654321');
    stop.abort();
  });

  it('is looked at only in a direct chat', async () => {
    const door = await setFactorDoor();
    const { question, stop } = await door.ask('shell.exec');
    const text = `ok ${question.card.code} 123456`;
    await accept(door.deps, said(text, { isGroup: true, mentionsMe: true }));
    expect(door.told[0]).toContain('direct chat');
    expect([door.checks, await door.spool()]).toEqual([[], expect.not.stringContaining('123456')]);
    stop.abort();
  });

  it('is never handed to the agent, also where no such card waits', async () => {
    const door = await setFactorDoor();
    await accept(door.deps, said('ok k7p2 123456'));
    expect(door.told).toEqual(['Nothing called k7p2 is waiting.']);
    expect([await door.waiting(), door.checks]).toEqual([0, []]);
    expect(await door.spool()).not.toContain('123456');
  });

  it('alone is not kept while a card wants one, and is a message like any other else', async () => {
    const door = await setFactorDoor();
    await accept(door.deps, said('111111'));
    expect(await door.waiting()).toBe(1);
    const { stop } = await door.ask('shell.exec');
    await accept(door.deps, said('123456'));
    expect(door.told).toEqual([expect.stringContaining('Say which card')]);
    expect([await door.waiting(), door.checks]).toEqual([1, []]);
    expect(await door.spool()).not.toContain('123456');
    stop.abort();
  });

  it('is not needed to say no', async () => {
    const door = await setFactorDoor();
    const { outcome, question } = await door.ask('shell.exec');
    await accept(door.deps, said(`no ${question.card.code}`));
    expect(await outcome).toMatchObject({ reason: 'denied' });
  });

  it('is asked for in the words of the notice', async () => {
    const door = await setFactorDoor();
    const { question, stop } = await door.ask('shell.exec');
    await accept(door.deps, said('and then?'));
    expect(door.told[0]).toContain(`“ok ${question.card.code} 123456”`);
    stop.abort();
  });
});

describe('whoever is no owner', () => {
  const as = (role: Role): Partial<IngressDeps> => ({
    people: { roleOf: () => role, isBlocked: () => false },
  });
  const only = 'Only an owner of mine may do that.';

  it.each([
    ['/resume', only, only],
    ['/status', only, only],
    ['/undo', only, only],
    ['/agent writer', only, only],
    ['/panic', 'stopped of 42', 'stopped of 42'],
    ['/stop', 'Stopped.', 'Stopped.'],
  ])('is told on “%s” as a member “%s”, as a guest “%s”', async (text, member, guest) => {
    for (const [role, words] of [['member', member] as const, ['guest', guest] as const]) {
      const { deps, told, waiting } = await setDoor(as(role));
      await accept(deps, said(text));
      expect([told, await waiting()]).toEqual([[words], 0]);
    }
  });

  it.each(['member', 'guest'] as const)('answers no card, as a %s', async (role) => {
    const { deps, ask, told, notes, callbacks, approvals } = await setDoor(as(role));
    const { question, stop } = await ask();
    for (const text of [`ok ${question.card.code}`, `no ${question.card.code}`])
      await accept(deps, said(text));
    await accept(deps, said(callbacks.sign(question.card, 'yes', DANA), { kind: 'button' }));
    expect([told, notes]).toEqual([[only, only], [only]]);
    const by = { surface: 'terminal', id: 'owner' };
    const still = { ref: question.id, verdict: 'deny', by, typed: true } as const;
    expect(await approvals.answer(still)).toMatchObject({ ok: true });
    stop.abort();
  });

  it('stops nothing in a group', async () => {
    const { deps, told, stopped } = await setDoor(as('member'));
    const group = { isGroup: true, from: { channel: 'telegram', account: '1', peer: '-9' } };
    for (const text of ['/stop', '/new'])
      await accept(deps, said(text, { ...group, mentionsMe: true }));
    expect([told, stopped]).toEqual([[only, only], []]);
  });

  it('gets nothing at all where blocked', async () => {
    const blocked = { people: { roleOf: () => undefined, isBlocked: () => true } };
    const { deps, told, strangers, known } = await setDoor(blocked);
    for (const text of ['hello', '/start', '/link BBBB-BBBB']) await accept(deps, said(text));
    expect([told, strangers, await known()]).toEqual([[], [], 0]);
  });
});

describe('a message about being let in', () => {
  const stranger = { people: { roleOf: () => undefined, isBlocked: () => false } };

  it('is looked at once, however often it comes, and kept nowhere', async () => {
    const proofs: string[] = [];
    const texts: string[] = [];
    const { deps, known } = await setDoor({
      ...stranger,
      pairing: {
        prove: async ({ proof }, say) => {
          proofs.push(proof.text);
          await say({} as never, 'wrong');
          return 'wrong';
        },
        knock: async () => 'told',
      },
      sayTo: async (_, __, { text }) => void texts.push(text),
      wasSaidTo: async () => texts.length > 0,
    });
    const event = said('/link bbbb-bbbb');
    for (const id of ['one', 'two']) await accept(deps, { ...event, id });
    expect([proofs, texts.length, await known()]).toEqual([['BBBBBBBB'], 1, 0]);
  });

  it('is none in a group, passed on, or edited', async () => {
    const knocked: string[] = [];
    const { deps, strangers } = await setDoor({
      ...stranger,
      pairing: {
        prove: async () => {
          throw new Error('looked at');
        },
        knock: async ({ words }) => {
          knocked.push(words);
          return 'told';
        },
      },
    });
    const group = { isGroup: true, mentionsMe: true };
    await accept(deps, said('/link BBBB-BBBB', group));
    await accept(deps, said('/link BBBB-BBBB', { kind: 'edit' }));
    await accept(deps, said(`${'x'.repeat(79)}\u202e and more`, { wordsOf: 'forwarded from “X”' }));
    expect(strangers).toEqual(['42: unheard', '42: unheard', '42: told']);
    expect(knocked).toEqual([`${'x'.repeat(79)}⟦`]);
  });
});
