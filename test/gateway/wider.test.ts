import { generateSync } from 'otplib/functional';
import { expect, it } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { greeting, openKernel } from './memory-stage.ts';

it('what lets an agent do more, or others read what it is told, needs a code where there is a second factor', async () => {
  const stage = await openKernel({
    models: {
      here: { baseUrl: 'http://127.0.0.1:1/v1' },
      far: { baseUrl: 'https://far.example/v1' },
    },
  });
  const client = stage.connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  const { factor } = stage.atom.records;
  for (const name of ['diary', 'writer'])
    await client.request('agents.add', { name, private: name === 'diary' });
  const set = (name: string, more: object) => client.request('agents.set', { name, ...more });
  const use = (model: string, more: object = {}) =>
    client.request('models.use', { agent: 'diary', model, ...more });
  expect(await set('diary', { askedBy: ['atom'] })).toMatchObject({ ok: true });

  const { secret } = await factor.begin('test');
  const codeOf = (steps: number) =>
    generateSync({ secret, epoch: Math.floor(Date.now() / 1000) + steps * 30 });
  const confirmed = await factor.confirm([codeOf(-1), codeOf(0)]);
  if (!confirmed.ok) throw new Error(confirmed.message);
  const codes = [...confirmed.recoveryCodes];

  const wider: readonly [string, object, RegExp][] = [
    ['diary', { private: false }, /diary be private no more needs a code/],
    ['diary', { askedBy: ['atom', 'writer'] }, /be asked by writer needs a code/],
    ['diary', { wakes: ['alert'] }, /wake for alerts needs a code/],
  ];
  for (const [name, more, words] of wider) {
    const refused = { code: 'credentials', message: expect.stringMatching(words) };
    expect(await set(name, more)).toMatchObject({ ok: false, error: refused });
    expect(await set(name, { ...more, code: 'aaaa-bbbb-cccc-dddd' })).toMatchObject({ ok: false });
  }
  expect(await use('far/x')).toMatchObject({
    ok: false,
    error: { message: expect.stringContaining('Letting https://far.example/v1 read what diary') },
  });
  const other = { name: 'spy', model: 'far/x' };
  expect(await client.request('agents.add', other)).toMatchObject({ ok: false });
  expect(await client.request('agents.add', { name: 'own', model: 'here/x' })).toMatchObject({
    ok: true,
  });
  const agreed = { model: 'here/x', fallbacks: ['far/x'] };
  expect(await client.request('models.agree', agreed)).toMatchObject({ ok: false });
  expect(await stage.atom.agents.require('diary')).toMatchObject({
    private: true,
    askedBy: ['atom'],
    wakes: [],
  });

  // Narrower, or another of what is here, is free.
  for (const more of [{ askedBy: [] }, { feed: 'off' }, { private: true, wakes: [] }])
    expect(await set('diary', more)).toMatchObject({ ok: true });
  expect(await set('writer', { askedBy: ['atom'] })).toMatchObject({ ok: true });
  expect(await set('writer', { askedBy: null })).toMatchObject({ ok: false });
  expect(await use('here/x')).toMatchObject({ ok: true });

  expect(await use('far/x', { code: codes.pop() })).toMatchObject({ ok: true });
  expect(await use('far/y')).toMatchObject({ ok: true });
  const more = { private: false, wakes: ['alert'], code: codes.pop() };
  expect(await set('diary', more)).toMatchObject({ ok: true });
});
