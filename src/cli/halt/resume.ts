import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import { haltWords } from '../../domain/halt.ts';
import type { Answers } from '../../protocol/answers.ts';
import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { withGateway } from '../gateway.ts';

export interface ResumeOptions {
  /** The code of the second factor is on stdin. */
  readonly totpStdin: boolean;
}

type Missing = Extract<Answers['resume'], { readonly ok: false }>['reason'];

/** Ends a pause at once, and a panic with what proves that the owner wants it. */
export async function resume(cli: Cli, options: ResumeOptions): Promise<void> {
  const answer = await withGateway(cli, false, async (gateway) => {
    const first = await gateway.request('resume', {});
    return first.ok ? first : await again(cli, gateway, { missing: first.reason, first, options });
  });
  if (!answer.ok) throw refusal(answer);
  if (cli.out.json) return cli.out.object({ resumed: true, was: answer.was });
  cli.out.data(`atom goes on. It was: ${haltWords(answer.was)}.`);
  cli.out.hint(answer.was.kind === 'paused' ? 'Undo:   atom pause' : 'Undo:   atom panic');
}

interface Again {
  readonly missing: Missing;
  readonly first: Answers['resume'];
  readonly options: ResumeOptions;
}

/** Asks for what was missing and tries once more. */
async function again(
  cli: Cli,
  gateway: Gateway,
  { missing, first, options }: Again,
): Promise<Answers['resume']> {
  if (missing === 'needs-code')
    return gateway.request('resume', { code: await code(cli, options.totpStdin) });
  if (missing !== 'needs-word') return first;
  requirePerson(cli, 'Ending a panic needs a person', 'Do it at a terminal:   atom resume');
  const word = await asked('Everything is halted. Type resume to let it go on: ');
  if (word !== 'resume') throw new AtomError('declined', 'That was not it. Nothing was changed.');
  return gateway.request('resume', { typed: true });
}

async function code(cli: Cli, fromStdin: boolean): Promise<string> {
  if (fromStdin) return (await readStdin()).trim();
  requirePerson(cli, 'A code of your second factor is needed', 'Pipe it in:   --totp-stdin');
  return await asked('Six digits of your authenticator, or a recovery code: ');
}

async function asked(question: string): Promise<string> {
  const asker = createAsker();
  try {
    return await asker.line(question);
  } finally {
    asker.close();
  }
}

const refusal = ({ reason, message }: Extract<Answers['resume'], { ok: false }>): AtomError =>
  new AtomError(
    reason === 'refused' || reason === 'needs-code' ? 'credentials' : 'failed',
    message,
    {
      next: ['See how things stand:   atom status'],
    },
  );
