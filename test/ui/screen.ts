import { PassThrough } from 'node:stream';
import { setImmediate } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { expect, onTestFinished, type TestContext } from 'vitest';
import type { UiEnding, UiOptions } from '../../src/ui/options.ts';
import { runUi } from '../../src/ui/run-ui.ts';
import { type FakeGateway, fakeGateway } from './fake-gateway.ts';

export interface Screen {
  readonly gateway: FakeGateway;
  readonly ending: Promise<UiEnding>;
  /** Asked to stop, with what force. */
  readonly stops: boolean[];
  /** Raw mode, as the terminal was told last. */
  isRaw(): boolean;
  /** The live region as it was drawn last. */
  frame(): string;
  /** Everything that was ever written, without control sequences. */
  written(): string;
  raw(): string;
  /** Resolves once the keys were read, so that they do not join the next. */
  type(keys: string): Promise<void>;
  resize(columns: number, rows: number): void;
  /** Waits until the live region has this text. */
  shows(text: string | RegExp): Promise<void>;
  /** Waits until this was written above the live region. */
  says(text: string | RegExp): Promise<void>;
}

/** Runs the real UI on a terminal in memory. */
export function openScreen(
  options: Partial<UiOptions> & { readonly columns?: number; readonly rows?: number } = {},
  test: Pick<TestContext, 'expect' | 'onTestFinished'> = { expect, onTestFinished },
): Screen {
  const { columns = 80, rows = 24, gateway = fakeGateway(), ...rest } = options;
  let raw = false;
  const stdin = Object.assign(new PassThrough(), {
    isTTY: true,
    setRawMode: (mode: boolean) => {
      raw = mode;
    },
    ref: () => undefined,
    unref: () => undefined,
  });
  const stdout = Object.assign(new PassThrough(), { isTTY: true, columns, rows });
  const writes: string[] = [];
  stdout.on('data', (chunk) => writes.push(String(chunk)));
  const stops: boolean[] = [];
  const onStop = (force: boolean): void => {
    stops.push(force);
  };
  const ending = runUi({
    gateway,
    profile: 'default',
    folder: '/home/dana',
    reducedMotion: true,
    colors: 'none',
    onStop,
    stdin,
    stdout,
    ...rest,
  });
  test.onTestFinished(async () => {
    gateway.close();
    await ending.catch(() => undefined);
  });
  const written = (): string => stripVTControlCharacters(writes.join(''));
  // What is printed above is always followed by the live region again.
  const frame = (): string =>
    writes.map(stripVTControlCharacters).findLast((text) => text.trim() !== '') ?? '';
  const until = (read: () => string) => async (text: string | RegExp) => {
    await test.expect.poll(read, { interval: 10 }).toMatch(text);
  };
  return {
    gateway: gateway as FakeGateway,
    ending,
    stops,
    isRaw: () => raw,
    frame,
    written,
    raw: () => writes.join(''),
    type: async (keys) => {
      stdin.write(keys);
      while (stdin.readableLength > 0) await setImmediate();
    },
    resize: (width, height) => {
      Object.assign(stdout, { columns: width, rows: height });
      stdout.emit('resize');
    },
    shows: until(frame),
    says: until(written),
  };
}

export const ESC = '\u001B';
export const CTRL_C = '\u0003';
export const pasted = (text: string): string => `${ESC}[200~${text}${ESC}[201~`;
