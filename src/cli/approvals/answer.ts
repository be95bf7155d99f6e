import { systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Card } from '../../domain/card.ts';
import type { Answers } from '../../protocol/answers.ts';
import type { Params } from '../../protocol/methods.ts';
import { createAsker } from '../ask/asker.ts';
import { askCode } from '../ask/code.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { cardText } from './card-text.ts';

/**
 * Shows the card, then lets the request run once. High risk asks for the code; without a terminal
 * `--typed` says that the person who wrote the command line typed it out. Where a code of the second
 * factor is needed, it comes from stdin (`totpStdin`) or is asked for.
 */
export async function approve(
  cli: Cli,
  ref: string,
  { typed, totpStdin }: { readonly typed: boolean; readonly totpStdin: boolean },
): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    const { approval } = await gateway.request('approvals.show', { ref });
    if (!cli.out.json)
      for (const line of cardText(approval.card, systemClock.now(), cli.out)) cli.out.say(line);
    const { card } = approval;
    const answer = { ref: approval.id, verdict: 'approve' } as const;
    if (card.factor === 'tap') return await decide(cli, gateway, answer);
    // Who pipes a code in has written the card's own on the command line.
    await checkTyped(cli, card, (typed || totpStdin) && ref === card.code);
    const code = card.factor === 'totp' ? { code: await askCode(cli, totpStdin) } : {};
    await decide(cli, gateway, { ...answer, typed: true, ...code });
  });
}

/** Refuses one request; `reason` goes to whoever asked, and into the record. */
export async function deny(
  cli: Cli,
  ref: string,
  more: { readonly stop: boolean; readonly reason?: string },
): Promise<void> {
  await withGateway(cli, false, (gateway) =>
    decide(cli, gateway, { ref, verdict: 'deny', ...more }),
  );
}

async function checkTyped(cli: Cli, card: Card, typed: boolean): Promise<void> {
  if (typed) return;
  requirePerson(
    cli,
    'This is high risk: its code must be typed out',
    `Type it:   atom approvals approve ${card.code} --typed`,
  );
  const asker = createAsker();
  try {
    const answer = await asker.line(`Type ${card.code} to let it run, anything else to leave: `);
    if (answer === card.code) return;
    throw new AtomError('declined', 'That was not the code. Nothing was decided.');
  } finally {
    asker.close();
  }
}

async function decide(
  cli: Cli,
  gateway: Gateway,
  answer: Params<'approvals.answer'>,
): Promise<void> {
  const { ok, reason, message, approval } = await gateway.request('approvals.answer', answer);
  if (!ok) throw refused(message, reason);
  if (cli.out.json) return cli.out.object({ message, approval });
  cli.out.data(message);
}

/** Why an answer was not taken. */
export function refused(message: string, reason: Answers['approvals.answer']['reason']): AtomError {
  const isCode = reason === 'needs-code' || reason === 'wrong-code' || reason === 'locked';
  const code = isCode ? 'credentials' : reason === 'expired' ? 'declined' : 'failed';
  return new AtomError(code, message, { next: ['See what waits:   atom approvals list'] });
}
