import type { Channel } from '../../domain/channel.ts';
import { callsWith } from './api.ts';
import { slackFacts } from './facts.ts';
import { downloadFile } from './media.ts';
import { createReceiving, type ReceivingDeps } from './receiving.ts';
import { directs, sendMessage } from './send.ts';

export type SlackDeps = Omit<ReceivingDeps, 'call'>;

/** An app in a workspace of Slack. */
export function createSlack(deps: SlackDeps): Channel {
  const call = callsWith(deps);
  const slack = { call, ...(deps.apiRoot !== undefined && { apiRoot: deps.apiRoot }) };
  const directOf = directs(call);
  const { hook, open, close } = createReceiving({ ...deps, call });
  return {
    facts: slackFacts,
    ...(hook && { hook }),
    open,
    close,
    send: async (message, signal) => ({
      externalId: await sendMessage({ ...slack, directOf }, message, signal),
    }),
    download: (media, signal) => downloadFile(deps, media, signal),
  };
}
