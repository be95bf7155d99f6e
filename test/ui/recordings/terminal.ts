import { execFileSync } from 'node:child_process';
import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../flows/stage/until.ts';

/** Long only for what never comes. */
const PATIENCE_MS = 30_000;
const TMUX = '/usr/bin/tmux';

/** A real terminal with a shell in it, kept by tmux: keys go in, and what stands on the screen comes out. */
export interface Terminal {
  /** What a person types, letter by letter as it comes; nothing in it is the name of a key. */
  type(text: string): void;
  /** Keys by tmux's names: `Enter`, `Tab`, `Escape`, `C-z`. */
  press(...keys: readonly string[]): void;
  resize(columns: number, rows: number): void;
  /** The rows on the screen, without colours and without what scrolled away. */
  screen(): string;
  /** The same with its colours, as SGR sequences. */
  painted(): string;
  /** Waits until the screen has this text. */
  shows(text: RegExp): Promise<void>;
  close(): void;
}

export interface TerminalOptions {
  readonly name: string;
  readonly columns: number;
  readonly rows: number;
  readonly cwd: string;
  /** All that a program in it finds in its environment. */
  readonly env: Readonly<Record<string, string>>;
}

/** Opens one, with a shell that has job control and a short prompt. */
export function openTerminal({ name, columns, rows, cwd, env }: TerminalOptions): Terminal {
  // A server of its own: whatever else tmux runs on this machine is not touched.
  const tmux = (...words: readonly string[]): string =>
    execFileSync(TMUX, ['-L', name, '-f', '/dev/null', ...words], { encoding: 'utf8', env });
  const size = ['-x', String(columns), '-y', String(rows)];
  tmux('new-session', '-d', ...size, '-c', cwd, "exec env PS1='$ ' bash --norc --noprofile -i");
  tmux('set-option', '-g', 'status', 'off');
  tmux('set-option', '-g', 'window-size', 'manual');
  const capture = (...flags: readonly string[]): string => tmux('capture-pane', '-p', ...flags);
  const screen = (): string => capture();
  return {
    screen,
    type: (text) => void tmux('send-keys', '-l', '--', text),
    press: (...keys) => void tmux('send-keys', ...keys),
    resize: (wide, high) => void tmux('resize-window', '-x', String(wide), '-y', String(high)),
    painted: () => capture('-e', '-N'),
    async shows(text) {
      const found = async (): Promise<boolean> => {
        if (screen().search(text) >= 0) return true;
        // Each look is a process.
        await pause(60);
        return false;
      };
      await until(`the screen with ${text}`, found, PATIENCE_MS).catch((late: Error) => {
        throw new Error(`${late.message}:\n${screen()}`);
      });
    },
    close: () => void tmux('kill-server'),
  };
}
