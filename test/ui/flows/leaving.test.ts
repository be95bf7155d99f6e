import { PassThrough } from 'node:stream';
import { describe, expect, it } from 'vitest';
import { CTRL_C, openScreen } from '../screen.ts';

describe('Ctrl-C', () => {
  it('asks the gateway to finish its step, and ends when the gateway is gone', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type(CTRL_C);
    await screen.says('Stopping after the current step… press Ctrl-C again to stop now');
    await screen.shows('stopping');
    expect(screen.stops).toEqual([false]);
    screen.gateway.end({ by: 'gateway', message: 'bye' });
    expect(await screen.ending).toEqual({ kind: 'stopped', forced: false });
  });

  it('twice stops now', async () => {
    const screen = openScreen();
    await screen.shows('running');
    await screen.type(CTRL_C + CTRL_C);
    expect(await screen.ending).toEqual({ kind: 'stopped', forced: true });
    expect(screen.stops).toEqual([false, true]);
  });

  it('leaves a gateway alone that somebody only attached to', async () => {
    const screen = openScreen({ attached: true });
    await screen.shows('running');
    await screen.type(CTRL_C);
    expect(await screen.ending).toEqual({ kind: 'left' });
    expect(screen.stops).toEqual([]);
  });

  it('says what went wrong where the gateway cannot be asked', async () => {
    const screen = openScreen({
      onStop: () => {
        throw new Error('no such process');
      },
    });
    await screen.shows('running');
    await screen.type(CTRL_C);
    await screen.says('no such process');
  });
});

describe('the end', () => {
  it('says in words that the gateway went away', async () => {
    const screen = openScreen();
    await screen.shows('running');
    screen.gateway.end({ by: 'fault', message: 'The connection broke: EPIPE' });
    expect(await screen.ending).toEqual({ kind: 'lost', message: 'The connection broke: EPIPE' });
    expect(screen.written()).toContain('The connection broke: EPIPE');
  });

  it('is quiet when the gateway was stopped by somebody else', async () => {
    const screen = openScreen();
    await screen.shows('running');
    screen.gateway.emit({ kind: 'stopping', running: ['npm test'] });
    await screen.says('The gateway stops once this is done: npm test');
    screen.gateway.end({ by: 'gateway', message: 'bye' });
    expect(await screen.ending).toEqual({ kind: 'stopped', forced: false });
  });

  it('comes with the end of input', async () => {
    const stdin = Object.assign(new PassThrough(), {
      isTTY: true,
      setRawMode: () => undefined,
      ref: () => undefined,
      unref: () => undefined,
    });
    const screen = openScreen({ stdin });
    await screen.shows('running');
    stdin.end();
    expect(await screen.ending).toEqual({ kind: 'left' });
  });

  it('gives the terminal back: no raw mode, a cursor, no live region', async () => {
    const screen = openScreen();
    await screen.shows('running');
    expect(screen.isRaw()).toBe(true);
    screen.gateway.end({ by: 'us', message: 'closed' });
    await screen.ending;
    expect(screen.isRaw()).toBe(false);
    expect(screen.raw()).toMatch(/\u001B\[\?25h[^\u001B]*$/);
    expect(screen.raw()).toContain('\u001B[?2004l');
  });
});

describe('Ctrl-Z', () => {
  it('hands the terminal to the shell and draws again afterwards; nothing said meanwhile is lost', async () => {
    let whileStopped: boolean | undefined;
    const screen = openScreen({
      onSuspend: () => {
        whileStopped = screen.isRaw();
        const line = {
          at: 1,
          level: 'info',
          part: 'jail',
          text: 'said meanwhile',
          fields: {},
        } as const;
        screen.gateway.emit({ kind: 'log', line });
        process.kill(process.pid, 'SIGCONT');
      },
    });
    await screen.shows('running');
    await screen.type('half a message');
    await screen.shows('› half a message');
    const before = screen.raw().length;
    await screen.type('\u001A');
    await screen.says('said meanwhile');
    await expect.poll(() => screen.raw().slice(before)).toContain('half a message');
    expect(whileStopped).toBe(false);
    expect(screen.isRaw()).toBe(true);
  });
});

describe('a window that becomes narrower', () => {
  it('erases the rows that the terminal made of the old ones', async () => {
    const screen = openScreen({ columns: 100 });
    await screen.shows('Write a message, or /help');
    await screen.shows('default · running · jail ready');
    const before = screen.raw().length;
    screen.resize(20, 24);
    await screen.shows('…');
    // 27 and 30 columns of text became two rows each.
    expect(screen.raw().slice(before)).toMatch(/^(\u001B\[2K\u001B\[1A){2}\r/);
  });
});
