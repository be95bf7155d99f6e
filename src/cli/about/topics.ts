import { careTopics } from './care-topics.ts';
import { channelTopics } from './channel-topics.ts';
import { controlTopics } from './control-topics.ts';
import { devicesTopic } from './devices-topic.ts';
import { netTopic } from './net-topic.ts';
import { peopleTopics } from './people-topics.ts';
import { runsTopic } from './runs-topic.ts';
import { signalTopic } from './signal-topic.ts';
import { slackTopic } from './slack-topic.ts';
import { telegramTopic } from './telegram-topic.ts';
import { webhooksTopic } from './webhooks-topic.ts';
import { workTopics } from './work-topics.ts';

/** What `atom help <topic>` says. */
export const topics: Readonly<Record<string, string>> = {
  ...peopleTopics,
  ...controlTopics,
  net: netTopic,
  runs: runsTopic,
  ...workTopics,
  devices: devicesTopic,
  signal: signalTopic,
  telegram: telegramTopic,
  slack: slackTopic,
  webhooks: webhooksTopic,
  ...careTopics,
  ...channelTopics,
};

/** Everything but commands that `atom help` knows, the reference of the protocol too, which is made. */
export const topicNames: readonly string[] = [...Object.keys(topics), 'protocol'];
