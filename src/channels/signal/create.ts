import type { Channel } from '../../domain/channel.ts';
import { showTaken, showTyping } from './courtesies.ts';
import type { SignalDeps } from './deps.ts';
import { download } from './download.ts';
import { signalFacts } from './facts.ts';
import { createLinking } from './linking.ts';
import { createMemory } from './memory.ts';
import { onceConnected } from './once.ts';
import { type Receiver, startReceiving } from './receive.ts';
import { sendMessage } from './send.ts';
import { styledWords } from './styles.ts';
import { createWho } from './who.ts';

/** An account of Signal, through a signal-cli that somebody else starts and keeps running. */
export function createSignal(deps: SignalDeps): Channel {
  const { settings, log } = deps;
  const own = settings.account;
  const who = createWho({ ...settings, bearers: deps.bearers, log });
  const memory = createMemory();
  let receiver: Receiver | undefined;
  const linking = createLinking(deps, () => receiver?.line);
  const connected = onceConnected(deps, () => receiver?.line);
  return {
    facts: signalFacts,
    open(hooks) {
      receiver ??= startReceiving(deps, { who, memory }, hooks);
    },
    send: (message, signal) =>
      connected(signal, async (session) => {
        const { text: words, styles } = await styledWords(message);
        const text = memory.numbered.textOf({ ...message, text: words });
        const { wordsOf } = memory;
        const more = { own, signal, text, styles, wordsOf };
        const externalId = await sendMessage(session, message, more);
        memory.noteSent(Number(externalId));
        memory.noteWords(externalId, text);
        memory.numbered.remember(externalId, message);
        return { externalId };
      }),
    async acknowledge(event) {
      const session = receiver?.line.now();
      if (session) await showTaken({ own, log }, session, event);
    },
    async typing({ peer }) {
      const session = receiver?.line.now();
      if (session) await showTyping({ own, log }, session, peer);
    },
    download: (media, signal) => connected(signal, (session) => download(session, media, signal)),
    linking,
    async close() {
      linking.stop();
      await receiver?.stop();
    },
  };
}
