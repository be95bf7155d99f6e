import type { Channel, SendRequest } from '../../domain/channel.ts';
import { terminalFacts } from './facts.ts';

export interface TerminalDeps {
  /** Shows the message to every connected client. The transcript is the durable copy. */
  publish(message: SendRequest): void;
}

/** The channel of whoever sits at this machine. What they type comes in through the gateway. */
export function createTerminal({ publish }: TerminalDeps): Channel {
  return {
    facts: terminalFacts,
    open: (hooks) => hooks.health({ state: 'ready', identity: 'this terminal' }),
    async send(message) {
      publish(message);
      return { externalId: message.edits ?? message.id };
    },
    close: async () => undefined,
  };
}
