import type { Door } from '../../src/channels/signal/door.ts';
import { createTerminal } from '../../src/channels/terminal/create.ts';
import { terminalFacts } from '../../src/channels/terminal/facts.ts';
import type { ChannelHooks, SendRequest } from '../../src/domain/channel.ts';
import { type ChannelStage, channelContract } from '../contracts/channel-contract.ts';
import { until } from '../flows/stage/until.ts';
import { startCrabline } from '../peers/crabline.ts';
import { dana, startCrablineDiscord } from '../peers/discord/crabline.ts';
import { shownAfterEdits } from '../peers/discord/peer.ts';
import { startCrablineSignal } from '../peers/signal/crabline-signal.ts';
import { startSignalCli } from '../peers/signal/signal-cli.ts';
import { startSlack } from '../peers/slack.ts';
import { startProgram } from '../peers/standard-webhooks.ts';
import type { SentMessage } from '../peers/telegram-peer.ts';
import { startTelegramTestApi } from '../peers/telegram-test-api.ts';
import { startTwilio } from '../peers/twilio.ts';
import { type Sent as CloudSent, startCloud } from '../peers/whatsapp/cloud.ts';
import { startWhatsAppPeer, type Sent as WhatsAppSent } from '../peers/whatsapp/peer.ts';
import { shownByPhone } from '../peers/whatsapp/phone.ts';
import { freshStore } from '../store/fresh.ts';
import { directChat, discordFor } from './discord/stage.ts';
import { signalFor, home as signalHome } from './signal/stage.ts';
import { shownOf, slackFor, slackHome } from './slack/stage.ts';
import { smsFor, smsHome } from './sms/stage.ts';
import { openHookDoor } from './telegram/hook-door.ts';
import { privateChat, telegramFor } from './telegram/stage.ts';
import { webhookFor, webhookHome } from './webhook/stage.ts';
import { memorySecrets, seedLink } from './whatsapp/kept.ts';
import { whatsappFor, home as whatsappHome } from './whatsapp/stage.ts';
import { cloudFor, cloudHome } from './whatsapp-cloud/stage.ts';

channelContract('the terminal', async () => {
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
});

channelContract('Telegram, played by crabline,', async () => {
  const peer = await startCrabline();
  const home = privateChat('424242');
  return {
    channel: telegramFor(peer),
    another: () => telegramFor(peer),
    home,
    inject: (text) => peer.inject(text),
    redelivers: true,
    shown: async () => afterEdits(await peer.sentMessages()),
    refused: { id: 'm9', to: home, text: 'x'.repeat(4097), buttons: [] },
    close: peer.close,
  };
});

channelContract('Telegram by webhook, played by crabline,', async () => {
  const peer = await startCrabline();
  const door = await openHookDoor();
  const home = privateChat('424242');
  const another = () => {
    const webhook = { webhookUrl: door.url, webhookSecret: 'of-this-test' };
    const channel = telegramFor(peer, [], webhook);
    door.lead(channel);
    return channel;
  };
  return {
    channel: another(),
    another,
    home,
    // It is told at once of what is not taken, and brings it again.
    inject: (text) => peer.inject(text).catch(() => undefined),
    redelivers: true,
    shown: async () => afterEdits(await peer.sentMessages()),
    refused: { id: 'm9', to: home, text: 'x'.repeat(4097), buttons: [] },
    close: async () => {
      await peer.close();
      await door.close();
    },
  };
});

channelContract('Telegram, played by telegram-test-api,', async () => {
  const peer = await startTelegramTestApi();
  return {
    channel: telegramFor(peer),
    another: () => telegramFor(peer),
    home: privateChat('666'),
    inject: (text) => peer.inject(text),
    pressButton: (data) => peer.pressButton(data),
    shown: peer.shown,
    close: peer.close,
  };
});

for (const kind of ['socket', 'webhook'] as const)
  channelContract(`Slack by ${kind}, its Web API played by emulate,`, async () => {
    const peer = await startSlack();
    const { appToken, signingSecret } = peer;
    const way = kind === 'socket' ? { kind, appToken } : { kind, signingSecret };
    const another = () => slackFor(peer, { way });
    const home = slackHome(peer);
    return {
      ...{ channel: another(), another, home, redelivers: kind === 'socket' },
      inject: async (text) => void peer.say(text),
      pressButton: async (data) => void (await peer.press(data)),
      shown: async () => shownOf(await peer.messages(), peer.bot),
      refused: { id: 'm9', to: { ...home, peer: 'dana' }, text: 'hello', buttons: [] },
      close: peer.close,
    };
  });

channelContract('SMS, by Twilio as emulate plays it,', async () => {
  const peer = await startTwilio();
  const another = () => smsFor(peer);
  const channel = another();
  return {
    ...{ channel, another, home: smsHome, isFinal: true },
    inject: async (text) => void (await peer.inject(text)),
    shown: async () => (await peer.sent()).map(({ body }) => ({ text: body, buttons: [] })),
    refused: { id: 'm9', to: { ...smsHome, peer: 'dana' }, text: 'hello', buttons: [] },
    close: peer.close,
  };
});

channelContract('A webhook, posted and taken by the library of Standard Webhooks,', async () => {
  const peer = await startProgram();
  const another = () => webhookFor(peer);
  return {
    ...{ channel: another(), another, home: webhookHome, isFinal: true },
    inject: async (text) => void (await peer.post({ text })),
    shown: async () => peer.received.map(({ data: { text } }) => ({ text, buttons: [] })),
    refused: { id: 'm9', to: { ...webhookHome, account: 'nobody' }, text: 'x', buttons: [] },
    close: peer.close,
  };
});

