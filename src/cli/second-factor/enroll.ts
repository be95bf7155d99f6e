import { AtomError } from '../../base/errors.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Confirmed } from '../../domain/second-factor.ts';
import { createAsker } from '../ask/asker.ts';
import { readStdin } from '../ask/stdin.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawQr } from '../out/qr.ts';
import { showRecoveryCodes } from './recovery.ts';

/** A person may be a step late, or copy the wrong line, but not for ever. */
const TRIES = 3;

export interface EnrollOptions {
  /** The two codes come from stdin, one a line. */
  readonly totpStdin: boolean;
  /** Under --json the secret and the recovery codes are in the objects, too. */
  readonly showSecret: boolean;
}

/**
 * Shows a new secret once, takes two codes in a row, and shows the recovery codes once. What is secret
 * goes to the person on stderr; a script gets it on stdout only where it says so.
 */
export async function enroll(cli: Cli, options: EnrollOptions): Promise<void> {
  if (!options.totpStdin)
    requirePerson(
      cli,
      'Two codes of your authenticator are needed',
      'For scripts:   atom 2fa enroll --json --show-secret --totp-stdin',
    );
  await withGateway(cli, false, async (gateway) => {
    const fresh = await gateway.request('factor.begin', {});
    if (cli.out.json && options.showSecret) cli.out.object({ ...fresh });
    else await showSecret(cli, fresh);
    const confirmed = options.totpStdin
      ? await confirm(gateway, lines(await readStdin()))
      : await askTwice(cli, gateway);
    if (!confirmed.ok) throw new AtomError('credentials', confirmed.message);
    showRecoveryCodes(cli, confirmed.recoveryCodes, options.showSecret);
    if (cli.out.json) return;
    cli.out.say('The second factor is enrolled.');
    cli.out.hint('Undo, with a code of it:   atom 2fa disable');
  });
}

async function showSecret(
  cli: Cli,
  { uri, secret }: { readonly uri: string; readonly secret: string },
): Promise<void> {
  const { out } = cli;
  out.say('Scan this with your authenticator app; it is shown only now.');
  const isDrawn = await drawQr(cli, uri);
  out.warn(
    `${isDrawn ? 'Or type' : 'Type'} the secret:   ${secret.replace(/(.{4})(?=.)/g, '$1 ')}`,
  );
  if (!isDrawn) out.warn(`Or open:   ${uri}`);
}

async function askTwice(cli: Cli, gateway: Gateway): Promise<Confirmed> {
  const asker = createAsker();
  try {
    for (let left = TRIES; ; left--) {
      const first = await asker.line('The six digits that it shows now: ');
      const second = await asker.line('Wait until they change. The next six: ');
      const confirmed = await confirm(gateway, [first, second]);
      if (confirmed.ok || left <= 1) return confirmed;
      cli.out.warn(confirmed.message);
    }
  } finally {
    asker.close();
  }
}

async function confirm(gateway: Gateway, codes: readonly string[]): Promise<Confirmed> {
  const [first, second, ...rest] = codes;
  if (!first || !second || rest.length > 0)
    return { ok: false, message: 'Two codes in a row are needed, one a line.' };
  return await gateway.request('factor.confirm', { codes: [first, second] });
}

const lines = (text: string): readonly string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');
