import { AtomError, exitCodes } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { visibleBlock } from '../../base/visible.ts';
import { readStdin } from '../ask/stdin.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { cardLine } from '../out/words.ts';
import { followTurn, type Result } from './follow.ts';

const CODES: Readonly<Record<Result, number>> = {
  replied: 0,
  declined: exitCodes.declined,
  blocked: exitCodes.blocked,
  failed: exitCodes.failed,
  stopped: exitCodes.declined,
};

/**
 * Says one thing to the agent, prints the reply on stdout and returns the exit code of how it ended.
 * `-` takes the text from stdin. Throws AtomError `pending` at --timeout.
 */
export async function chat(cli: Cli, given: string): Promise<number> {
  const text = given === '-' ? (await readStdin()).trim() : given;
  if (text === '') throw new AtomError('usage', 'There is nothing to say: the text is empty');
  return await withGateway(cli, true, async (gateway) => {
    const turn = followTurn(gateway, (card) => {
      const { code } = card;
      cli.out.warn(`Waiting for your yes: ${code}  ${cardLine(card)}`);
      cli.out.warn(`  Look:      atom approvals show ${code}`);
      cli.out.warn(`  Approve:   atom approvals approve ${code}`);
      cli.out.warn(`  Deny:      atom approvals deny ${code}`);
    });
    const { event } = await gateway.request('chat.send', { text, key: newId() });
    const { result, replies } = await turn.ended(event, cli.flags.timeoutMs);
    const reply = replies.join('\n\n');
    if (cli.out.json) cli.out.object({ reply, result, event });
    else if (reply !== '') cli.out.data(visibleBlock(reply));
    if (result !== 'replied') cli.out.say(`The turn ended: ${result}.`);
    return CODES[result];
  });
}
