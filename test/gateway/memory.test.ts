import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { until } from '../flows/stage/until.ts';
import { greeting, openKernel } from './memory-stage.ts';

it('an owner without a model has things remembered, looked up, listed, forgotten, brought back and trusted', async () => {
  const { connect, profile } = await openKernel();
  const client = connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  let count = 0;
  /** What the agent answers. */
  const say = async (text: string): Promise<string> => {
    const key = `k${++count}`;
    const sent = await client.request('chat.send', { text, key });
    const { event, session } = sent.payload as { readonly event: string; readonly session: string };
    return until(`an answer to ${text}`, async () => {
      const { payload } = await client.request('chat.history', { session });
      const { entries } = payload as {
        readonly entries: readonly {
          event: string;
          item: { role: string; text: string; final?: boolean };
        }[];
      };
      return entries.find((one) => one.event === event && one.item.final === true)?.item.text;
    });
  };
  const ask = async (method: string, params: object = {}) => {
    const { ok, payload, error } = await client.request(method, params);
    return ok ? (payload as Record<string, unknown>) : { error };
  };
  expect(await say('remember that I take my tea with milk')).toContain('I remember that');
  expect(await say('what do you remember about my tea?')).toContain('I take my tea with milk');
  expect(await say('what do you remember about boats?')).toBe('I remember nothing about that.');
  const name = 'i-take-my-tea-with-milk';
  expect(await ask('memory.list', { agent: 'atom' })).toMatchObject({
    notes: [{ name, agent: 'atom', person: 'owner', chat: 'terminal:self:main' }],
  });
  expect(await ask('memory.list', { agent: 'other' })).toEqual({ notes: [] });
  expect(await ask('memory.forget', { note: name })).toMatchObject({ forgotten: { name } });
  expect(await ask('memory.show', { note: name })).toMatchObject({ error: { code: 'not-found' } });
  expect(await ask('memory.restore', { note: name })).toMatchObject({ restored: { name } });
  expect(await ask('memory.restore', { note: 'nothing' })).toMatchObject({
    error: { code: 'not-found' },
  });
  const folder = join(profile.paths.data, 'memory', 'atom', 'owner');
  mkdirSync(folder, { recursive: true });
  writeFileSync(
    join(folder, 'page.md'),
    '---\nlabel: untrusted, private\nfrom: a page\n---\nBoats sink.',
  );
  expect(await ask('memory.trust', { note: name })).toMatchObject({ error: { code: 'blocked' } });
  expect(await ask('memory.trust', { note: 'page' })).toMatchObject({
    trusted: { name: 'page', text: 'Boats sink.', labels: { integrity: 'owner' } },
  });
  expect(readFileSync(join(folder, 'page.md'), 'utf8')).toContain('label: owner, private');
  profile.change("UPDATE agent SET maturity = 'supervised'");
  expect(await say('forget about boats')).toContain('I forgot the note page');
  expect(await ask('memory.list')).toMatchObject({ notes: [{ name }] });
});

it('the memory of agents is for this machine’s own socket only', async () => {
  const { connect } = await openKernel();
  const device = connect({
    surface: 'device',
    id: 'd1',
    name: 'a phone',
    scopes: ['read', 'chat', 'approve', 'operate'],
  });
  await device.request('connect', greeting);
  for (const method of [
    'memory.list',
    'memory.show',
    'memory.forget',
    'memory.restore',
    'memory.trust',
  ])
    expect(
      await device.request(method, method === 'memory.list' ? {} : { note: 'x' }),
    ).toMatchObject({
      ok: false,
    });
});
