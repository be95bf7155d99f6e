import { describe, expect, it } from 'vitest';
import { redactPlayed } from '../../src/assembly/playback/redact.ts';
import type { Json } from '../../src/base/json.ts';
import { forOthers } from '../../src/cli/sessions/for-others.ts';
import { pageOf } from '../../src/cli/sessions/page.ts';
import { collected } from '../../src/cli/sessions/replay.ts';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import type { Played, PlayedCard, PlayStep } from '../../src/domain/playback.ts';
import { summaryEvent } from '../../src/domain/summary-event.ts';
import { appendItem } from '../../src/store/tables/transcript.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

const HERE = 'terminal:self:main';

/** What was played back of the conversation at the terminal, turn by turn. */
async function openReplay() {
  const stage = await openKernel();
  const seat = stage.connect(LOCAL_OWNER);
  await seat.request('connect', greeting);
  let count = 0;
  const say = async (text: string, verdict?: 'approve' | 'deny'): Promise<void> => {
    const { payload } = await seat.request('chat.send', { text, key: `k${++count}` });
    const { event } = payload as { readonly event: string };
    const { store } = stage.atom.records;
    if (verdict) {
      const ref = await until('a question', async () => {
        const row = await store.get(`SELECT id FROM approval WHERE state = 'pending'`);
        return row && String(row.id);
      });
      await seat.request('approvals.answer', { ref, verdict, typed: true });
    }
    await until(`an answer to ${text}`, () =>
      store.get('SELECT id FROM outbox WHERE id = $1', `reply:${event}`),
    );
  };
  const replay = async (wish: object): Promise<Played> => {
    const answer = await seat.request('sessions.replay', { session: HERE, ...wish });
    return answer.payload as unknown as Played;
  };
  return { ...stage, seat, say, replay };
}

const kinds = ({ turn }: Played): string => (turn?.steps ?? []).map(({ kind }) => kind).join(' ');
const stepOf = <K extends PlayStep['kind']>({ turn }: Played, kind: K) =>
  turn?.steps.find((step): step is PlayStep & { kind: K } => step.kind === kind);

describe('a conversation that is played back', () => {
  it('tells what was wanted, decided, asked, answered and done, turn by turn', async () => {
    const { say, replay, seat, profile } = await openReplay();
    await say('/run pwd');
    await say('/run touch new.txt', 'approve');
    await say('/run touch other.txt', 'deny');
    const first = await replay({});
    expect(kinds(first)).toBe('message planned decided ended planned decided ended');
    expect(first.talk).toMatchObject({ number: 1, current: true });
    expect(stepOf(first, 'decided')).toMatchObject({ verdict: 'allow', words: ['pwd'] });
    expect(stepOf(first, 'ended')?.printed?.text).toContain(profile.jail);
    expect(stepOf(first, 'ended')?.tookMs).toBeGreaterThanOrEqual(0);

    const second = await replay({ number: 1, after: first.next });
    expect(kinds(second)).toMatch(/^message planned asked answered decided ended planned/);
    const asked = stepOf(second, 'asked');
    expect(asked?.card.words).toEqual(['touch', 'new.txt']);
    expect(stepOf(second, 'answered')).toMatchObject({ code: asked?.card.code, state: 'used' });
    expect(stepOf(second, 'decided')).toMatchObject({
      verdict: 'ask',
      approval: asked?.card.code,
    });

    const third = await replay({ number: 1, after: second.next });
    expect(kinds(third)).toMatch(/^message planned asked answered ended planned/);
    expect(stepOf(third, 'answered')?.state).toBe('denied');
    expect(stepOf(third, 'ended')).toMatchObject({ ok: false, tool: 'shell_exec' });
    expect((await replay({ number: 1, after: third.next })).turn).toBeUndefined();

    const none = await seat.request('sessions.replay', { session: 'telegram:dm:1' });
    expect(none).toMatchObject({ ok: false, error: { code: 'not-found' } });
  });

  it('tells a turn in which it was summed up once, and whole', async () => {
    const { atom, say, replay } = await openReplay();
    await say('/run pwd');
    const { store } = atom.records;
    const row = await store.get('SELECT session, event FROM transcript');
    const [session, event] = [String(row?.session), String(row?.event)];
    const said = { role: 'assistant', text: 'Summed up.', calls: [], final: true } as const;
    const labels = { integrity: 'owner', confidentiality: 'private' } as const;
    const from = { session, labels, at: Date.now() };
    const summary = {
      role: 'summary' as const,
      text: 'All of it.',
      kept: [],
      covers: 4,
      tokens: 10,
      through: 0,
      during: event,
    };
    // Between what was heard and what was said, as a turn that makes room writes it.
    await appendItem(store, { ...from, event: summaryEvent(event), item: summary });
    await appendItem(store, { ...from, event, item: said });
    const all = await replay({});
    expect(kinds(all)).toBe('message planned decided ended planned summary decided ended planned');
    expect((await replay({ number: 1, after: all.next })).turn).toBeUndefined();
  });

  it('is told to nobody but the owner', async () => {
    const { connect } = await openReplay();
    const scopes = ['read', 'chat', 'approve', 'operate'] as const;
    const guest = connect({ ...LOCAL_OWNER, scopes });
    await guest.request('connect', greeting);
    const answer = await guest.request('sessions.replay', { session: HERE });
    expect(answer.ok).toBe(false);
  });
});

