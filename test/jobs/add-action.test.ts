import { expect, test } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Json } from '../../src/base/json.ts';
import type { Agent } from '../../src/domain/agent.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';
import { createJobAdd } from '../../src/jobs/add-action.ts';
import { allJobs } from '../../src/store/tables/jobs.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

const agent: Agent = {
  id: 'mia',
  name: 'mia',
  maturity: 'intern',
  model: 'offline',
  workspace: 'work',
  paused: false,
};
const chat = { channel: 'telegram', account: '1', peer: '42' };

async function stage() {
  const { store } = await freshStore();
  const clock = heldClock(Date.parse('2026-11-27T08:10:00Z'));
  let added = 0;
  const action = createJobAdd({
    store,
    clock,
    zone: 'UTC',
    onAdded: () => (added += 1),
    chatOf: async (session) => {
      if (session !== 'mine') throw new AtomError('blocked', 'That chat is not yours alone.');
      return chat;
    },
  });
  const prepare = (wish: Json, by: Agent | undefined = agent) => action.prepare(wish, by);
  const perform = async (wish: Json) => {
    const prepared = await prepare(wish);
    const request = {
      id: 'r',
      action: action.name,
      resource: prepared.resource,
      context: {},
      labels: cleanLabels,
      principal: { kind: 'agent', id: agent.id } as const,
    };
    const grant = issue({ complexity: 3, digest: '', prepared, request });
    return action.execute(grant, new AbortController().signal, () => undefined);
  };
  return { store, action, prepare, perform, added: () => added };
}

const wish = { session: 'mine', when: 'every hour', does: 'ask', text: 'git status' };

test('what an agent is to do later is a change, a reminder only says something', async () => {
  const { prepare } = await stage();
  expect((await prepare(wish)).declared).toMatchObject({ complexity: 3 });
  expect((await prepare({ ...wish, does: 'say' })).declared).toMatchObject({ complexity: 2 });
});

test('a job is kept for the chat it was made in and for the agent that made it, and nothing else', async () => {
  const { store, perform, added } = await stage();
  await expect(perform({ ...wish, agent: 'boss' })).rejects.toThrow('not a job');
  await expect(perform({ ...wish, to: { ...chat, peer: '666' } })).rejects.toThrow('not a job');
  await expect(perform({ ...wish, session: 'a group' })).rejects.toThrow('not yours alone');
  expect([await allJobs(store), added()]).toEqual([[], 0]);
  expect(await perform(wish)).toMatchObject({ does: 'ask' });
  expect(await allJobs(store)).toMatchObject([{ agent: 'mia', by: 'agent', to: chat }]);
  expect(added()).toBe(1);
});

test('a time that nobody understands, or that never comes, makes no job', async () => {
  const { store, perform } = await stage();
  for (const when of ['when pigs fly', '', '0 0 31 2 *'])
    await expect(perform({ ...wish, when })).rejects.toThrow(AtomError);
  expect(await allJobs(store)).toEqual([]);
});

test('words that nobody would say, and none at all, make no job', async () => {
  const { store, perform } = await stage();
  await expect(perform({ ...wish, text: 'x'.repeat(20_000) })).rejects.toMatchObject({
    message: 'The words of a job are too long: 20,000 of at most 2,000 characters.',
    next: [expect.stringContaining('a file')],
  });
  await expect(perform({ ...wish, text: ' ' })).rejects.toThrow('A job needs words');
  expect(await allJobs(store)).toEqual([]);
});

test('nobody but an agent makes a job this way', async () => {
  const { action } = await stage();
  await expect(action.prepare(wish, undefined)).rejects.toThrow('atom jobs add');
});
