import { type Command, InvalidArgumentError } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../audit/audit.ts');

/** What the record is made of. */
const KINDS = [
  ...['begun', 'done', 'failed', 'refused', 'run.uncertain'],
  ...[
    'approval.asked',
    'approval.approved',
    'approval.denied',
    'approval.expired',
    'approval.void',
  ],
  ...['factor.enrolled', 'factor.disabled', 'factor.used', 'factor.failed'],
  ...['factor.locked', 'factor.codes'],
  ...['agent.added', 'agent.promoted', 'agent.demoted', 'agent.paused', 'agent.resumed'],
  ...['run.marked', 'training.kept', 'training.replayed', 'training.dropped'],
  ...['message.repeated', 'message.failed', 'gateway.started', 'gateway.stopped', 'jails.changed'],
  'files.trusted',
  ...['halt.panic', 'halt.paused', 'halt.resumed'],
];

export function addAudit(program: Command, act: Act): void {
  const audit = program
    .command('audit')
    .description('Tamper-evident record of every decision and command');
  audit
    .command('list')
    .alias('ls')
    .description('The latest entries, newest first')
    .option('--limit <count>', 'how many', count, 20)
    .option('--before <number>', 'only entries before this one', count)
    .option('--kind <kind>', `only entries of one kind: ${KINDS.join(', ')}`)
    .action(
      act(async (cli, _, { limit, before, kind }) =>
        (await load()).listEntries(cli, {
          limit: Number(limit),
          ...(typeof before === 'number' ? { before } : {}),
          ...(typeof kind === 'string' ? { kind } : {}),
        }),
      ),
    );
  audit
    .command('show')
    .description('One entry, whole')
    .argument('<number>', 'its number in the chain', count)
    .action(act(async (cli, [number]) => (await load()).showEntry(cli, Number(number))));
  audit
    .command('verify')
    .description('Check that no entry was changed, removed or put in between')
    .action(act(async (cli) => (await load()).verify(cli)));
}

export function addDoctor(program: Command, act: Act): void {
  program
    .command('doctor')
    .description('Find problems, with the command that mends each')
    .action(act(async (cli) => (await import('../doctor/doctor.ts')).doctor(cli)));
}

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}
