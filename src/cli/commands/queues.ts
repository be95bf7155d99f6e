import type { Command } from 'commander';
import type { QueueName } from '../../domain/queue-item.ts';
import type { Act } from './act.ts';

const load = () => import('../queues/queues.ts');

/** `atom spool` and `atom outbox`: the same words for what came in and what goes out. */
export function addQueues(program: Command, act: Act): void {
  addQueue(program.command('spool').description('Messages that came in and wait for their turn'), {
    queue: 'spool',
    act,
  });
  addQueue(program.command('outbox').description('Messages that go out'), {
    queue: 'outbox',
    act,
  });
}

function addQueue(
  command: Command,
  { queue, act }: { readonly queue: QueueName; readonly act: Act },
): void {
  command
    .command('list')
    .alias('ls')
    .description('What waits and what was given up')
    .option('--dead', 'only what was given up')
    .option('--all', 'also what is done')
    .action(
      act(async (cli, _, { dead, all }) => {
        const part = dead === true ? 'dead' : all === true ? 'all' : 'open';
        await (await load()).listQueue(cli, queue, part);
      }),
    );
  const one = (name: string, does: string) =>
    command.command(name).description(does).argument('<id>');
  one('show', 'One of them, whole').action(
    act(async (cli, [id]) => (await load()).showQueued(cli, queue, String(id))),
  );
  one('retry', 'Try one again that was given up').action(
    act(async (cli, [id]) => (await load()).retryQueued(cli, queue, String(id))),
  );
  one('drop', 'Forget one that waits or was given up').action(
    act(async (cli, [id]) => (await load()).dropQueued(cli, queue, String(id))),
  );
}
