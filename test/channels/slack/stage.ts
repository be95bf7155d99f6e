import { systemClock } from '../../../src/base/clock.ts';
import { newId } from '../../../src/base/ids.ts';
import { createLog, type LogLine } from '../../../src/base/log.ts';
import { createSlack, type SlackDeps } from '../../../src/channels/slack/create.ts';
import type { Channel } from '../../../src/domain/channel.ts';
import type { SlackMessage, startSlack } from '../../peers/slack.ts';

type Peer = Awaited<ReturnType<typeof startSlack>>;

/** An app of the peer's workspace; what it logs goes to `lines`. */
export function slackFor(
  peer: Peer,
  { lines = [], ...given }: Partial<SlackDeps> & { lines?: LogLine[]; way?: SlackDeps['way'] } = {},
): Channel {
  const channel = createSlack({
    botToken: peer.botToken,
    apiRoot: peer.apiRoot,
    clock: systemClock,
    newId: () => newId(),
    way: { kind: 'socket', appToken: peer.appToken },
    log: createLog((line) => void lines.push(line), 'slack'),
    isOurs: async () => false,
    ...given,
  });
  if (channel.hook) peer.answerWith(channel.hook);
  return channel;
}

/** Where the peer's dana is alone with us. */
export const slackHome = ({ bot, dana }: Peer) => ({ channel: 'slack', account: bot, peer: dana });

/** What is to be read in messages of ours: their words as blocks, and what their buttons carry. */
export const shownOf = (messages: readonly SlackMessage[], bot: string) =>
  messages
    .filter(({ user }) => user === bot)
    .map(({ blocks = [] }) => ({
      text: blocks
        .filter(({ type }) => type === 'rich_text')
        .flatMap(({ elements }) => elements.flatMap(({ elements: pieces = [] }) => pieces))
        .map(({ text }) => text)
        .join(''),
      buttons: blocks
        .filter(({ type }) => type === 'actions')
        .flatMap(({ elements }) => elements.map(({ value = '' }) => value)),
    }));
