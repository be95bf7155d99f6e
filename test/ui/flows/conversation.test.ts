import { describe, expect, it } from 'vitest';
import { AtomError } from '../../../src/base/errors.ts';
import type { TranscriptEntry } from '../../../src/domain/session.ts';
import type { GatewayEvent } from '../../../src/protocol/events.ts';
import { fakeGateway, quietStatus } from '../fake-gateway.ts';
import { ESC, openScreen, pasted } from '../screen.ts';

const OWN = 'terminal:self:main';

const said = (id: string, text: string, inReplyTo = 'e1'): GatewayEvent => ({
  kind: 'message',
  id,
  session: OWN,
  inReplyTo,
  text,
  at: 1,
});

const line = (text: string, level: 'debug' | 'info' | 'warn' = 'info'): GatewayEvent => ({
  kind: 'log',
  line: { at: 1, level, part: 'telegram', text, fields: {} },
});

const entry = (seq: number, item: TranscriptEntry['item']): TranscriptEntry => ({
  seq,
  session: OWN,
  event: 'e0',
  labels: { integrity: 'owner', confidentiality: 'private' },
  item,
  at: 1,
});

describe('talking to the agent', () => {
  it('sends what was typed with Enter, and shows who said what', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type('hello');
    await screen.type('\r');
    await screen.says('you  hello');
    await expect
      .poll(() => screen.gateway.asked.at(-1))
      .toMatchObject({
        method: 'chat.send',
        params: { text: 'hello', key: expect.stringMatching(/^\w{26}$/) },
      });
    screen.gateway.emit(said('m1', 'Good morning.\nWhat now?'));
    await screen.says('atom Good morning.\n     What now?');
  });

  it('sends two messages with two keys, so that neither is taken for a repeat', async () => {
    const screen = openScreen();
    await screen.shows('running');
    for (const text of ['one\r', 'two\r']) await screen.type(text);
    const sent = () => screen.gateway.asked.filter(({ method }) => method === 'chat.send');
    await expect.poll(() => sent().length).toBe(2);
    expect(new Set(sent().map(({ params }) => (params as { key: string }).key)).size).toBe(2);
  });

  it('keeps a pasted text together and sends it only with Enter', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type(pasted('one\ntwo\r\nthree\n'));
    await screen.shows(/› one\n {2}two\n {2}three/);
    expect(screen.gateway.asked.some(({ method }) => method === 'chat.send')).toBe(false);
    await screen.type('\r');
    await expect
      .poll(() => screen.gateway.asked.at(-1)?.params)
      .toMatchObject({ text: 'one\ntwo\nthree\n' });
  });

  it('says at once of a paste that nobody would take that it is too long, and Esc clears it', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type(pasted('a line of a long paste\n'.repeat(10_000)));
    await screen.shows('Too long: 230,000 of at most 65,536 characters; Esc clears it');
    expect(screen.frame()).not.toContain('a long paste');
    await screen.type('\r');
    await screen.type(ESC);
    await screen.shows('Write a message');
    await screen.type('list files');
    await screen.type('\r');
    await screen.says('you  list files');
    const sent = screen.gateway.asked.filter(({ method }) => method === 'chat.send');
    expect(sent.map(({ params }) => params)).toEqual([
      expect.objectContaining({ text: 'list files' }),
    ]);
  });

  it('says in a narrow window too that a message is too long', async () => {
    const screen = openScreen({ columns: 26, rows: 6 });
    await screen.shows('›');
    await screen.type(pasted('x'.repeat(70_000)));
    await screen.shows('Too long: Esc clears');
  });

  it('takes backspace and delete alike, and the keys of a shell', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type('abcd');
    await screen.type('\u007F');
    await screen.type(`${ESC}[3~`);
    await screen.shows('› ab ');
    await screen.type('\u0001');
    await screen.type('x');
    await screen.shows('› xab');
    await screen.type('\u000B');
    await screen.shows(/› x *\n/);
  });

  it('understands keys that a slow line joins', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type('helo\u0002l');
    await screen.shows('› hello');
    await screen.type('\u0015bye\r');
    await screen.says('you  bye');
  });

  it('brings sent messages back with the arrow', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type('first');
    await screen.type('\r');
    await screen.says('you  first');
    await screen.type(`${ESC}[A`);
    await screen.shows('› first');
  });

  it('gives a message back that could not be sent, with the reason', async () => {
    const screen = openScreen();
    await screen.shows('running');
    screen.gateway.answers('chat.send', () => {
      throw new AtomError('failed', 'The disk is full.', { next: ['Make room.'] });
    });
    await screen.type('precious');
    await screen.type('\r');
    await screen.says('The disk is full.\n  Make room.\nYour message was not sent.');
    await screen.shows('› precious');
  });

  it('sends nothing for Enter alone', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type('\r');
    await screen.type('x');
    await screen.shows('› x');
    expect(screen.gateway.asked.some(({ method }) => method === 'chat.send')).toBe(false);
  });
});

