import type { LogLine } from '../../base/log.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { Beginning } from './follower.ts';

/** How many messages and lines are remembered to tell repeats apart. */
const REMEMBERED = 500;

export interface Once {
  /** What was shown at the beginning, so that the same is not shown as news. */
  saw(beginning: Beginning): void;
  /** False for what was shown before. */
  isNew(event: GatewayEvent): boolean;
}

/** Tells repeats apart: messages by their id, log lines by what they say and when. */
export function createOnce(): Once {
  const seen = new Set<string>();
  const add = (key: string): boolean => {
    if (seen.has(key)) return false;
    seen.add(key);
    if (seen.size > REMEMBERED) seen.delete(seen.values().next().value ?? '');
    return true;
  };
  return {
    saw({ lines, entries }) {
      for (const line of lines) add(lineKey(line));
      for (const { event, item } of entries) {
        if (item.role === 'assistant') add(replyKey(event, item.text));
      }
    },
    isNew(event) {
      if (event.kind === 'log') return add(lineKey(event.line));
      if (event.kind !== 'message') return true;
      const isReply = event.inReplyTo !== undefined;
      return (
        add(`message ${event.id}`) && !(isReply && seen.has(replyKey(event.inReplyTo, event.text)))
      );
    },
  };
}

const lineKey = ({ at, part, text }: LogLine): string => `line ${at} ${part} ${text}`;
const replyKey = (event: string, text: string): string => `reply ${event} ${text}`;
