import { channelContract } from '../../contracts/channel-contract.ts';
import type { ChannelStage } from '../../contracts/channel-stage.ts';
import { until } from '../../flows/stage/until.ts';
import { type Sent, startWhatsAppPeer } from '../../peers/whatsapp/peer.ts';
import { shownByPhone } from '../../peers/whatsapp/phone.ts';
import { freshStore } from '../../store/fresh.ts';
import { filesOf } from '../whatsapp/files.ts';
import { memorySecrets, seedLink } from '../whatsapp/kept.ts';
import { home, whatsappFor } from '../whatsapp/stage.ts';

export const whatsappContract = (): void =>
  channelContract('WhatsApp, played by crabline,', stage, {
    redelivery: 'crabline keeps nothing; offline.test.ts shows what comes after an outage',
    buttons: 'there are none: numbers are replied',
    threads: 'a chat has none',
  });

async function stage(): Promise<ChannelStage> {
  const peer = await startWhatsAppPeer();
  const { store } = await freshStore();
  const secrets = memorySecrets();
  await seedLink({ store, secrets });
  const another = () => whatsappFor(peer, { store, secrets }).channel;
  const channel = another();
  const files = filesOf(peer);
  let cuts = 0;
  return {
    channel,
    another,
    home,
    bring: files.bring,
    taken: files.taken,
    // Its process takes a moment to start, which is not what is measured.
    inject: async (text) => {
      await until('a login', async () => peer.logins() > cuts);
      await peer.inject(text);
    },
    shown: async () => afterEdits(peer.sent),
    refused: { id: 'm9', to: { ...home, peer: 'dana' }, text: 'hello', buttons: [] },
    typings: () => peer.heard('chatstate').length,
    cut: async () => {
      cuts += 1;
      peer.cut();
    },
    unwelcome: () => {
      peer.welcome({ failure: 401 });
      return another();
    },
    async close() {
      await channel.close();
      await peer.close();
    },
  };
}

function afterEdits(sent: readonly Sent[]) {
  const shown = new Map<string, string>();
  for (const { id, text, edits } of sent) shown.set(edits ?? id, text);
  return [...shown.values()].map((text) => ({ text: shownByPhone(text), buttons: [] }));
}
