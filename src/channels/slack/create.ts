import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { sleep } from '../../base/wait.ts';
import type { Address } from '../../domain/address.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import { changes } from '../telegram/health.ts';
import { callsWith, type SlackAccess } from './api.ts';
import type { Me } from './events.ts';
import { slackFacts } from './facts.ts';
import { createHook } from './hook.ts';
import { createIntake } from './intake.ts';
import { introduce } from './me.ts';
import { downloadFile } from './media.ts';
import { keepRunning } from './running.ts';
import { directs, sendMessage } from './send.ts';
import { follow } from './socket.ts';

export interface SlackDeps extends SlackAccess {
  /** How Slack brings what happens: over a connection of ours, or to an address of ours. */
  readonly way:
    | { readonly kind: 'socket'; readonly appToken: string }
    | { readonly kind: 'webhook'; readonly signingSecret: string };
  readonly clock: Clock;
  readonly log: Log;
  newId(): string;
  /** True where we have said something in a thread. */
  readonly isOurs: (thread: Address) => Promise<boolean>;
}

/** Slack is asked this often whether it still knows us, where nothing else would tell. */
const PROOF_MS = 5 * 60_000;
const ASK_MS = 10_000;

/** An app in a workspace of Slack. */
export function createSlack(deps: SlackDeps): Channel {
  const call = callsWith(deps);
  const directOf = directs(call);
  let hooks: ChannelHooks | undefined;
  let stop: AbortController | undefined;
  let known: Me | undefined;
  let running: Promise<void> | undefined;
  const me = async (): Promise<Me> => {
    known ??= await introduce(call, AbortSignal.timeout(ASK_MS)).catch((cause: unknown) => {
      throw new AtomError('unavailable', `Slack does not say who we are: ${cause}`, { cause });
    });
    return known;
  };
  const heard = (): void => {
    if (known) hooks?.health({ state: 'ready', identity: identityOf(known) });
  };
  const intake = createIntake({ ...deps, call, me, accept: () => hooks?.accept });
  const { way } = deps;
  const round = async (signal: AbortSignal): Promise<void> => {
    known = await introduce(call, AbortSignal.any([signal, AbortSignal.timeout(ASK_MS)]));
    if (way.kind === 'webhook') {
      heard();
      return sleep(PROOF_MS, signal);
    }
    const open = callsWith({ ...deps, botToken: way.appToken });
    return follow({ open, intake, heard }, signal);
  };
  return {
    facts: slackFacts,
    ...(way.kind === 'webhook' && {
      hook: createHook({ ...deps, signingSecret: way.signingSecret, intake, heard }),
    }),
    open(given) {
      if (hooks) return;
      hooks = { ...given, health: changes(given) };
      stop = new AbortController();
      running = keepRunning(round, hooks, stop.signal);
    },
    send: async (message, signal) => ({
      externalId: await sendMessage(call, directOf, message, signal),
    }),
    download: (media, signal) => downloadFile(deps, media, signal),
    async close() {
      stop?.abort();
      hooks = undefined;
      await running;
    },
  };
}

/** `(T1/U1)` is what the link to our direct chat is made of. */
const identityOf = ({ name, teamName, team, user }: Me): string =>
  `@${name} in ${teamName} (${team}/${user})`;
