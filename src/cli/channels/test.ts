import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { wholeName } from './named.ts';
import { within } from './within.ts';

const SENT_MS = 60_000;
/** As long as it takes to pick up a phone and type a word. */
const ANSWER_MS = 60_000;

/** Sends a message for real and waits for an answer, and says what it saw of each. */
export async function testChannel(cli: Cli, name: string): Promise<void> {
  const channel = wholeName(cli, name);
  await withGateway(cli, false, async (gateway) => {
    const before = await heardAt(gateway, channel);
    const { identity, sent } = await gateway.request('channels.test', { channel });
    cli.out.say(`Connected as ${identity}; the platform took the credentials.`);
    for (const { message, peer } of sent) {
      const state = await ended(gateway, message);
      if (state !== 'sent')
        throw new AtomError('failed', `The message to ${peer} is ${state}.`, {
          next: [`Why:   atom outbox show ${message}`],
        });
      cli.out.say(`Sent to ${peer}, and the platform has it. Answer it with any word…`);
    }
    const answered = await within(cli.flags.timeoutMs ?? ANSWER_MS, async () => {
      const at = await heardAt(gateway, channel);
      return at !== undefined && at !== before ? at : undefined;
    });
    if (cli.out.json)
      return cli.out.object({ channel, identity, sent, answered: answered !== undefined });
    cli.out.data(
      answered === undefined
        ? 'Nothing came in. Sending works; of receiving nothing was seen.'
        : 'An answer came in. Sending and receiving work.',
    );
  });
}

async function heardAt(gateway: Gateway, channel: string): Promise<number | undefined> {
  const { channels } = await gateway.request('channels.list', {});
  return channels.find(({ name }) => name === channel)?.lastInboundAt;
}

const STILL = ['waiting', 'sending'];

async function ended(gateway: Gateway, id: string): Promise<string> {
  const state = await within(SENT_MS, async () => {
    const { item } = await gateway.request('queue.show', { queue: 'outbox', id });
    return STILL.includes(item.state) ? undefined : item.state;
  });
  return state ?? 'still waiting';
}
