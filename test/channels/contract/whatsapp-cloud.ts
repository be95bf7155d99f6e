import { channelContract } from '../../contracts/channel-contract.ts';
import { type ChannelStage, WRONG } from '../../contracts/channel-stage.ts';
import { type Sent, startCloud } from '../../peers/whatsapp/cloud.ts';
import { shownByPhone } from '../../peers/whatsapp/phone.ts';
import { cloudFor, cloudHome } from '../whatsapp-cloud/stage.ts';

export const whatsappCloudContract = (): void =>
  channelContract('WhatsApp Cloud, played by crabline and a server of our own,', stage, {
    redelivery: 'Meta brings again what was not answered well: cloud.test.ts shows that it is not',
    edits: 'what was sent stays as it is',
    threads: 'a number has one conversation',
    reconnect: 'Meta connects to us',
  });

async function stage(): Promise<ChannelStage> {
  const peer = await startCloud();
  const another = () => cloudFor(peer);
  return {
    channel: another(),
    another,
    home: cloudHome,
    inject: async (text) => void (await peer.inject(text)),
    pressButton: async (data) => void (await peer.press(data)),
    shown: async () => peer.sent.map(shown),
    refused: { id: 'm9', to: { ...cloudHome, peer: 'dana' }, text: 'hello', buttons: [] },
    bring: async (bytes) => {
      peer.files.set('7', { type: 'application/pdf', bytes });
      const document = { id: '7', mime_type: 'application/pdf', filename: 'notes.pdf' };
      const said = { id: 'wamid.f', from: cloudHome.peer, timestamp: '1700000000' };
      await peer.post(peer.about({ messages: [{ ...said, type: 'document', document }] }));
    },
    taken: async () => [...peer.files.values()].map(({ bytes }) => bytes),
    typings: () => peer.heard.filter(({ typing_indicator: typing }) => typing).length,
    unwelcome: () => cloudFor(peer, { token: WRONG }),
    close: peer.close,
  };
}

function shown({ text, interactive }: Sent) {
  const { body } = (text ?? {}) as { readonly body?: string };
  const { body: above, action } = (interactive ?? {}) as {
    readonly body?: { readonly text: string };
    readonly action?: { readonly buttons: readonly { readonly reply: { readonly id: string } }[] };
  };
  const buttons = action?.buttons.map(({ reply }) => reply.id) ?? [];
  return { text: shownByPhone(body ?? above?.text ?? ''), buttons };
}
