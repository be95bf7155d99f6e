import { channelContract } from '../../contracts/channel-contract.ts';
import { type ChannelStage, WRONG } from '../../contracts/channel-stage.ts';
import { startSlack } from '../../peers/slack.ts';
import { shownOf, slackFor, slackHome } from '../slack/stage.ts';

export function slackContract(): void {
  channelContract('Slack by socket, its Web API played by emulate,', () => stage('socket'), {
    typing: 'Slack shows no typing of bots',
  });
  channelContract('Slack by webhook, its Web API played by emulate,', () => stage('webhook'), {
    redelivery: 'Slack brings an event again for an hour at most, to whoever is there',
    typing: 'Slack shows no typing of bots',
    threads: 'as by socket',
    'files in': 'as by socket',
    'files out': 'as by socket',
    reconnect: 'Slack connects to us',
  });
}

/** The message that a thread began with. */
const ROOT = '1700000000.000001';

async function stage(kind: 'socket' | 'webhook'): Promise<ChannelStage> {
  const peer = await startSlack();
  const { appToken, signingSecret } = peer;
  const way = kind === 'socket' ? { kind, appToken } : { kind, signingSecret };
  const another = () => slackFor(peer, { way });
  const home = slackHome(peer);
  return {
    channel: another(),
    another,
    home,
    inject: async (text) => void peer.say(text),
    pressButton: async (data) => void (await peer.press(data)),
    shown: async () => shownOf(await peer.messages(), peer.bot),
    refused: { id: 'm9', to: { ...home, peer: 'dana' }, text: 'hello', buttons: [] },
    thread: {
      at: { ...home, thread: ROOT },
      inject: async (text) => void peer.say(text, { thread_ts: ROOT }),
      shown: async () =>
        peer.posted.flatMap(({ thread_ts: root, text }) => (root === ROOT ? [String(text)] : [])),
    },
    bring: async (bytes) => void peer.share(bytes),
    taken: peer.files,
    cut: async () => peer.end('breaks'),
    unwelcome: () =>
      kind === 'socket'
        ? slackFor(peer, { way: { kind, appToken: `xapp-${WRONG}` } })
        : slackFor(peer, { botToken: `xoxb-${WRONG}`, way }),
    close: peer.close,
  };
}
