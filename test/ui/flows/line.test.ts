import { PassThrough } from 'node:stream';
import { describe, expect, it, onTestFinished } from 'vitest';
import type { Clock } from '../../../src/base/clock.ts';
import { exactly, plainly } from '../../../src/cli/out/plain.ts';
import { LINE_ARM_MS } from '../../../src/ui/line/answers.ts';
import type { UiOptions } from '../../../src/ui/options.ts';
import { runUi } from '../../../src/ui/run-ui.ts';
import { card, fakeGateway, newcomer, people, stranger } from '../fake-gateway.ts';

/** Line mode on pipes, with a clock that only moves when told. */
function openLines({ quiet = false, signs }: Pick<UiOptions, 'quiet' | 'signs'> = {}) {
  const gateway = fakeGateway();
  const stdin = new PassThrough();
  const stdout = new PassThrough();
  let text = '';
  stdout.on('data', (chunk) => {
    text += chunk;
  });
  let passed = 0;
  const clock: Clock = { now: () => 1_000_000, monotonic: () => passed };
  const stops: boolean[] = [];
  const ending = runUi({
    gateway,
    profile: 'default',
    folder: '/home/dana',
    onStop: (force) => {
      stops.push(force);
    },
    reducedMotion: true,
    plain: true,
    quiet,
    ...(signs ? { signs } : {}),
    stdin,
    stdout,
    clock,
  });
  onTestFinished(async () => {
    gateway.close();
    await ending;
  });
  return {
    gateway,
    ending,
    stops,
    stdin,
    text: () => text,
    line: (line: string) => stdin.write(`${line}\n`),
    wait: (ms: number) => {
      passed += ms;
    },
    says: (words: string) => expect.poll(() => text, { interval: 5 }).toContain(words),
    answers: () =>
      gateway.asked
        .filter(({ method }) => method === 'approvals.answer')
        .map(({ params }) => params),
  };
}

type Lines = ReturnType<typeof openLines>;

async function ask(lines: Lines, over: Parameters<typeof card>[0] = {}): Promise<void> {
  await lines.says('atom 0.1.0');
  await expect.poll(() => lines.gateway.asked.length).toBe(5);
  lines.gateway.emit({
    kind: 'approval.asked',
    card: card({ expiresAt: 1_000_000 + 120_000, ...over }),
  });
  await lines.says('or details.');
}

