import type { Log } from '../../base/log.ts';
import type { SendRequest } from '../../domain/channel.ts';
import type { Calls } from './calls.ts';
import type { Order } from './frames.ts';
import type { Pace } from './pace.ts';
import type { Polls } from './polls.ts';

export interface PollPostDeps {
  readonly calls: Calls;
  readonly pace: Pace;
  readonly polls: Polls;
  readonly log: Log;
  tell(order: Order): void;
}

/** Sends a poll behind each card. */
export interface PollPost {
  /** Told of a message that was sent, by the id of the card that it is or edits. Nobody waits for its poll. */
  after(message: SendRequest, to: string, card: string): void;
  /** The connection is gone: what was not sent over it is sent no more. */
  lost(): void;
}

/** The numbers in the card answer it anyway, so a poll that cannot be sent is a line in the log and no more. */
export function createPollPost({ calls, pace, polls, log, tell }: PollPostDeps): PollPost {
  let connection = new AbortController();
  return {
    after(message, to, card) {
      const poll = polls.offer(card, message);
      if (poll === undefined) return;
      const { signal } = connection;
      const send = async (): Promise<void> => {
        // Meanwhile the card may be decided, or the process gone that would have said how it went.
        if (signal.aborted || !polls.stands(poll.id)) return;
        await calls.begin((call) => tell({ do: 'poll', call, to, ...poll }));
      };
      pace
        .inTurn(() => tell({ do: 'typing', to }), send, signal)
        .catch((thrown: unknown) => log.debug(`a poll was not sent: ${String(thrown)}`));
    },
    lost() {
      connection.abort();
      connection = new AbortController();
    },
  };
}