channelContract('WhatsApp, played by crabline,', async () => {
  const peer = await startWhatsAppPeer();
  const { store } = await freshStore();
  const secrets = memorySecrets();
  await seedLink({ store, secrets });
  const another = () => whatsappFor(peer, { store, secrets }).channel;
  const channel = another();
  return {
    channel,
    another,
    home: whatsappHome,
    // Its process takes a moment to start, which is not what is measured.
    inject: async (text) => {
      await until('a login', async () => peer.logins() > 0);
      await peer.inject(text);
    },
    shown: async () => afterWhatsAppEdits(peer.sent),
    refused: { id: 'm9', to: { ...whatsappHome, peer: 'dana' }, text: 'hello', buttons: [] },
    async close() {
      await channel.close();
      await peer.close();
    },
  };
});

channelContract('Discord, played by crabline,', async () => {
  const peer = await startCrablineDiscord();
  const { store } = await freshStore();
  const home = directChat(peer.bot, dana);
  const ids: string[] = [];
  let opened = 0;
  const another = () => {
    const made = discordFor(peer, store, { allow: [dana] });
    return {
      ...made,
      open: (hooks: ChannelHooks) => {
        opened += 1;
        made.open(hooks);
      },
    };
  };
  const channel = another();
  return {
    channel: {
      ...channel,
      send: async (message, signal) => {
        const sent = await channel.send(message, signal);
        ids.push(sent.externalId);
        return sent;
      },
    },
    another,
    home,
    // Its gateway keeps nothing for whoever is not there.
    inject: async (text) => {
      await until('a session', async () => peer.sessions() >= opened);
      await peer.inject(text);
    },
    redelivers: true,
    shown: async () => shownAfterEdits(peer.sent(), (place) => ids[place] ?? ''),
    refused: { id: 'm9', to: { ...home, peer: 'dana' }, text: 'hello', buttons: [] },
    close: peer.close,
  };
});

channelContract('WhatsApp Cloud, played by crabline and a server of our own,', async () => {
  const peer = await startCloud();
  const another = () => cloudFor(peer);
  const channel = another();
  return {
    ...{ channel, another, home: cloudHome, isFinal: true },
    inject: async (text) => void (await peer.inject(text)),
    pressButton: async (data) => void (await peer.press(data)),
    shown: async () => peer.sent.map(shownOnWhatsApp),
    refused: { id: 'm9', to: { ...cloudHome, peer: 'dana' }, text: 'hello', buttons: [] },
    close: peer.close,
  };
});

channelContract('Signal, played by crabline over HTTP,', async () => {
  const peer = await startCrablineSignal();
  return signalStage(peer.door, {
    inject: peer.inject,
    sent: () => peer.asked('send'),
    close: peer.close,
  });
});

for (const socket of [true, false])
  channelContract(`Signal, by signal-cli’s ${socket ? 'Unix socket' : 'TCP port'},`, async () => {
    const peer = await startSignalCli({ socket });
    return signalStage(peer.door, {
      inject: peer.inject,
      sent: () => peer.asked.filter(({ method }) => method === 'send').map(({ params }) => params),
      close: peer.close,
    });
  });

/** Each chat of this peer counts its messages from 1, and nobody else writes in ours. */
function afterEdits(sent: readonly SentMessage[]) {
  const shown: { text: string; buttons: readonly string[] }[] = [];
  for (const { text, buttons, edits } of sent) {
    const place = edits === undefined ? shown.length : Number(edits) - 1;
    shown[place] = { text, buttons: buttons.flat() };
  }
  return shown;
}

function signalStage(
  door: Door,
  peer: Pick<ChannelStage, 'inject' | 'close'> & {
    sent(): readonly Readonly<Record<string, unknown>>[];
  },
): ChannelStage {
  const another = () => signalFor(door).channel;
  const { sent, ...rest } = peer;
  return {
    channel: another(),
    another,
    home: signalHome,
    ...rest,
    shown: async () => afterSignalEdits(sent()),
    refused: { id: 'm9', to: { ...signalHome, peer: 'dana' }, text: 'hello', buttons: [] },
  };
}

/** One message and its edits: all that this suite sends. */
const afterSignalEdits = (sent: readonly Readonly<Record<string, unknown>>[]) =>
  sent.slice(-1).map(({ message }) => ({ text: String(message), buttons: [] }));

function afterWhatsAppEdits(sent: readonly WhatsAppSent[]) {
  const shown = new Map<string, string>();
  for (const { id, text, edits } of sent) shown.set(edits ?? id, text);
  return [...shown.values()].map((text) => ({ text: shownByPhone(text), buttons: [] }));
}

function shownOnWhatsApp({ text, interactive }: CloudSent) {
  const { body } = (text ?? {}) as { readonly body?: string };
  const { body: above, action } = (interactive ?? {}) as {
    readonly body?: { readonly text: string };
    readonly action?: { readonly buttons: readonly { readonly reply: { readonly id: string } }[] };
  };
  const buttons = action?.buttons.map(({ reply }) => reply.id) ?? [];
  return { text: shownByPhone(body ?? above?.text ?? ''), buttons };
}
