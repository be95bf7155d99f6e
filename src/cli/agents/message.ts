import { AtomError } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { agentHome } from '../../domain/errand.ts';
import { keyOf } from '../../protocol/session-key.ts';
import { readStdin } from '../ask/stdin.ts';
import { sayAndWait } from '../chat/chat.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';

/**
 * Says something in an agent's own conversation, where it also hears what wakes it. With `wait` prints what it
 * answers and returns the exit code of how that ended. `-` takes the text from stdin.
 */
export async function messageAgent(
  cli: Cli,
  name: string,
  { text: given, wait }: { readonly text: string; readonly wait: boolean },
): Promise<number> {
  const text = given === '-' ? (await readStdin()).trim() : given;
  if (text === '') throw new AtomError('usage', 'There is nothing to say: the text is empty');
  const session = keyOf(agentHome(name), false);
  const said = { text, session, key: newId() };
  if (wait) return sayAndWait(cli, said);
  const { event } = await withGateway(cli, false, (gateway) => gateway.request('chat.send', said));
  if (cli.out.json) {
    cli.out.object({ agent: name, event });
    return 0;
  }
  cli.out.say(`${name} has it.`);
  cli.out.hint(`What it answers:   atom sessions show ${session}   (or wait for it: --wait)`);
  return 0;
}
