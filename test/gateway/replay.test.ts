import { describe, expect, it } from 'vitest';
import { redactPlayed } from '../../src/assembly/playback/redact.ts';
import { pageOf } from '../../src/cli/sessions/page.ts';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import type { Played, PlayStep } from '../../src/domain/playback.ts';
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
      ...({ role: 'summary', text: 'All of it.', kept: [], covers: 4, tokens: 10 } as const),
      ...{ through: 0, during: event },
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

const talk = {
  ...{ number: 1, agent: 'atom', begunAt: 1, entries: 4, begins: 'my key', current: true },
} as const;
const KEPT = 'correct-horse-battery';
const ended = { kind: 'ended', at: 5, tool: 'shell_exec', ok: true, end: 'done' } as const;
const SECRETS: Played = {
  ...{ session: 'telegram:dm:5012233', talk, next: 4 },
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
        ...{ kind: 'planned', at: 2, text: '', final: false },
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

describe('a conversation that is exported', () => {
  it('has no secrets, ids and places of people in it', () => {
    const told = JSON.stringify(redactPlayed(SECRETS, [KEPT]));
    for (const hidden of ['5012233', 'example.org', '"abc"', '"def"', KEPT, 'sk-ant', 'annab'])
      expect(told).not.toContain(hidden);
    expect(told).toContain('"kind":"answered"');
    expect(told).toContain('telegram:dm:[chat]');
    expect(told).toContain('"state":"used","by":"telegram/[person]"');
  });

  it('is not written where it cannot be redacted', () => {
    const broken = { ...SECRETS, session: undefined as unknown as string };
    expect(() => redactPlayed(broken, [])).toThrow();
  });

  it('is one page that runs nothing, and shows what was said as it is', async () => {
    async function* turns(): AsyncGenerator<Played> {
      yield SECRETS;
    }
    let page = '';
    for await (const part of pageOf(turns(), '1.0')) page += part;
    expect(page).toContain("default-src 'none'; style-src 'sha256-");
    expect(page).toContain('&lt;img src=x onerror=alert(1)&gt;⟦U+202E⟧');
    expect(page).not.toMatch(/<(img|script|link|iframe|a )/);
    expect(page).toContain('approval k7p2 approved by telegram/5012233');
  });
});
