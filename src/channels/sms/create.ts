import { backoff } from '../../base/backoff.ts';
import type { Log } from '../../base/log.ts';
import { sleep } from '../../base/wait.ts';
import {
  type Channel,
  type ChannelHealth,
  type ChannelHooks,
  SendError,
} from '../../domain/channel.ts';
import type { EventDeps } from './events.ts';
import { smsFacts } from './facts.ts';
import { createHook } from './hook.ts';
import { downloadMedia } from './media.ts';
import { type SmsSender, sendSms } from './send.ts';
import { callTwilio, Unauthorized } from './twilio.ts';

export interface SmsDeps extends SmsSender, Omit<EventDeps, 'account'> {
  readonly log: Log;
}

const RETRY = { firstMs: 1000, capMs: 30_000 };
/** Twilio is asked this often whether it still knows us: nothing else would tell that a token was revoked. */
const PROOF_MS = 5 * 60_000;
const ASK_MS = 10_000;

/** SMS by Twilio: what comes in is posted to us, what goes out is sent by its API. */
export function createSms(deps: SmsDeps): Channel {
  const account = deps.from ?? deps.messagingService ?? '';
  const identity = deps.from === undefined ? account : `+${deps.from}`;
  let hooks: ChannelHooks | undefined;
  let stop: AbortController | undefined;
  const ready = (): void => hooks?.health({ state: 'ready', identity });
  return {
    facts: smsFacts,
    hook: createHook({ ...deps, account, accept: () => hooks?.accept, heard: ready }),
    open(given) {
      if (hooks) return;
      hooks = given;
      stop = new AbortController();
      void keepProving(deps, { ...given, ready }, stop.signal);
    },
    send: async (message, signal) => ({ externalId: await sendSms(deps, message, signal) }),
    download: (media, signal) => downloadMedia(deps, media, signal),
    async close() {
      stop?.abort();
      hooks = undefined;
    },
  };
}

/** Asks for the account until the signal aborts or Twilio refuses it. Never rejects. */
async function keepProving(deps: SmsDeps, hooks: Proving, signal: AbortSignal): Promise<void> {
  let failures = 0;
  while (!signal.aborted) {
    if (failures > 0) hooks.attempt?.();
    const trouble = await proofOf(deps, signal);
    if (signal.aborted) return;
    if (trouble === undefined) hooks.ready();
    else hooks.health(healthOf(trouble));
    if (trouble instanceof Unauthorized) return;
    failures = trouble === undefined ? 0 : failures + 1;
    await sleep(failures > 0 ? backoff(RETRY, failures) : PROOF_MS, signal).catch(() => undefined);
  }
}

interface Proving extends Pick<ChannelHooks, 'health' | 'attempt'> {
  readonly ready: () => void;
}

const healthOf = (trouble: SendError): ChannelHealth => ({
  state: trouble instanceof Unauthorized ? 'failed' : 'retrying',
  reason: trouble.message,
});

/** What is wrong; undefined where Twilio knows us. */
async function proofOf(deps: SmsDeps, signal: AbortSignal): Promise<SendError | undefined> {
  try {
    await callTwilio(deps, { path: '' }, AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
    return undefined;
  } catch (thrown) {
    return thrown instanceof SendError
      ? thrown
      : new SendError({ kind: 'later', reason: String(thrown) });
  }
}
