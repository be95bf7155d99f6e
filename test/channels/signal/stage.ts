import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createSignal } from '../../../src/channels/signal/create.ts';
import type { SignalDeps } from '../../../src/channels/signal/deps.ts';
import type { Door } from '../../../src/channels/signal/door.ts';
import type { Address } from '../../../src/domain/address.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import { DANA, OWN } from '../../peers/signal/frames.ts';

export const ACCOUNT = OWN.slice(1);
export const DANA_ID = String(DANA.uuid);

/** The chat of Dana with our account. */
export const home: Address = { channel: 'signal', account: ACCOUNT, peer: DANA_ID };

export interface Made {
  readonly channel: Channel;
  readonly lines: LogLine[];
  readonly waits: number[];
}

/** A channel that waits a hundredth of the time; only Dana is known, by her uuid. */
export function signalFor(
  door: Door,
  {
    settings,
    ...more
  }: Partial<Omit<SignalDeps, 'settings'>> & {
    readonly settings?: Partial<SignalDeps['settings']>;
  } = {},
): Made {
  const lines: LogLine[] = [];
  const waits: number[] = [];
  const allow = settings?.allow ?? [DANA_ID];
  const channel = createSignal({
    settings: { account: ACCOUNT, door, allow, groups: [], answerStrangers: false, ...settings },
    bearers: { known: new Map(), keep: async () => undefined },
    log: createLog((line) => void lines.push(line), 'signal'),
    newId: () => newId(),
    isKnown: (id) => allow.includes(id),
    async wait(ms, signal) {
      waits.push(ms);
      await new Promise<void>((resolve) => {
        const timer = setTimeout(resolve, ms / 100);
        const stop = (): void => {
          clearTimeout(timer);
          resolve();
        };
        signal.addEventListener('abort', stop, { once: true });
      });
      signal.throwIfAborted();
    },
    answerMs: 2000,
    ...more,
  });
  return { channel, lines, waits };
}
