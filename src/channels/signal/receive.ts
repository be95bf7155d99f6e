import { within } from '../../base/wait.ts';
import type { ChannelHealth, ChannelHooks } from '../../domain/channel.ts';
import { showRead } from './courtesies.ts';
import type { SignalDeps } from './deps.ts';
import { createInbox } from './inbox.ts';
import { createIncoming } from './incoming.ts';
import { type Line, startLine } from './line.ts';
import type { Memory } from './memory.ts';
import type { Who } from './who.ts';

export interface Receiver {
  readonly line: Line;
  /** Ends within a second: asks for no more, stores what came, and says what could not be stored. */
  stop(): Promise<void>;
}

/** What storing the rest may take, of the second that a stop may take. */
const STORE_MS = 400;

/** Starts to take in what arrives. */
export function startReceiving(
  deps: SignalDeps,
  { who, memory }: { readonly who: Who; readonly memory: Memory },
  hooks: ChannelHooks,
): Receiver {
  const { settings, log, wait } = deps;
  let connected: ChannelHealth = { state: 'starting' };
  let stuck: string | undefined;
  const tell = (): void =>
    hooks.health(stuck === undefined ? connected : { state: 'retrying', reason: stuck });
  const inbox = createInbox({
    async accept(event) {
      await who.settle();
      await hooks.accept(event);
    },
    wait,
    stuck(why) {
      stuck = why;
      tell();
    },
    async taken(event) {
      if (event.kind === 'edit' || !event.mentionsMe || event.from.peer === settings.account)
        return;
      const session = line.now();
      if (session) await showRead({ own: settings.account, log }, session, event);
    },
  });
  const line = startLine({
    wait,
    account: settings.account,
    door: settings.door,
    answerMs: deps.answerMs,
    take: createIncoming({ ...deps, ...settings, who, memory, put: inbox.put }),
    isFull: inbox.isFull,
    opened: ({ uuid }) => who.meet({ number: settings.account, uuid }),
    attempt: () => hooks.attempt?.(),
    health(health) {
      connected = health;
      tell();
    },
  });
  return {
    line,
    async stop() {
      await line.rest();
      await within(STORE_MS, 'the inbox', inbox.empty()).catch(() => undefined);
      line.end();
      const lost = inbox.stop();
      if (lost > 0)
        log.error(`${lost} messages of Signal could not be stored before the stop, and are lost`);
    },
  };
}
