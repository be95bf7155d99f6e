import type { GatewayEvent } from './events.ts';

/** What each event tells. */
export const eventWords: Readonly<Record<GatewayEvent['kind'], string>> = {
  log: 'a line of the log',
  message: 'something was said in a session',
  turn: 'how the answer to a message comes along',
  output: 'what a command or a model writes, as it comes',
  'approval.asked': 'a card waits for an answer',
  'approval.decided': 'a card was answered, or ran out',
  feed: 'something was posted in the feed',
  'feed.reaction': 'somebody said with a sign what they think of a post',
  pairing: 'a link was used or is void, a stranger has a code, or the owner decided about one',
  sender: 'somebody was let in, blocked or let go, or has another role',
  'device.waiting': 'a new device waits for the owner to compare digits',
  'connect.challenge':
    'the first thing said on a connection of the network; no number, never repeated',
  'device.paired': 'to the new device itself: its key; the connection closes',
  'device.refused': 'to the new device itself: the owner said no; the connection closes',
  'channel.link': 'how the linking of a chat account goes; this machine only',
  stopping: 'the gateway stops',
};
