import type { ChannelHooks } from '../../../src/domain/channel.ts';
import { channelContract } from '../../contracts/channel-contract.ts';
import { channelRows } from '../../contracts/channel-rows.ts';
import { type ChannelStage, WRONG } from '../../contracts/channel-stage.ts';
import { until } from '../../flows/stage/until.ts';
import { dana, startCrablineDiscord } from '../../peers/discord/crabline.ts';
import { shownAfterEdits } from '../../peers/discord/peer.ts';
import { BOT, DANA, GUILD, startScriptedDiscord } from '../../peers/discord/scripted.ts';
import { freshStore } from '../../store/fresh.ts';
import { directChat, discordFor } from '../discord/stage.ts';

export function discordContract(): void {
  const elsewhere = 'the scripted server shows it';
  channelContract('Discord, played by crabline,', byCrabline, {
    buttons: 'it has no interactions: interactions.test.ts',
    threads: elsewhere,
    'files in': elsewhere,
    'files out': elsewhere,
    typing: elsewhere,
    reconnect: elsewhere,
  });
  channelRows('Discord, played by a scripted server,', scripted, {
    credentials: 'crabline shows it',
  });
}

async function byCrabline(): Promise<ChannelStage> {
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
    shown: async () => shownAfterEdits(peer.sent(), (place) => ids[place] ?? ''),
    refused: { id: 'm9', to: { ...home, peer: 'dana' }, text: 'hello', buttons: [] },
    unwelcome: () => discordFor({ ...peer, token: WRONG }, store, { allow: [dana] }),
    close: peer.close,
  };
}

const THREAD = '135000000000000010';

async function scripted(): Promise<ChannelStage> {
  const server = await startScriptedDiscord();
  const { store } = await freshStore();
  const another = () => discordFor(server, store, { allow: [DANA], cdn: server.origin });
  return {
    channel: another(),
    another,
    home: directChat(BOT, DANA),
    inject: async (text) => void server.say(text),
    shown: async () => [],
    thread: {
      at: { channel: 'discord', account: BOT, peer: GUILD, thread: THREAD },
      inject: async (text) => {
        const mentions = [{ id: BOT, username: 'atom' }];
        const place = { channel_id: THREAD, guild_id: GUILD, mentions };
        server.say(`<@${BOT}> ${text}`, place);
      },
      shown: async () =>
        server
          .sent()
          .flatMap(({ channel, body }) => (channel === THREAD ? [body.content ?? ''] : [])),
    },
    bring: async (bytes) => {
      server.holds('/attachments/notes.pdf', bytes);
      const file = { id: '260000000000000777', filename: 'notes.pdf', size: bytes.length };
      const url = `${server.origin}/attachments/notes.pdf?ex=1`;
      server.say('', { attachments: [{ ...file, url, content_type: 'application/pdf' }] });
    },
    taken: async () =>
      server
        .to('POST', /\/messages$/)
        .flatMap(({ files }) => files.map(({ bytes }) => Buffer.from(bytes))),
    typings: () => server.to('POST', /\/typing$/).length,
    cut: async () => server.cut(),
    close: server.close,
  };
}