async function pageIn(turns: AsyncGenerator<Played>): Promise<string> {
  let page = '';
  for await (const part of pageOf(turns, '1.0')) page += part;
  return page;
}

const talk = {
  number: 1,
  agent: 'atom',
  begunAt: 1,
  entries: 4,
  begins: 'my key',
  current: true,
} as const;
const KEPT = 'correct-horse-battery';
const ended = { kind: 'ended', at: 5, tool: 'shell_exec', ok: true, end: 'done' } as const;
const SECRETS: Played = {
  session: 'telegram:dm:5012233',
  talk,
  next: 4,
  turn: {
    event: 'e1',
    steps: [
      {
        kind: 'message',
        at: 1,
        who: '5012233',
        text: 'I am 5012233, anna.berg@example.org <img src=x onerror=alert(1)>\u202e',
      },
      {
        kind: 'planned',
        at: 2,
        text: '',
        final: false,
        calls: [
          { tool: 'a', input: { password: 'abc', argv: ['x', '--token', 'def', `-p${KEPT}`] } },
        ],
      },
      { kind: 'answered', at: 3, code: 'k7p2', state: 'used', by: 'telegram/5012233' },
      {
        ...ended,
        text: 'told',
        printed: {
          text: `a ${'b '.repeat(30_000)} sk-ant-${'x'.repeat(60)} in /home/annab/x`,
          bytes: 9,
        },
      },
    ],
  },
};

const HERE_IS = {
  account: { home: '/srv/ann', homes: ['/srv/ann'], user: 'ann', machine: 'kiwi' },
  folders: ['/etc/atom/acme'],
};

/** One turn of one step, as strangers are told it. */
const exported = (step: PlayStep, session = 'telegram:dm:5012233'): string => {
  const message = { kind: 'message', at: 1, who: '5012233', text: '' } as const;
  const played = { session, talk, turn: { event: 'e', steps: [message, step] } };
  return JSON.stringify(redactPlayed(played, [KEPT], HERE_IS));
};
const printed = (text: string): string => exported({ ...ended, text });
const called = (input: Json): string =>
  exported({
    kind: 'planned',
    at: 2,
    text: '',
    final: false,
    calls: [{ tool: 'a', input }],
  });