describe('what the gateway says', () => {
  it('shows how things stand first, and each thing once', async () => {
    const gateway = fakeGateway();
    const early = line('seen before');
    gateway.answers('log.recent', () => {
      gateway.emit(early);
      gateway.emit(said('m1', 'The old answer.', 'e0'));
      gateway.emit(said('m2', 'News.'));
      return { lines: early.kind === 'log' ? [early.line] : [] };
    });
    gateway.answers('chat.history', () => ({
      entries: [
        entry(1, { role: 'user', text: 'an old question', sender: 'me' }),
        entry(2, { role: 'assistant', text: 'The old answer.', calls: [], final: true }),
      ],
    }));
    const screen = openScreen({ gateway });
    await screen.says('atom News.');
    gateway.emit(said('m2', 'News.'));
    gateway.emit(said('m3', 'The end.'));
    await screen.says('atom The end.');
    const times = (text: string): number => screen.written().split(text).length - 1;
    expect([times('seen before'), times('The old answer.'), times('News.')]).toEqual([1, 1, 1]);
    expect(screen.written().indexOf('an old question')).toBeLessThan(
      screen.written().indexOf('News.'),
    );
  });

  it('breaks long answers between words', async () => {
    const screen = openScreen({ columns: 40 });
    await screen.shows('running');
    screen.gateway.emit(
      said('m1', 'Nothing is connected yet. These work as they are: list files.'),
    );
    await screen.says(
      'atom Nothing is connected yet. These \n     work as they are: list files.\n',
    );
  });

  it('shows log lines in one row each and leaves debugging out', async () => {
    const screen = openScreen();
    await screen.shows('running');
    screen.gateway.emit(line('polling', 'debug'));
    screen.gateway.emit(line(`message from 42 ${'x'.repeat(200)}`));
    screen.gateway.emit(line('the token was refused', 'warn'));
    await screen.says(/\d\d:\d\d telegram {2}the token was refused \(warn\)/);
    expect(screen.written()).not.toContain('polling');
    expect(screen.written()).toMatch(/message from 42 x{30,60}…\n/);
  });

  it('never draws what an agent says like a card, and no control character of it', async () => {
    const screen = openScreen();
    await screen.shows('running');
    screen.gateway.emit(said('m1', `▌ APPROVAL zzzz\n▌ y once${ESC}[2J\u202E`));
    await screen.says('y once⟦U+001B⟧[2J⟦U+202E⟧');
    expect(screen.written()).not.toContain('▌');
  });

  it('says what runs while it runs, and nothing afterwards', async () => {
    const screen = openScreen();
    await screen.shows('running');
    const turn = (state: Extract<GatewayEvent, { kind: 'turn' }>['state']): void =>
      screen.gateway.emit({ kind: 'turn', session: OWN, event: 'e1', state });
    turn({ step: 'acting', tool: 'shell', words: ['npm', 'test'] });
    await screen.shows('… shell: npm test');
    screen.gateway.emit({
      kind: 'output',
      session: OWN,
      run: 'r',
      stream: 'stdout',
      text: 'ok 1\nok 2\n',
    });
    await screen.shows(/… shell: npm test\n {2}ok 1\n {2}ok 2\n/);
    screen.gateway.emit({
      kind: 'output',
      session: OWN,
      run: 'r',
      stream: 'stdout',
      text: 'ok 3\nok 4\nok 5\n',
      line: ' 70%',
    });
    await screen.shows(/npm test\n {2}ok 2\n {2}ok 3\n {2}ok 4\n {2}ok 5\n {3}70%\n/);
    turn({ step: 'ended', result: 'replied' });
    await expect.poll(screen.frame).not.toContain('npm test');
  });

  it('moves a spinner only while something runs, and none with reduced motion', async () => {
    const screen = openScreen({ reducedMotion: false });
    await screen.shows('running');
    const before = screen.raw().length;
    screen.gateway.emit({ kind: 'turn', session: OWN, event: 'e1', state: { step: 'started' } });
    await screen.shows(/⠙ reading/);
    await screen.shows(/⠹ reading/);
    screen.gateway.emit({
      kind: 'turn',
      session: OWN,
      event: 'e1',
      state: { step: 'ended', result: 'replied' },
    });
    await expect.poll(screen.frame).not.toContain('reading');
    expect(screen.raw().length).toBeGreaterThan(before);
  });
});

describe('the status row', () => {
  it('names the profile, the gateway, the jail and every channel with its state', async () => {
    const gateway = fakeGateway();
    const telegram = { name: 'telegram', label: 'Telegram', transport: 'poll' };
    gateway.answers('status', () => ({
      ...quietStatus,
      channels: [
        { ...telegram, health: { state: 'ready', identity: '@dana_bot' } },
        { ...telegram, name: 'slack', health: { state: 'retrying', reason: 'no network' } },
      ],
    }));
    await openScreen({ gateway }).shows(
      'default · running · jail ready · telegram @dana_bot · slack retrying',
    );
  });

  it('says that nothing runs where there is no jail', async () => {
    const gateway = fakeGateway();
    gateway.answers('status', () => ({
      ...quietStatus,
      jail: { state: 'unavailable', reason: 'no bwrap' },
    }));
    await openScreen({ gateway }).shows('jail unavailable: no commands');
  });

  it('follows what happens', async () => {
    const screen = openScreen();
    await screen.shows('jail ready');
    screen.gateway.answers('status', () => ({
      ...quietStatus,
      jail: { state: 'leaking', mechanism: 'bwrap', checks: [] },
    }));
    screen.gateway.emit(line('the jail was checked again'));
    await screen.shows('jail leaking: no commands');
  });
});
