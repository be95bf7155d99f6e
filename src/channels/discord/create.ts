import type { Clock } from '../../base/clock.ts';
import type { Log } from '../../base/log.ts';
import type { Channel } from '../../domain/channel.ts';
import type { Store } from '../../domain/store.ts';
import { createAnswers } from './answers.ts';
import { type Access, type DiscordAccess, openApi } from './api.ts';
import { createChats } from './chats.ts';
import { discordFacts } from './facts.ts';
import { download } from './media.ts';
import { startReceiving } from './running.ts';
import { sendText } from './send.ts';
import { showTyping } from './typing.ts';

export interface DiscordDeps {
  readonly token: string;
  readonly find: DiscordAccess['find'];
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  newId(): string;
  readonly settings: {
    readonly allow: readonly string[];
    /** Asks for the words of messages that do not speak to us: an intent that the portal must allow. */
    readonly messageContent: boolean;
    /** Another HTTP API than Discord's own. */
    readonly apiRoot: string | undefined;
    /** Another origin of attachments than Discord's own. */
    readonly cdn: string | undefined;
  };
}

/** A bot of Discord. Its libraries are loaded with the first call. */
export function createDiscord(deps: DiscordDeps): Channel {
  const { token, settings } = deps;
  let opening: Promise<Access> | undefined;
  const access = (): Promise<Access> => {
    opening ??= openApi({ token, find: deps.find, apiRoot: settings.apiRoot });
    // What could not be loaded may be there the next time.
    opening.catch(() => {
      opening = undefined;
    });
    return opening;
  };
  const chats = createChats({ store: deps.store, access });
  const answers = createAnswers({ ...deps, access });
  let receiving: { stop(): Promise<void> } | undefined;
  return {
    facts: discordFacts,
    open(hooks) {
      receiving ??= startReceiving({ ...deps, ...settings, access, chats, answers }, hooks);
    },
    send: async (message, signal) => ({
      externalId: await sendText({ token, chats, access }, message, signal),
    }),
    acknowledge: answers.note,
    typing: (to) => showTyping({ ...deps, chats, access }, to),
    download: (media, signal) => download({ token, access, cdn: settings.cdn }, media, signal),
    close: async () => receiving?.stop(),
  };
}