describe('line mode', () => {
  it.each([false, true])(
    'tells of the log what went wrong, and the rest unless quiet: %s',
    async (quiet) => {
      const lines = openLines({ quiet });
      await lines.says('profile default');
      for (const level of ['info', 'warn'] as const)
        lines.gateway.emit({
          kind: 'log',
          line: { at: 1, level, part: 'jail', text: `said as ${level}`, fields: {} },
        });
      await lines.says('said as warn');
      expect(lines.text().includes('said as info')).toBe(!quiet);
    },
  );

  it('sends lines and prints answers, without one control sequence', async () => {
    const lines = openLines();
    await lines.says('profile default');
    lines.line('hello');
    await expect
      .poll(() => lines.gateway.asked.at(-1))
      .toMatchObject({ params: { text: 'hello' } });
    lines.gateway.emit({
      kind: 'message',
      id: 'm',
      session: 'terminal:self:main',
      text: 'Good\u001B[31m day.',
      at: 1,
    });
    await lines.says('atom Good⟦U+001B⟧[31m day.');
    expect(lines.text()).not.toContain('\u001B');
  });

  it('does not send what is too long, and says so', async () => {
    const lines = openLines();
    await lines.says('profile default');
    lines.line('x'.repeat(5_000_000));
    await lines.says('The message is too long: 5,000,000 of at most 65,536 characters.');
    await lines.says('Your message was not sent.');
    lines.line('hello');
    await expect
      .poll(() => lines.gateway.asked.at(-1))
      .toMatchObject({ params: { text: 'hello' } });
    expect(lines.gateway.asked.filter(({ method }) => method === 'chat.send')).toHaveLength(1);
  });

  it('is ASCII under --plain, and a command on a card is written out instead of being changed', async () => {
    const exact = <T>(value: T): T => exactly(value, { plain: true });
    const lines = openLines({ signs: { line: plainly, exact } });
    const words = ['echo', '’$(id)’'];
    await ask(lines, { words, says: 'it’s fine', detail: 'a → b', undo: 'cannot be undone' });
    expect(lines.text()).toContain("Command: echo '⟦U+2019⟧$(id)⟦U+2019⟧'");
    expect(lines.text()).toContain('The agent says: "it⟦U+2019⟧s fine"');
    expect(lines.text()).toContain('a ⟦U+2192⟧ b');
    lines.gateway.emit({
      kind: 'message',
      id: 'm',
      session: 'terminal:self:main',
      at: 1,
      text: 'It’s done – nearly…',
    });
    await lines.says("atom It's done - nearly...");
    expect(lines.text().replaceAll(/⟦U\+[0-9A-F]+⟧/g, '')).toMatch(/^[\x20-\x7e\n]*$/);
  });

  it('asks in sentences', async () => {
    const lines = openLines();
    await ask(lines, { says: 'as you asked' });
    for (const sentence of [
      'Approval k7p2, medium risk, expires in 2 min.',
      'Command: git push origin main',
      'In: /work/site, jail site (read-write, no network)',
      'It may: change files in /work/site; cannot be undone',
      'Why it is asked: leaves this machine',
      'The agent says: “as you asked”',
      'Type k7p2 to approve this once, n to deny, x to deny and stop the task, or details.',
    ]) {
      expect(lines.text()).toContain(`${sentence}\n`);
    }
    expect(lines.text()).not.toContain('▌');
  });

  it('approves nothing for y, because a paste looks like typing here', async () => {
    const lines = openLines();
    await ask(lines);
    lines.wait(LINE_ARM_MS);
    lines.line('y');
    await lines.says('y approves nothing here: it could be pasted. Type k7p2 to approve');
    expect(lines.answers()).toEqual([]);
  });

  it('takes the code once the question could be read', async () => {
    const lines = openLines();
    await ask(lines);
    lines.wait(LINE_ARM_MS);
    lines.line('K7P2');
    await expect
      .poll(lines.answers)
      .toEqual([{ ref: 'a1', verdict: 'approve', typed: false, stop: false }]);
  });

  it('takes no code that was typed before the question', async () => {
    const lines = openLines();
    await ask(lines);
    lines.wait(LINE_ARM_MS - 1);
    lines.line('k7p2');
    await lines.says('too soon');
    lines.wait(LINE_ARM_MS - 1);
    lines.line('k7p2\nk7p2');
    await expect.poll(() => lines.text().split('too soon').length - 1).toBe(3);
    expect(lines.answers()).toEqual([]);
  });

  it('approves nothing for an empty line', async () => {
    const lines = openLines();
    await ask(lines);
    lines.wait(60_000);
    lines.line('');
    await lines.says('Nothing was decided.');
    expect(lines.answers()).toEqual([]);
  });

  it('says that the code was typed where that is wanted', async () => {
    const lines = openLines();
    await ask(lines, { factor: 'typed', risk: 'high' });
    lines.wait(LINE_ARM_MS);
    lines.line('k7p2');
    await expect.poll(lines.answers).toMatchObject([{ verdict: 'approve', typed: true }]);
  });

  it.each(['ok k7p2 123456', 'K7P2 123 456'])(
    'takes the code and the digits of the second factor where that is wanted: %s',
    async (line) => {
      const lines = openLines();
      await ask(lines, { factor: 'totp', risk: 'high' });
      expect(lines.text()).toContain(
        'Type ok k7p2 123456 (the six digits of your authenticator) to approve this once',
      );
      lines.wait(LINE_ARM_MS);
      lines.line(line);
      await expect
        .poll(lines.answers)
        .toEqual([{ ref: 'a1', verdict: 'approve', typed: true, stop: false, code: '123456' }]);
    },
  );

  it('takes neither the code alone nor y where digits are wanted, and nothing too soon', async () => {
    const lines = openLines();
    await ask(lines, { factor: 'totp', risk: 'high' });
    lines.line('ok k7p2 123456');
    await lines.says('too soon');
    for (const line of ['k7p2', 'ok k7p2', 'y']) {
      lines.wait(LINE_ARM_MS);
      lines.line(line);
    }
    await lines.says('y approves nothing here');
    expect(lines.text().split('That alone approves nothing.')).toHaveLength(3);
    expect(lines.answers()).toEqual([]);
    expect(lines.gateway.asked.some(({ method }) => method === 'chat.send')).toBe(false);
  });

  it.each([
    ['n', false],
    ['no', false],
    ['x', true],
  ])('takes %s for no', async (word, stop) => {
    const lines = openLines();
    await ask(lines);
    lines.wait(LINE_ARM_MS);
    lines.line(word);
    await expect.poll(lines.answers).toEqual([{ ref: 'a1', verdict: 'deny', typed: false, stop }]);
  });

  it('still sends messages while a question waits, and tells more when asked', async () => {
    const lines = openLines();
    await ask(lines, { program: '/usr/bin/git', detail: 'first\nsecond' });
    expect(lines.text()).toContain('Standard input:\n  first\n  second\n');
    lines.line('what is this for?');
    await expect.poll(() => lines.gateway.asked.at(-1)).toMatchObject({ method: 'chat.send' });
    lines.line('details');
    await lines.says('Program: /usr/bin/git');
    expect(lines.answers()).toEqual([]);
  });

  it('ends with the end of input', async () => {
    const lines = openLines();
    await lines.says('profile default');
    lines.stdin.end();
    expect(await lines.ending).toEqual({ kind: 'left' });
  });

  it('stops on the first Ctrl-C and does not wait on the second', async () => {
    const lines = openLines();
    await lines.says('profile default');
    process.emit('SIGINT');
    await lines.says('press Ctrl-C again to stop now');
    process.emit('SIGINT');
    expect(await lines.ending).toEqual({ kind: 'stopped', forced: true });
    expect(lines.stops).toEqual([false, true]);
  });
});

