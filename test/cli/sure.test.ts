import { describe, expect, it } from 'vitest';
import { sure } from '../../src/cli/ask/sure.ts';
import { createCli } from '../../src/cli/cli.ts';
import { readFlags } from '../../src/cli/flags.ts';
import { readEnv } from '../../src/config/env.ts';

const question = { question: 'Take it back?', byDefault: true };

/** As a script runs it, whatever terminal the tests have. */
const scripted = (flags: Readonly<Record<string, unknown>>) => ({
  ...createCli(readEnv(), readFlags(flags)),
  mayAsk: false,
});

describe('a command that wants a yes', () => {
  it('refuses where nobody can be asked, with exit code 2 and the flag to pass', async () => {
    await expect(sure(scripted({}), question)).rejects.toMatchObject({
      code: 'usage',
      next: [expect.stringContaining('--yes')],
    });
  });

  it('goes on with --yes', async () => {
    await expect(sure(scripted({ yes: true }), question)).resolves.toBeUndefined();
  });
});
