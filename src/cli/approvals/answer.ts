import { systemClock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Card } from '../../domain/card.ts';
import type { Answers, Params } from '../../protocol/methods.ts';
import { createAsker } from '../ask/asker.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { cardText } from './card-text.ts';

/**
 * Shows the card, then lets the request run once. High risk asks for the code; without a terminal
 * `--typed` says that the person who wrote the command line typed it out.
 */
export async function approve(cli: Cli, ref: string, typed: boolean): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    const { approval } = await gateway.request('approvals.show', { ref });
    if (!cli.out.json)
      for (const line of cardText(approval.card, systemClock.now())) cli.out.say(line);
    const written =
      approval.card.factor === 'typed' && (await hasTyped(cli, approval.card, ref, typed));
    await decide(cli, gateway, { ref: approval.id, verdict: 'approve', typed: written });
  });
}

export async function deny(cli: Cli, ref: string, stop: boolean): Promise<void> {
  await withGateway(cli, false, (gateway) => decide(cli, gateway, { ref, verdict: 'deny', stop }));
}

async function hasTyped(cli: Cli, card: Card, ref: string, typed: boolean): Promise<boolean> {
  if (typed && ref === card.code) return true;
  requirePerson(
    cli,
    'This is high risk: its code must be typed out',
    `Type it:   atom approvals approve ${card.code} --typed`,
  );
  const asker = createAsker();
  try {
    const answer = await asker.line(`Type ${card.code} to let it run, anything else to leave: `);
    if (answer === card.code) return true;
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
  const { ok, message, approval } = await gateway.request('approvals.answer', answer);
  if (!ok) throw refused(message, approval);
  if (cli.out.json) return cli.out.object({ message, approval });
  cli.out.data(message);
}

const refused = (message: string, approval: Answers['approvals.answer']['approval']): AtomError =>
  new AtomError(approval?.state === 'expired' ? 'declined' : 'failed', message, {
    next: ['See what waits:   atom approvals list'],
  });
