import { AtomError } from '../../base/errors.ts';
import type { Linking } from '../../domain/channel.ts';
import type { SignalDeps } from './deps.ts';
import { addressOf } from './ids.ts';
import type { Line } from './line.ts';
import { beginLink } from './link.ts';

/** Links the account to signal-cli, one try at a time; unlinking is the phone's. */
export function createLinking(
  { settings, answerMs }: SignalDeps,
  line: () => Line | undefined,
): Linking & { stop(): void } {
  const { account, door } = settings;
  let trying: AbortController | undefined;
  return {
    async begin({ phone }, tell) {
      if (phone !== undefined) throw new AtomError('usage', 'Signal links by a QR code only.');
      if (line()?.now()) throw linkedAlready(account);
      trying?.abort();
      trying = new AbortController();
      const told: typeof tell = (step) => {
        tell(step);
        if (step.kind === 'linked') line()?.wake();
      };
      await beginLink({ account, door, answerMs, tell: told }, trying.signal);
    },
    async end() {
      throw new AtomError('usage', 'The link is signal-cli’s, and atom leaves it alone.', {
        next: ['On the phone:   Settings, Linked devices', 'atom channels remove signal'],
      });
    },
    stop: () => trying?.abort(),
  };
}

const linkedAlready = (account: string): AtomError =>
  new AtomError('usage', `signal-cli has the account ${addressOf(account)} already.`, {
    next: ['Try it:   atom channels test signal'],
  });
