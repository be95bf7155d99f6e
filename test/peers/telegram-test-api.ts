import { TelegramServer } from 'telegram-test-api/lib/telegramServer.js';
import { freePort } from './free-port.ts';
import { dana, type SendBody, sentFrom, type TelegramPeer, type Writer } from './telegram-peer.ts';

export interface ButtonPeer extends TelegramPeer {
  /** Presses a button of the bot's message that carries this data. */
  pressButton(data: string, from?: Writer): Promise<void>;
  /** The text and buttons of the bot's messages as they read now, after every edit. */
  shown(): Promise<readonly { readonly text: string; readonly buttons: readonly string[] }[]>;
}

/**
 * Starts telegram-test-api: the peer that delivers pressed buttons. It answers getUpdates at once,
 * forgets updates as soon as it has handed them out, takes any token, and knows neither typing,
 * topics nor errors.
 */
export async function startTelegramTestApi(): Promise<ButtonPeer> {
  const server = new TelegramServer({ port: await freePort(), host: '127.0.0.1' });
  await server.start();
  const token = '123456:telegram-test-api';
  const sent: SendBody[] = [];
  const as = ({ id, chat }: Writer) =>
    server.getClient(token, {
      userId: id,
      chatId: chat ?? id,
      firstName: 'Dana',
      userName: 'dana',
    });
  record(server, sent);
  return {
    apiRoot: server.config.apiURL,
    token,
    async inject(text, from = dana) {
      const client = as(from);
      await client.sendMessage(client.makeMessage(text));
    },
    async pressButton(data, from = dana) {
      const client = as(from);
      await client.sendCallback(client.makeCallbackQuery(data));
    },
    sentMessages: async () => sent.map(sentFrom),
    shown: async () =>
      server.storage.botMessages.map(({ message }) => {
        const { text, buttons } = sentFrom(message as unknown as SendBody);
        return { text, buttons: buttons.flat() };
      }),
    close: async () => void (await server.stop()),
  };
}

/** The server keeps only how a message reads last; the tests also want to know how it got there. */
function record(server: TelegramServer, sent: SendBody[]): void {
  const { editMessageText } = server;
  server.on('AddedBotMessage', () => {
    const added = server.storage.botMessages.at(-1)?.message;
    if (added) sent.push(added as unknown as SendBody);
  });
  server.editMessageText = (body) => {
    sent.push(body as unknown as SendBody);
    editMessageText.call(server, body);
  };
}
