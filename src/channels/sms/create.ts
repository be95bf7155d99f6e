import { backoff } from '../../base/backoff.ts';
import type { Log } from '../../base/log.ts';
import { sleep } from '../../base/wait.ts';
import { type Channel, type ChannelHooks, SendError } from '../../domain/channel.ts';
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
async function keepProving(
  deps: SmsDeps,
  { health, attempt, ready }: ChannelHooks & { readonly ready: () => void },
  signal: AbortSignal,
): Promise<void> {
  for (let failures = 0; !signal.aborted; ) {
    try {
      if (failures > 0) attempt?.();
      await callTwilio(deps, { path: '' }, AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
      ready();
      failures = 0;
    } catch (thrown) {
      if (signal.aborted) return;
      const reason = thrown instanceof SendError ? thrown.message : String(thrown);
      if (thrown instanceof Unauthorized) return health({ state: 'failed', reason });
      health({ state: 'retrying', reason });
      failures += 1;
    }
    await sleep(failures > 0 ? backoff(RETRY, failures) : PROOF_MS, signal).catch(() => undefined);
  }
}
