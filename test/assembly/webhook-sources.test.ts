import { expect, test } from 'vitest';
import { webhook } from '../../src/assembly/channels/webhook.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createLog, type LogLine } from '../../src/base/log.ts';
import {
  newStandardSecret,
  signStandard,
} from '../../src/channels/signatures/standard-webhooks.ts';
import { configSchema } from '../../src/config/schema.ts';

/** The channel of two programs, of which `odd` posts nothing. */
async function programs(stored: Readonly<Record<string, string>>) {
  const said: LogLine[] = [];
  const config = configSchema.parse({
    version: 1,
    channels: {
      webhook: { enabled: true, sources: [{ name: 'odd' }, { name: 'deploys' }] },
    },
  });
  const secrets = { get: async (name: string) => stored[name] };
  const options = { config, secrets, clock: systemClock, log: createLog((l) => said.push(l)) };
  const [configured] = await webhook(options as never, {} as never, {} as never);
  return { configured, said };
}

test.each([{ odd: undefined }, { odd: 'not a secret' }, { odd: 'whsec_c2hvcnQ=' }])(
  'a program whose secret is of no use ($odd) keeps no other from being heard',
  async ({ odd }) => {
    const good = newStandardSecret();
    const { configured, said } = await programs({
      'webhook.deploys': good,
      ...(odd === undefined ? {} : { 'webhook.odd': odd }),
    });
    const heard: string[] = [];
    configured?.channel?.open({
      accept: async ({ text }) => void heard.push(text),
      health: () => undefined,
    });
    const body = Buffer.from(JSON.stringify({ text: 'v2 is out' }));
    const at = Math.floor(Date.now() / 1000);
    const answer = await configured?.channel?.hook?.({
      method: 'POST',
      url: 'https://a.example/hooks/webhook',
      body,
      headers: signStandard({ id: 'msg_1', at, body }, good),
    });
    expect([answer, heard]).toEqual([{ status: 200 }, ['v2 is out']]);
    expect(said.map(({ text }) => text).join()).toContain('odd');
    if (odd !== undefined) expect(JSON.stringify(said)).not.toContain(odd);
  },
);

test('the channel fails where no program has a secret of any use, and says what to do', async () => {
  const { configured } = await programs({ 'webhook.odd': 'x', 'webhook.deploys': 'y' });
  expect(configured?.health).toMatchObject({
    state: 'failed',
    reason: expect.stringContaining('atom secrets set webhook.odd'),
  });
});
