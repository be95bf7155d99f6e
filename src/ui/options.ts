import type { Readable, Writable } from 'node:stream';
import type { Clock } from '../base/clock.ts';
import type { Colors } from '../base/theme.ts';
import type { Gateway } from '../bridge/gateway.ts';

/** How the lines of line mode are written. */
export interface Signs {
  /** A line of atom's own. */
  line(text: string): string;
  /** What is decided about: never changed into something else, but written out. */
  exact<T>(value: T): T;
}

export interface UiOptions {
  readonly gateway: Gateway;
  readonly profile: string;
  /** Where the person is, shown once at the top. */
  readonly folder: string;
  /** Asked for by Ctrl-C; `force` the second time, when nothing is waited for any more. */
  onStop(force: boolean): void | Promise<void>;
  /**
   * Ctrl-Z, once the terminal is as the shell left it: raise SIGTSTP. May resolve before or after the
   * process goes on; the screen waits for SIGCONT itself. Without it Ctrl-Z does nothing.
   */
  onSuspend?(): void | Promise<void>;
  /** True where Ctrl-C leaves the terminal and the gateway goes on (`atom attach`). */
  readonly attached?: boolean;
  /** No spinner. */
  readonly reducedMotion: boolean;
  /** Line mode: no redraw, no box, no countdown. For dumb terminals and screen readers. */
  readonly plain?: boolean;
  /** In line mode: how what is said is written where no sign but ASCII may be. As it is, unless told. */
  readonly signs?: Signs;
  /** In line mode, of the log only what went wrong: the rest is much to hear, or to feel. */
  readonly quiet?: boolean;
  /** Those for a ground that nobody knows, unless told. Words always say what a colour says. */
  readonly colors?: Colors;
  readonly stdin: Readable;
  readonly stdout: Writable & { readonly columns?: number; readonly rows?: number };
  /** The system's clock unless told. */
  readonly clock?: Clock;
}

/** How the terminal was left; the cli makes an exit code of it. */
export type UiEnding =
  /** The gateway was asked to stop, and did; or, forced, is being killed. */
  | { readonly kind: 'stopped'; readonly forced: boolean }
  /** The person left, or input ended; the gateway may go on. */
  | { readonly kind: 'left' }
  /** The gateway went away by itself. `message` says how and was shown. */
  | { readonly kind: 'lost'; readonly message: string };
