import { createTerminal } from '../../src/channels/terminal/create.ts';
import { terminalFacts } from '../../src/channels/terminal/facts.ts';
import type { SendRequest } from '../../src/domain/channel.ts';
import { channelContract } from '../contracts/channel-contract.ts';
import { discordContract } from './contract/discord.ts';
import { signalContract } from './contract/signal.ts';
import { slackContract } from './contract/slack.ts';
import { smsContract } from './contract/sms.ts';
import { telegramContract } from './contract/telegram.ts';
import { webhookContract } from './contract/webhook.ts';
import { whatsappContract } from './contract/whatsapp.ts';
import { whatsappCloudContract } from './contract/whatsapp-cloud.ts';

channelContract(
  'the terminal',
  async () => {
    const screen = new Map<string, string>();
    const publish = ({ id, edits, text }: SendRequest) => void screen.set(edits ?? id, text);
    const another = () => createTerminal({ publish }, terminalFacts);
    return {
      channel: another(),
      another,
      home: { channel: 'terminal', account: 'main', peer: 'owner' },
      shown: async () => [...screen.values()].map((text) => ({ text, buttons: [] })),
      close: async () => undefined,
    };
  },
  {
    'words in': 'what is typed goes to the gateway by its socket',
    redelivery: 'the same',
    buttons: 'keys decide there',
    refusals: 'a screen takes everything',
    threads: 'it is one conversation',
    'files in': 'the files are there already',
    'files out': 'the files are there already',
    typing: 'what runs is seen while it runs',
    reconnect: 'it is no line; the bridge has its own tests',
    credentials: 'whoever reaches the socket is the owner',
  },
);

telegramContract();
slackContract();
discordContract();
whatsappContract();
whatsappCloudContract();
signalContract();
smsContract();
webhookContract();
