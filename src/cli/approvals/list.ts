import { duration, systemClock } from '../../base/clock.ts';
import type { Approval } from '../../domain/approval.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { exactly } from '../out/plain.ts';
import { table } from '../out/table.ts';
import { cardLine } from '../out/words.ts';
import { cardText } from './card-text.ts';

/** What waits for an answer; with `all` also how past requests ended. */
export async function listApprovals(cli: Cli, all: boolean): Promise<void> {
  const { approvals } = await withGateway(cli, false, (gateway) =>
    gateway.request('approvals.list', { all }),
  );
  if (cli.out.json) return cli.out.object({ approvals });
  if (approvals.length === 0) return cli.out.say('Nothing waits for you.');
  const rows = exactly(approvals, cli.out).map((approval) => rowOf(approval, systemClock.now()));
  for (const line of table([['CODE', 'RISK', 'STATE', 'WHAT'], ...rows])) cli.out.data(line);
}

function rowOf({ card, state, expiresAt, decidedBy }: Approval, now: number): readonly string[] {
  const how =
    state === 'pending'
      ? `expires in ${duration(expiresAt - now)}`
      : [state, ...(decidedBy ? [`by ${decidedBy.surface}`] : [])].join(' ');
  return [card.code, card.risk, how, cardLine(card)];
}

/** The whole card of one request, and how it ended if it did. */
export async function showApproval(cli: Cli, ref: string): Promise<void> {
  const { approval } = await withGateway(cli, false, (gateway) =>
    gateway.request('approvals.show', { ref }),
  );
  if (cli.out.json) return cli.out.object({ approval });
  const { card, state, decidedAt = card.expiresAt } = approval;
  const endedAt = state === 'pending' ? undefined : decidedAt;
  for (const line of cardText(card, systemClock.now(), cli.out, endedAt)) cli.out.data(line);
  if (approval.state !== 'pending') cli.out.data(`| ended   ${approval.state}`);
}
