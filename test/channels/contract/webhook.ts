import { channelContract } from '../../contracts/channel-contract.ts';
import { startProgram } from '../../peers/standard-webhooks.ts';
import { webhookFor, webhookHome } from '../webhook/stage.ts';

export const webhookContract = (): void =>
  channelContract(
    'A webhook, posted and taken by the library of Standard Webhooks,',
    async () => {
      const peer = await startProgram();
      const another = () => webhookFor(peer);
      return {
        channel: another(),
        another,
        home: webhookHome,
        inject: async (text) => void (await peer.post({ text })),
        shown: async () => peer.received.map(({ data: { text } }) => ({ text, buttons: [] })),
        refused: { id: 'm9', to: { ...webhookHome, account: 'nobody' }, text: 'x', buttons: [] },
        thread: {
          at: { ...webhookHome, thread: 'run-7' },
          inject: async (text) => void (await peer.post({ text, thread: 'run-7' })),
          shown: async () =>
            peer.received.flatMap(({ data }) => (data.thread === 'run-7' ? [data.text] : [])),
        },
        close: peer.close,
      };
    },
    {
      redelivery: 'a program is told that it was not taken, and posts again when it likes',
      edits: 'what was posted stays as it is',
      buttons: 'a program presses none',
      'files in': 'it brings words only',
      'files out': 'it takes words only',
      typing: 'there is none',
      reconnect: 'programs connect to us',
      credentials: 'whoever posts without the secret is told so, and nothing else fails',
    },
  );
