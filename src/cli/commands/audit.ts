import { type Command, InvalidArgumentError } from 'commander';
import { entryKinds } from '../audit/kinds.ts';
import type { Act } from './act.ts';

const load = () => import('../audit/audit.ts');

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
    .option('--kind <kind>', `only entries of one kind: ${entryKinds.join(', ')}`)
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
  addVerify(audit, act);
  audit
    .command('export')
    .description('The whole record with its checkpoints and keys, to verify elsewhere')
    .option('--jsonl', 'as JSON lines (there is no other form)')
    .option('--out <file>', 'to a file instead of stdout')
    .action(
      act(async (cli, _, { out }) =>
        (await import('../audit/export.ts')).exportRecord(
          cli,
          typeof out === 'string' ? out : undefined,
        ),
      ),
    );
  audit
    .command('key')
    .description('The public key that signs the record')
    .option('--rotate', 'let another key sign from now on; with a second factor this needs a code')
    .option('--totp-stdin', 'read that code from stdin')
    .action(
      act(async (cli, _, { rotate, totpStdin }) => {
        const { rotateKey, showKey } = await import('../audit/key.ts');
        return rotate === true ? rotateKey(cli, totpStdin === true) : showKey(cli);
      }),
    );
}

function addVerify(audit: Command, act: Act): void {
  audit
    .command('verify')
    .description('Check that no entry was changed, removed, put in between or cut off')
    .option(
      '--since <checkpoint>',
      'only what came after: a number of entries, or a file with a note',
    )
    .option('--export <file>', 'look at an exported file instead of the database')
    .option(
      '--checkpoint <file...>',
      'checkpoints that were kept elsewhere, such as a saved message',
    )
    .option('--key <key...>', 'the public key to believe, instead of the one kept here')
    .action(
      act(async (cli, _, { since, export: exported, checkpoint, key }) =>
        (await import('../audit/verify.ts')).verify(cli, {
          ...(typeof since === 'string' ? { since } : {}),
          ...(typeof exported === 'string' ? { exported } : {}),
          checkpoints: texts(checkpoint),
          keys: texts(key),
        }),
      ),
    );
}

const texts = (value: unknown): readonly string[] =>
  Array.isArray(value) ? value.map(String) : [];

function count(text: string): number {
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw new InvalidArgumentError('Give a whole number.');
}