describe('somebody to let in, in line mode', () => {
  async function comes(who = newcomer({ leftMs: 120_000 }), secondFactor = false) {
    const lines = openLines();
    await lines.says('atom 0.1.0');
    await expect.poll(() => lines.gateway.asked.length).toBe(5);
    lines.gateway.answers('senders.list', () => people([who], { secondFactor }));
    lines.gateway.emit({ kind: 'pairing', pairing: who });
    await lines.says('n to refuse.');
    return lines;
  }
  const answers = ({ gateway }: Lines) =>
    gateway.asked.flatMap(({ method, params }) =>
      /^senders\.(approve|deny)$/.test(method) ? [{ method, ...(params as object) }] : [],
    );

  it('is told in sentences, without a control sequence or a bar', async () => {
    const lines = await comes(newcomer({ leftMs: 120_000, name: 'Da\u001B[2Jna' }));
    for (const sentence of [
      'Pairing p-k7p2mn on telegram: code matched, expires in 2 min.',
      'Account: id 5012233 (fixed)   name “Da⟦U+001B⟧[2Jna” (can be changed by them)',
      'Will be: owner (first owner besides this terminal), who may approve commands, and everything else that you may',
      'Type p-k7p2mn to let them in as owner, p-k7p2mn guest as guest, p-k7p2mn member as member, or n to refuse.',
    ])
      expect(lines.text()).toContain(`${sentence}\n`);
    expect(lines.text()).not.toMatch(/[▌\u001B]/);
  });

  it.each([
    ['p-k7p2mn', { method: 'senders.approve', ref: 'p-k7p2mn', role: 'owner' }],
    ['ok P-K7P2MN member', { method: 'senders.approve', ref: 'p-k7p2mn', role: 'member' }],
    ['n', { method: 'senders.deny', ref: 'p-k7p2mn' }],
  ])('takes %s', async (line, answer) => {
    const lines = await comes();
    lines.wait(LINE_ARM_MS);
    lines.line(line);
    await expect.poll(() => answers(lines)).toEqual([answer]);
  });

  it('lets nobody in for y, a role alone, an unknown role, or what came too soon', async () => {
    const lines = await comes();
    lines.line('p-k7p2mn');
    await lines.says('too soon');
    for (const line of ['y', 'owner', 'p-k7p2mn king']) {
      lines.wait(LINE_ARM_MS);
      lines.line(line);
    }
    await expect.poll(() => lines.text().split('That lets nobody in.').length - 1).toBe(3);
    expect(answers(lines)).toEqual([]);
    expect(lines.gateway.asked.some(({ method }) => method === 'chat.send')).toBe(false);
  });

  it('takes the digits of the second factor for more than a guest', async () => {
    const lines = await comes(stranger(), true);
    expect(lines.text()).toContain('p-k7p2mn owner 123456 as owner');
    for (const line of ['p-k7p2mn owner', 'p-k7p2mn member 654 321']) {
      lines.wait(LINE_ARM_MS);
      lines.line(line);
    }
    await expect
      .poll(() => answers(lines))
      .toEqual([{ method: 'senders.approve', ref: 'p-k7p2mn', role: 'member', code: '654321' }]);
    await lines.says('That lets nobody in.');
  });

  it('is begun with /pair, without a picture', async () => {
    const lines = openLines();
    await lines.says('profile default');
    lines.gateway.answers('pair.begin', () => ({
      pairing: newcomer({ state: 'open', leftMs: 300_000 }),
      identity: '@dana_bot',
      link: 'https://t.me/dana_bot?start=x',
      command: '/link B',
    }));
    lines.line('/pair telegram');
    await lines.says('On your phone, open:\nhttps://t.me/dana_bot?start=x\n');
    await lines.says('It works once, for 5 minutes. Then you are asked here.');
    expect(lines.text()).not.toMatch(/[▀▄█]/);
    lines.line('/pair');
    await lines.says('Say on which channel:   /pair telegram');
  });
});
