import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, onTestFinished, test } from 'vitest';
import { ownChannelsOf } from '../../../src/config/paths.ts';
import { LOCAL_OWNER } from '../../../src/domain/caller.ts';
import { builtAtom } from '../../cli/built.ts';
import { until } from '../../flows/stage/until.ts';
import { greeting, openKernel } from '../../gateway/memory-stage.ts';
import { startHub, TOKEN } from './hub.ts';
import { exampleFor } from './stage.ts';

test('the channel of the documentation waits for a yes, then carries messages both ways, until a byte of it changes', async () => {
  await builtAtom();
  const hub = await startHub();
  onTestFinished(hub.close);
  const source = exampleFor(hub.port);
  expect(source.trim().split('\n').length).toBeLessThanOrEqual(30);
  let file = '';
  const { atom, profile, connect } = await openKernel(
    { channels: { own: { hub: { allow: ['dana'] } } } },
    { 'own-hub.token': TOKEN },
    ({ paths }) => {
      const folder = join(ownChannelsOf(paths), 'hub');
      mkdirSync(folder, { recursive: true });
      file = join(folder, 'channel.ts');
      writeFileSync(file, source);
    },
  );
  symlinkSync(join(import.meta.dirname, '../../../dist'), join(profile.folder, 'package', 'dist'));
  const client = connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  const health = () => atom.channels.list().find(({ facts }) => facts.name === 'own-hub')?.health;
  const ask = async (method: string, params: object = {}) => {
    const { ok, payload, error } = await client.request(method, { channel: 'own-hub', ...params });
    return ok ? (payload as Record<string, never>) : error;
  };
  expect(health()).toMatchObject({ state: 'failed', reason: expect.stringContaining('approval') });

  const { plan } = (await ask('channels.look')) as unknown as {
    plan: { digest: string; may: string[] };
  };
  expect(plan).toMatchObject({ standing: 'new', secrets: ['token'], label: 'Hub' });
  expect(plan.may).toContain('be given the secret own-hub.token');
  expect(await ask('channels.trust', { digest: '0'.repeat(64) })).toMatchObject({
    code: 'blocked',
  });
  await ask('channels.trust', { digest: plan.digest });
  expect(await ask('channels.look')).toMatchObject({ plan: { standing: 'approved' } });
  await ask('channels.reopen');
  await expect.poll(health).toMatchObject({ state: 'ready', identity: 'atom at the hub' });

  hub.say('good morning');
  const reply = await until('a reply at the hub', () => hub.sent[0]);
  expect(reply).toMatchObject({ to: 'dana', text: expect.stringContaining('I am atom') });
  hub.say('let me in', 'eve');
  const code = await until('a code for the stranger', () => hub.sent[1]);
  expect(code).toMatchObject({ to: 'eve', text: expect.stringContaining('don’t know you') });

  // It has no link: what else lets somebody in is named by its folder, as it is added.
  for (const channel of ['hub', 'own-hub'])
    expect(await ask('pair.begin', { channel, role: 'owner' })).toMatchObject({
      message: expect.stringContaining('own-hub is a channel of your own'),
      next: [expect.stringContaining('atom channels add hub --allow'), expect.anything()],
    });

  writeFileSync(file, `${source}// one more line\n`);
  await ask('channels.reopen');
  await expect.poll(health).toMatchObject({ reason: expect.stringContaining('changed since') });
  expect(await ask('channels.look')).toMatchObject({ plan: { standing: 'changed' } });
});
