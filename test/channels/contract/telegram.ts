import type { Channel } from '../../../src/domain/channel.ts';
import { channelContract } from '../../contracts/channel-contract.ts';
import { channelRows } from '../../contracts/channel-rows.ts';
import { type ChannelStage, type Lacks, WRONG } from '../../contracts/channel-stage.ts';
import { type CrablinePeer, startCrabline } from '../../peers/crabline.ts';
import { refusal, startScriptedTelegram, success } from '../../peers/scripted-telegram.ts';
import type { SentMessage } from '../../peers/telegram-peer.ts';
import { startTelegramTestApi } from '../../peers/telegram-test-api.ts';
import { openHookDoor } from '../telegram/hook-door.ts';
import { hello, privateChat, telegramFor } from '../telegram/stage.ts';

export function telegramContract(): void {
  channelContract('Telegram, played by crabline,', byPolling, {
    ...OF_CRABLINE,
    reconnect: 'shown by the scripted server, which can break a line',
  });
  channelContract('Telegram by webhook, played by crabline,', byWebhook, {
    ...OF_CRABLINE,
    reconnect: 'Telegram connects to us',
    typing: 'as by polling',
  });
  channelContract('Telegram, played by telegram-test-api,', byTestApi, {
    redelivery: 'it forgets what it has handed out',
    refusals: 'it refuses nothing',
    threads: 'it has no topics',
    'files in': 'it has no files',
    'files out': 'it has no files',
    typing: 'it knows no typing',
    reconnect: 'it breaks no line',
    credentials: 'it takes any token',
  });
  channelRows('Telegram, played by a scripted server,', scripted, {
    typing: 'crabline shows it',
    credentials: 'crabline shows it',
  });
}

const OF_CRABLINE: Lacks = {
  buttons: 'it delivers no presses; telegram-test-api does',
  threads: 'shown by the scripted server; it writes in no topic',
  'files in': 'it hands out no files; the scripted server does',
  'files out': 'it keeps no files; the scripted server does',
};

const home = privateChat('424242');
const refused = { id: 'm9', to: home, text: 'x'.repeat(4097), buttons: [] };

async function byPolling(): Promise<ChannelStage> {
  const peer = await startCrabline();
  return {
    ...ofCrabline(peer, () => telegramFor(peer)),
    inject: (text) => peer.inject(text),
    typings: () => peer.calls('sendChatAction'),
    close: peer.close,
  };
}

async function byWebhook(): Promise<ChannelStage> {
  const peer = await startCrabline();
  const door = await openHookDoor();
  const webhook = { webhookUrl: door.url, webhookSecret: 'of-this-test' };
  const another = () => {
    const channel = telegramFor(peer, [], webhook);
    door.lead(channel);
    return channel;
  };
  return {
    ...ofCrabline(peer, another),
    // It is told at once of what is not taken, and brings it again.
    inject: (text) => peer.inject(text).catch(() => undefined),
    unwelcome: () => telegramFor({ ...peer, token: `1:${WRONG}` }, [], webhook),
    close: async () => {
      await peer.close();
      await door.close();
    },
  };
}

const ofCrabline = (peer: CrablinePeer, another: () => Channel) => ({
  channel: another(),
  another,
  home,
  refused,
  shown: async () => afterEdits(await peer.sentMessages()),
  unwelcome: () => telegramFor({ ...peer, token: `1:${WRONG}` }),
});

async function byTestApi(): Promise<ChannelStage> {
  const peer = await startTelegramTestApi();
  const another = () => telegramFor(peer);
  return {
    channel: another(),
    another,
    home: privateChat('666'),
    inject: (text) => peer.inject(text),
    pressButton: (data) => peer.pressButton(data),
    shown: peer.shown,
    close: peer.close,
  };
}

async function scripted(): Promise<ChannelStage> {
  const server = await startScriptedTelegram();
  const another = () => telegramFor(server);
  let count = 0;
  const said = (more: object): void => {
    const { update_id, message } = hello(++count);
    server.next('getUpdates', success([{ update_id, message: { ...message, ...more } }]));
  };
  const forum = { id: -1001, type: 'supergroup', title: 'a forum', is_forum: true };
  return {
    channel: another(),
    another,
    home: privateChat('777'),
    inject: async (text) => said({ text }),
    shown: async () => server.calls('sendMessage').map(({ text }) => shownText(text)),
    thread: {
      at: { ...privateChat('777'), peer: '-1001', thread: '5' },
      inject: async (text) =>
        said({ text, chat: forum, message_thread_id: 5, is_topic_message: true }),
      shown: async () =>
        server
          .calls('sendMessage')
          .filter(({ chat_id: chat, message_thread_id: topic }) => chat === -1001 && topic === 5)
          .map(({ text }) => String(text)),
    },
    bring: async (bytes) => {
      const file = { file_id: 'f1', file_unique_id: 'u' };
      server.next('getFile', success({ ...file, file_path: 'documents/notes.pdf' }));
      server.next('notes.pdf', { status: 200, body: bytes });
      const document = { ...file, file_name: 'notes.pdf', mime_type: 'application/pdf' };
      said({ text: undefined, document });
    },
    taken: async () =>
      server.calls('sendDocument').flatMap((call) => Object.values(call).filter(Buffer.isBuffer)),
    // A line that breaks and a server that is ill, one after the other.
    cut: async () => {
      server.next('getUpdates', 'reset');
      server.next('getUpdates', refusal(502, 'Bad Gateway'));
    },
    close: server.close,
  };
}

const shownText = (text: unknown) => ({ text: String(text), buttons: [] });

/** Each chat of this peer counts its messages from 1, and nobody else writes in ours. */
function afterEdits(sent: readonly SentMessage[]) {
  const shown: { text: string; buttons: readonly string[] }[] = [];
  for (const { text, buttons, edits } of sent) {
    const place = edits === undefined ? shown.length : Number(edits) - 1;
    shown[place] = { text, buttons: buttons.flat() };
  }
  return shown;
}
