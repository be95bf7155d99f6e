import type { Channel, ChannelFacts, SendRequest } from '../../domain/channel.ts';

export interface TerminalDeps {
  /** Shows the message to every connected client. The transcript is the durable copy. */
  publish(message: SendRequest): void;
}

/** The channel of those who are connected to the gateway: what they say comes in through it, too. */
export function createTerminal({ publish }: TerminalDeps, facts: ChannelFacts): Channel {
  return {
    facts,
    open: (hooks) => hooks.health({ state: 'ready', identity: facts.transport }),
    async send(message) {
      publish(message);
      return { externalId: message.edits ?? message.id };
    },
    close: async () => undefined,
  };
}
