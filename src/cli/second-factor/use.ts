import { AtomError } from '../../base/errors.ts';
import { askCode } from '../ask/code.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { requireFactor } from './recovery.ts';

/** Tries a code out. It is spent on that: a code works once, and for one thing. */
export async function verifyCode(cli: Cli, totpStdin: boolean): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    await requireFactor(gateway);
    const checked = await gateway.request('factor.check', { code: await askCode(cli, totpStdin) });
    if (!checked.ok) throw new AtomError('credentials', checked.message);
    if (cli.out.json) return cli.out.object({ valid: true, how: checked.how });
    const what = checked.how === 'totp' ? 'code' : 'recovery code';
    cli.out.data(`That ${what} is right.`);
    cli.out.say(
      'It was spent on this check and works nowhere else: each works once, for one thing.',
    );
  });
}

/** Takes the second factor away; that needs a code of it. */
export async function disableFactor(cli: Cli, totpStdin: boolean): Promise<void> {
  await withGateway(cli, false, async (gateway) => {
    await requireFactor(gateway);
    await gateway.request('factor.disable', { code: await askCode(cli, totpStdin) });
    if (cli.out.json) return cli.out.object({ enrolled: false });
    cli.out.data('The second factor is gone.');
    cli.out.say('What cannot be undone needs only the code of its card now.');
    cli.out.hint('Set up another:   atom 2fa enroll');
  });
}