describe('a conversation that is exported', () => {
  it('has no names of fields, numbers and texts that tell who somebody is by their field', () => {
    const told = called({
      'dana@example.org': 1,
      chat: 5012233,
      phone: 491701234567,
      mobile: '491701234567',
      limit: 20,
      list: [{ whatsapp: '4917012345678' }, 'x', null, true],
    });
    for (const hidden of ['example.org', '5012233', '49170']) expect(told).not.toContain(hidden);
    expect(told).toContain('"limit":20');
    expect(told).toContain('"x",null,true');
  });

  it('has nothing that only the words of a command tell together', () => {
    const words = ['call', '+49', '170', '1234567', '93.184.216.34', '--token', 'hunter22'];
    const decided = { kind: 'decided', at: 2, action: 'shell.exec', words } as const;
    const told = [called({ argv: words }), exported({ ...decided, verdict: 'allow', why: [] })];
    for (const one of told) expect(one).toContain('["call [phone] [address] --token [secret]"]');
    expect(called({ argv: ['ls', '-la'] })).toContain('["ls","-la"]');
    expect(printed('call +49 170 1234567 93.184.216.34')).toContain('call [phone] [address]');
  });

  it('has no name that somebody calls themselves, nor a part of it', () => {
    const card = {
      code: 'k7p2',
      action: 'shell.exec',
      kind: 'line',
      risk: 'low',
      factor: 'tap',
      words: ['echo', 'for Anna'],
      may: [],
      undo: '',
      why: [],
      detail: 'of Anna Berg',
      who: '5012233 (calls itself “Anna Berg”) by telegram',
    } as unknown as PlayedCard;
    const told = exported({ kind: 'asked', at: 2, card });
    expect(told).not.toMatch(/Anna|Berg|5012233/);
    expect(told).toContain('[person] (calls itself “[person]”) by telegram');
    expect(printed('x (calls itself “Zoë”) wrote')).toContain('(calls itself “[person]”)');
  });

  it('has none of an address whose first part is the name of who wrote or of the user', () => {
    expect(printed('to ann@berg.example and 5012233@berg.example')).not.toContain('berg');
    expect(exported({ ...ended, text: 'a' }, 'whatsapp:dm:dana@s.whatsapp.example')).not.toContain(
      'dana',
    );
  });

  it('has neither the account nor the machine in it, whatever their folders are', () => {
    const told = printed('ann@kiwi:~$ ls /srv/ann/x /etc/atom/acme/config.json; Ann on kiwi.lan');
    expect(told).toContain('[user]@[machine]:~$ ls ~/x [profile]/config.json; [user] on [machine]');
  });

  it('has no addresses of its machines but those within their own network', () => {
    const kept =
      'at 192.168.1.7, 10.0.0.1, ::1, 127.0.0.1, 0.0.0.0, 12:30:45, v10.4.1, 00:00:00:00:00:00';
    expect(printed(kept)).toContain(kept);
    const gone = [
      '93.184.216.34',
      '2a02:8108:9ac0:1::7',
      'fe80::5054:ff:fe12:3456',
      '52:54:00:12:34:56',
    ];
    for (const one of gone) expect(printed(`inet ${one} up`)).toContain('inet [address] up');
  });

  it('has no first words that were cut where half a secret is left of one', () => {
    const played = { session: 'terminal:self:main', talk: { ...talk, begins: 'it is correct-ho' } };
    expect(JSON.stringify(redactPlayed(played, [KEPT], HERE_IS))).not.toContain('correct');
  });

  it('does not say when it was', async () => {
    async function* turns(): AsyncGenerator<Played> {
      const at = Date.UTC(2026, 10, 27, 9);
      const steps = [1000, 3_723_045].map((ms) => ({ ...ended, at: at + ms, text: '' }));
      yield {
        session: HERE,
        talk: { ...talk, begunAt: at, lastAt: at + 5000 },
        turn: { event: 'u1', steps },
      };
      yield { session: HERE, turn: { event: 'u2', steps: steps.slice(1) } };
    }
    const { talk: told, turns: all } = await collected(forOthers(turns()));
    expect(told).toMatchObject({ begunAt: 0, lastAt: 4000 });
    expect(all.map(({ event }) => event)).toEqual(['turn-1', 'turn-2']);
    expect(all.flatMap(({ steps }) => steps.map(({ at }) => at))).toEqual([
      0, 3_722_045, 3_722_045,
    ]);
    const page = await pageIn(forOthers(turns()));
    expect(page).toContain('<time>0:00:00.000</time>');
    expect(page).toContain('<time>1:02:02.045</time>');
    expect(page).not.toContain('2026');
    expect(page).toBe(await pageIn(forOthers(turns())));
  });

  it('says first what was taken out of it, and what is still there', async () => {
    async function* turns(): AsyncGenerator<Played> {
      yield SECRETS;
    }
    expect(await pageIn(turns())).toContain('Read it before you send it.');
  });

  it('has no secrets, ids and places of people in it', () => {
    const told = JSON.stringify(redactPlayed(SECRETS, [KEPT], HERE_IS));
    for (const hidden of ['5012233', 'example.org', '"abc"', '"def"', KEPT, 'sk-ant', 'annab'])
      expect(told).not.toContain(hidden);
    expect(told).toContain('"kind":"answered"');
    expect(told).toContain('telegram:dm:[chat]');
    expect(told).toContain('"state":"used","by":"telegram/[person]"');
  });

  it('is not written where it cannot be redacted', () => {
    const broken = { ...SECRETS, session: undefined as unknown as string };
    expect(() => redactPlayed(broken, [], HERE_IS)).toThrow();
  });

  it('is one page that runs nothing, and shows what was said as it is', async () => {
    async function* turns(): AsyncGenerator<Played> {
      yield SECRETS;
    }
    const page = await pageIn(turns());
    expect(page).toContain("default-src 'none'; style-src 'sha256-");
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;⟦U+202E⟧');
    expect(page).not.toMatch(/<(img|script|link|iframe|a )/);
    expect(page).toContain('approval k7p2 approved by telegram/5012233');
  });
});
