import { AtomError, exitCodes } from '../../base/errors.ts';
import { newId } from '../../base/ids.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Card } from '../../domain/card.ts';
import type { Params } from '../../protocol/methods.ts';
import { readStdin } from '../ask/stdin.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { exactly } from '../out/plain.ts';
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
 * Says one thing to the agent, or to the one of that name in a conversation of its own, prints the reply
 * on stdout and returns the exit code of how it ended. `-` takes the text from stdin. Throws AtomError `pending` at --timeout.
 */
export async function chat(cli: Cli, given: string, agent?: string): Promise<number> {
  const text = given === '-' ? (await readStdin()).trim() : given;
  if (text === '') throw new AtomError('usage', 'There is nothing to say: the text is empty');
  return sayAndWait(cli, { text, key: newId(), ...(agent === undefined ? {} : { agent }) });
}

/** Says something and prints what came of it. Throws AtomError `pending` at --timeout. */
export async function sayAndWait(cli: Cli, said: Params<'chat.send'>): Promise<number> {
  return await withGateway(cli, true, async (gateway) => {
    const turn = followTurn(gateway, {
      onWaiting: (card) => tellWaiting(cli, card),
      onNotice: cli.out.warn,
    });
    const sent = await gateway.request('chat.send', said);
    const { result, replies } = await turn.ended(sent, cli.flags.timeoutMs);
    const reply = replies.join('\n\n');
    if (cli.out.json) cli.out.object({ reply, result, event: sent.event });
    else if (reply !== '') cli.out.raw(visibleBlock(reply));
    if (result !== 'replied') cli.out.say(`The turn ended: ${result}.`);
    return CODES[result];
  });
}

/** Says on stderr what waits for a yes, and how it is given. */
export function tellWaiting({ out }: Cli, card: Card): void {
  const { code } = card;
  out.warn(`Waiting for your yes: ${code}  ${cardLine(exactly(card, out))}`);
  for (const [label, verb] of [
    ['Look:   ', 'show'],
    ['Approve:', 'approve'],
    ['Deny:   ', 'deny'],
  ]) {
    out.warn(`  ${label}   atom approvals ${verb} ${code}`);
  }
}
