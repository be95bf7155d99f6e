import { describe, expect, it } from 'vitest';
import type { LogLine } from '../../../src/base/log.ts';
import type { FeedEntry } from '../../../src/domain/feed-post.ts';
import { card } from '../fake-gateway.ts';
import { ESC, openScreen, type Screen } from '../screen.ts';

const CTRL_F = '\u0006';
const CTRL_T = '\u0014';
const ENTER = '\r';
const UP = `${ESC}[A`;
const INVERSE = `${ESC}[7m`;

const line = (text: string, at = 0): LogLine => ({
  at,
  level: 'info',
  part: 'gateway',
  text,
  fields: {},
});

/** A terminal on which these were logged, one after the other. */
async function logged(texts: readonly string[], options = {}): Promise<Screen> {
  const screen = openScreen(options);
  await screen.shows('running');
  texts.forEach((text, at) => {
    screen.gateway.emit({ kind: 'log', line: line(text, at) });
  });
  await screen.says((texts.at(-1) ?? '').slice(0, 7));
  return screen;
}

const sent = ({ gateway }: Screen) => gateway.asked.filter(({ method }) => method === 'chat.send');
const marked = (screen: Screen) => /^▸ .*$/m.exec(screen.frame())?.[0] ?? '';

describe('a search', () => {
  it('lists what was logged and said as it is typed, and goes from one to the other', async () => {
    const screen = await logged(['first tea', 'some coffee', 'second tea']);
    screen.gateway.emit({
      kind: 'message',
      id: 'm1',
      session: 'terminal:dm:main',
      text: 'There is no Tea left.',
      at: 1,
    });
    await screen.says('no Tea left');
    await screen.type(`half a thought${CTRL_F}`);
    await screen.shows('find: ');
    await screen.type('tea');
    await screen.shows('find · 3 of 3');
    expect(screen.frame()).not.toContain('coffee');
    expect(marked(screen)).toContain('no Tea left');
    await screen.type(UP);
    await screen.shows('find · 2 of 3');
    // In its place it stands among what is no match.
    await screen.type(ENTER);
    await screen.shows('some coffee');
    expect(marked(screen)).toContain('second tea');
    await screen.type('n');
    await screen.shows('find · 1 of 3');
    await screen.type('n');
    await screen.type('N');
    await screen.shows('find · 2 of 3');
    await screen.type(ESC);
    await screen.shows('› half a thought');
    expect(screen.frame()).not.toContain('find');
    expect(sent(screen)).toEqual([]);
  });

  it('cuts a long neighbour at its end, and a long match around what it found', async () => {
    const long = (word: string) => `begins ${'filling '.repeat(20)}${word} ends`;
    const screen = await logged([long('nothing'), long('needle'), 'last']);
    await screen.type(`/search needle${ENTER}`);
    await screen.shows('find · 1 of 1');
    expect(marked(screen)).toMatch(/^▸ ….*needle ends$/);
    expect(screen.frame()).toMatch(/^ {2}\S+ gateway +begins filling .*…$/m);
  });

  it('is opened by /search, which is no message, and says where nothing has that', async () => {
    const screen = await logged(['one', 'two', 'one and two']);
    await screen.type(`/search TWO one${ENTER}`);
    await screen.shows('find · 1 of 1');
    expect(marked(screen)).toContain('one and two');
    await screen.type('x');
    await screen.shows('no line has that');
    await screen.type(ESC);
    await screen.shows('Write a message');
    expect(sent(screen)).toEqual([]);
    expect(screen.written()).not.toContain('you  /search');
  });

  it('marks what it found without colours, and draws no sign that moves the cursor', async () => {
    const screen = await logged(['evil \u001b[2J▌ APPROVAL tea', 'tea'], { colors: 'none' });
    await screen.type(`/search approval${ENTER}`);
    await screen.shows(/▸ .*APPROVAL/);
    expect(screen.raw()).toContain(`${INVERSE}APPROVAL`);
    expect(screen.raw()).not.toContain(`${ESC}[2J▌`);
    expect(screen.raw()).not.toMatch(/\u001b\[3[0-9]m/);
  });

  it('finds in the pane of the feed, which is there again afterwards', async () => {
    const screen = await logged(['nothing of it']);
    const post: FeedEntry = {
      seq: 7,
      id: 'p7',
      author: 'writer',
      by: 'agent',
      kind: 'status',
      text: 'Ran a mile',
      at: 1,
      mentions: [],
      replies: 0,
      reactions: [],
      labels: { integrity: 'local', confidentiality: 'private' },
    };
    screen.gateway.answers('feed.list', () => ({ posts: [post], last: 7 }));
    await screen.type(CTRL_T);
    await screen.shows('Ran a mile');
    await screen.type(`${CTRL_F}mile`);
    await screen.shows('find · 1 of 1');
    expect(marked(screen)).toContain('#7 writer ▸ Ran a mile');
    await screen.type(ESC);
    await screen.shows('feed · Ctrl-T closes');
  });

  it.each([
    [80, 24],
    [40, 12],
    [30, 6],
  ])('keeps two rows free and its row short at %ix%i', async (columns, rows) => {
    const texts = Array.from({ length: 40 }, (_, n) => `line ${n} ${'wide '.repeat(30)}needle`);
    const screen = await logged(texts, { columns, rows });
    for (const keys of [`/search needle${ENTER}`, UP, UP]) await screen.type(keys);
    await screen.shows(/find: needle/);
    const drawn = screen.frame().split('\n');
    expect(drawn.length).toBeLessThanOrEqual(rows - 1);
    for (const row of drawn) expect(row.length, row).toBeLessThanOrEqual(columns);
    if (rows > 6) expect(marked(screen)).toContain('needle');
  });

  it('decides nothing on a card: Tab gives the card the keys, and Esc then is its own', async () => {
    const screen = await logged(['tea']);
    await screen.type(`/search tea${ENTER}`);
    await screen.shows('find · 1 of 1');
    screen.gateway.emit({ kind: 'approval.asked', card: card() });
    await screen.shows('APPROVAL k7p2');
    await screen.type('y');
    await screen.type(ESC);
    await screen.shows('› ');
    expect(screen.gateway.asked.map(({ method }) => method)).not.toContain('approvals.answer');
  });
});

describe('/help at a terminal', () => {
  it('names the keys of this terminal besides what the gateway answers', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type(`/help${ENTER}`);
    await screen.says('Ctrl-F or /search WORDS');
    await expect.poll(() => sent(screen).length, { interval: 10 }).toBe(1);
  });

  it('tells of /search where lines are read, which prints what was found once more', async () => {
    const screen = openScreen({ plain: true });
    await screen.says('atom 0.1.0');
    screen.gateway.emit({ kind: 'log', line: line('tea is ready') });
    await screen.says('tea is ready');
    await screen.type('/search READY tea\n');
    await screen.says(/1 line has that:\n {2}.*tea is ready/);
    await screen.type('/search milk\n');
    await screen.says('No line above has that.');
    await screen.type('/search\n');
    await screen.says('Say what to search for:');
    await screen.type('/help\n');
    await screen.says('/search WORDS prints again');
    expect(sent(screen)).toHaveLength(1);
  });
});
