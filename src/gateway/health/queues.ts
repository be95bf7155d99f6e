import type { Atom } from '../../atom.ts';
import { duration } from '../../base/clock.ts';
import type { HealthCheck } from '../../domain/health.ts';
import { oldestOpen, outboxDepth } from '../../store/tables/outbox.ts';
import { spoolDepth } from '../../store/tables/spool.ts';

/** What waits longer than this for its turn, or to be sent, is told of. */
const LONG_MS = 600_000;
/** Longer than a turn with questions in it takes: nobody gets to it any more. */
const STUCK_MS = 3_600_000;

/** How long what came in and what goes out has waited, and what was given up. */
export async function checkQueues({
  records: { store },
  options: { clock },
}: Atom): Promise<readonly HealthCheck[]> {
  const now = clock.now();
  const spool = await spoolDepth(store);
  const outbox = await outboxDepth(store);
  const oldestOut = await oldestOpen(store);
  return [
    queue('spool', { waiting: spool.waiting, oldestAt: spool.oldestAt, lost: spool.dead, now }),
    queue('outbox', {
      waiting: outbox.waiting + outbox.uncertain,
      oldestAt: oldestOut,
      lost: outbox.failed,
      now,
    }),
  ];
}

interface Depth {
  readonly waiting: number;
  readonly oldestAt: number | undefined;
  /** Given up. */
  readonly lost: number;
  readonly now: number;
}

function queue(name: string, { waiting, oldestAt, lost, now }: Depth): HealthCheck {
  const ms = oldestAt === undefined ? 0 : now - oldestAt;
  const words = [
    `${waiting} waiting`,
    ...(oldestAt === undefined ? [] : [`oldest ${duration(ms)}`]),
    ...(lost === 0 ? [] : [`${lost} given up: atom ${name} list`]),
  ].join(', ');
  const state = ms > STUCK_MS ? 'bad' : ms > LONG_MS || lost > 0 ? 'note' : 'good';
  return { name, state, words };
}
