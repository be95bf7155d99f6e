import { backoff } from '../../base/backoff.ts';
import { AtomError } from '../../base/errors.ts';
import { sleep } from '../../base/wait.ts';
import type { ChannelHooks } from '../../domain/channel.ts';
import type { Answers } from './answers.ts';
import { type Trouble, troubleOf } from './errors.ts';
import { readPayload } from './read.ts';
import { type ReceiveDeps, type Receiving, receive } from './receive.ts';

export interface RunningDeps extends Omit<ReceiveDeps, 'hooks' | 'read' | 'intents'> {
  readonly messageContent: boolean;
  readonly answers: Answers;
  newId(): string;
}

/** discord.com/developers/docs/events/gateway#list-of-intents: GUILDS, GUILD_MESSAGES, DIRECT_MESSAGES. */
const INTENTS = (1 << 0) | (1 << 9) | (1 << 12);
/** The words of messages that do not speak to us: an intent that the portal must allow. */
const MESSAGE_CONTENT = 1 << 15;

/** Starts receiving in the background. */
export function startReceiving(deps: RunningDeps, hooks: ChannelHooks): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const ended = run(
    {
      ...deps,
      intents: deps.messageContent ? INTENTS | MESSAGE_CONTENT : INTENTS,
      read: (payload, me) => readPayload(deps, payload, me),
      hooks: {
        // What breaks off because we leave is no trouble.
        health: (now) => {
          if (!stopping.signal.aborted) hooks.health(now);
        },
        attempt: () => hooks.attempt?.(),
        async accept(event) {
          await hooks.accept(event);
          deps.answers.taken(event);
        },
      },
    },
    stopping.signal,
  );
  return {
    async stop() {
      stopping.abort();
      await ended;
    },
  };
}

const RETRY = { firstMs: 1000, capMs: 60_000 };

/**
 * Receives until the signal aborts or Discord will not have us. Until it is connected it tries again, later
 * each time; from then on the connection does so by itself. Never rejects.
 */
async function run(deps: ReceiveDeps, signal: AbortSignal): Promise<void> {
  const receiving = await connected(deps, signal);
  if (receiving === undefined) return;
  const gone = new Promise<undefined>((resolve) => {
    if (signal.aborted) resolve(undefined);
    signal.addEventListener('abort', () => resolve(undefined), { once: true });
  });
  const reason = await Promise.race([receiving.ended, gone]);
  await receiving.stop();
  if (reason !== undefined) deps.hooks.health({ state: 'failed', reason });
}

async function connected(deps: ReceiveDeps, signal: AbortSignal): Promise<Receiving | undefined> {
  for (let tries = 1; !signal.aborted; tries += 1) {
    try {
      deps.hooks.attempt();
      return await receive(deps, signal);
    } catch (thrown) {
      if (signal.aborted) return undefined;
      const trouble = troubleOf(thrown, deps.token);
      const hopeless = hopelessWords(thrown, trouble);
      if (hopeless !== undefined) {
        deps.hooks.health({ state: 'failed', reason: hopeless });
        return undefined;
      }
      deps.hooks.health({ state: 'retrying', reason: `${trouble.words}; trying again` });
      const wait = trouble.kind === 'limit' ? trouble.retryMs : backoff(RETRY, tries);
      await sleep(wait, signal).catch(() => undefined);
    }
  }
  return undefined;
}

function hopelessWords(thrown: unknown, trouble: Trouble): string | undefined {
  if (thrown instanceof AtomError && thrown.code === 'config')
    return [thrown.message, ...thrown.next].join('. ');
  if (trouble.kind !== 'answer' || trouble.status !== 401) return undefined;
  return `Discord does not accept the token (${trouble.words}). Copy it again from the Developer Portal, under Bot: atom channels add discord`;
}
