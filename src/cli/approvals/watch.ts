import { systemClock } from '../../base/clock.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import type { Out } from '../out/out.ts';
import { cardText } from './card-text.ts';

/** Cards and decisions as they come, beginning with what already waits, until the gateway goes or Ctrl-C. */
export async function watchApprovals(cli: Cli): Promise<void> {
  await withGateway(cli, true, async (gateway) => {
    gateway.on((event) => tell(cli, event));
    const { approvals } = await gateway.request('approvals.list', {});
    for (const { card } of approvals) tell(cli, { kind: 'approval.asked', card });
    const { message } = await gateway.closed;
    cli.out.say(message);
  });
}

function tell({ out }: Cli, event: GatewayEvent): void {
  if (event.kind !== 'approval.asked' && event.kind !== 'approval.decided') return;
  if (out.json) out.object({ event });
  else for (const line of textOf(event, out)) out.data(line);
}

const textOf = (
  event: Extract<GatewayEvent, { kind: 'approval.asked' | 'approval.decided' }>,
  out: Out,
): readonly string[] =>
  event.kind === 'approval.asked'
    ? cardText(event.card, systemClock.now(), out)
    : [`${event.code} ${event.state}${event.by ? ` by ${event.by.surface}` : ''}`];
