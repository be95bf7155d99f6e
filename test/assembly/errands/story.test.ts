import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { expect, it, onTestFinished } from 'vitest';
import type { ConfigFile } from '../../../src/config/schema.ts';
import type { FeedPost } from '../../../src/domain/feed-post.ts';
import { newestPosts } from '../../../src/store/tables/feed.ts';
import { until } from '../../flows/stage/until.ts';
import { openOffice } from './office.ts';

/** Four agents, each of a maturity of its own, and notes of which a list is to be made. */
async function openTeam(config: Partial<ConfigFile> = {}) {
  const office = await openOffice(config);
  const { hire, store, profile, call } = office;
  await hire({ atom: 'supervised', collector: 'intern', checker: 'student', writer: 'supervised' });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\nbuy bread\n');
  /** What was done, by whom, as it is on record: each step of the task itself. */
  const steps = async (): Promise<readonly string[]> => {
    const rows = await store.all(`SELECT kind, body FROM audit ORDER BY seq`);
    return rows
      .map(({ kind, body }) => ({ kind: String(kind), ...JSON.parse(String(body)) }))
      .filter(({ kind }) => kind === 'begun' || kind === 'training.kept')
      .filter(({ action }) => !/^(?:message\.reply|llm\.complete)$/.test(action))
      .map(({ kind, principal, agent, action }) =>
        kind === 'begun'
          ? `${principal.id} ${action}`
          : `${agent} may not, and is trained: ${action}`,
      );
  };
  const training = async (): Promise<readonly string[]> => {
    const { items } = await call<{ items: { agent: string; action: string }[] }>(
      ...(['agents.training', {}] as const),
    );
    return items.map(({ agent, action }) => `${agent} ${action}`);
  };
  /** The feed as it is read, story by story, once so many have ended. */
  const stories = async (ended: number): Promise<readonly string[]> => {
    const posts = await until('the stories', async () => {
      const found = (await newestPosts(store, 100)).toReversed();
      return found.filter(({ about }) => about === 'turn.ended').length === ended && found;
    });
    return linesOf(posts);
  };
  const list = (): string => readFileSync(join(profile.jail, 'list.txt'), 'utf8');
  return { ...office, steps, training, stories, list };
}

const linesOf = (posts: readonly FeedPost[]): readonly string[] =>
  [...Map.groupBy(posts, ({ root, seq }) => root ?? seq).values()].flatMap(([first, ...rest]) => [
    `${first?.author}: ${first?.text}`,
    ...rest.map(({ text }) => `  ${text.replace(/[\d.]+ s\b/, 'N s')}`),
  ]);

const ENDED = '  Finished in N s.';
const TRAINED = 'checker may not, and is trained: file.write';
const REFUSED = '  Could not write checked.txt: that is not allowed.';

it('without a model: agents collect, check and write, and the feed reads like a story', async () => {
  const { say, list, steps, training, stories } = await openTeam();
  expect(await say('ask collector to list files')).toContain('notes.txt');
  expect(await say('ask checker to show me notes.txt')).toContain('buy bread');
  expect(await say('ask checker to write fine to checked.txt')).toContain('may not do this');
  expect(await say('ask writer to write milk and bread to list.txt')).toContain('writer answers');
  expect(list()).toBe('milk and bread\n');
  expect(await stories(8)).toEqual([
    ...['atom: Started on a message from the terminal.', '  Asked collector for help.', ENDED],
    ...['collector: Started on what atom asked.', '  Ran ls.', ENDED],
    ...['atom: Started on a message from the terminal.', '  Asked checker for help.', ENDED],
    ...['checker: Started on what atom asked.', '  Read notes.txt.', ENDED],
    ...['atom: Started on a message from the terminal.', '  Asked checker for help.', ENDED],
    'checker: Started on what atom asked.',
    ...[REFUSED, '  Ended after N s, since it was not allowed.'],
    ...['atom: Started on a message from the terminal.', '  Asked writer for help.', ENDED],
    ...['writer: Started on what atom asked.', '  Wrote list.txt.', ENDED],
  ]);
  expect(await training()).toEqual(['checker file.write']);
  expect(await steps()).toEqual([
    ...['atom agent.ask', 'collector shell.exec', 'atom agent.ask', 'checker file.read'],
    ...['atom agent.ask', TRAINED, 'atom agent.ask', 'writer file.write'],
  ]);
});

const ask = (agent: string, text: string) => ({ name: 'agent_ask', input: { agent, text } });
const path = 'notes.txt';

/** What each of them does in turn once it is told so; then it answers. */
const SCRIPT: Readonly<
  Record<string, readonly { readonly name: string; readonly input: object }[]>
> = {
  'make my list': [
    ask('collector', 'collect the notes'),
    ask('checker', 'check the notes'),
    ask('writer', 'write the list'),
  ],
  'collect the notes': [
    { name: 'file_list', input: {} },
    { name: 'file_read', input: { path } },
  ],
  'check the notes': [
    { name: 'file_read', input: { path } },
    { name: 'file_write', input: { path: 'checked.txt', content: 'all is well' } },
  ],
  'write the list': [{ name: 'file_write', input: { path: 'list.txt', content: 'milk, bread' } }],
};

async function scripted(): Promise<string> {
  const model = new LLMock({ port: 0, chunkSize: 256 });
  model.on({ predicate: () => true }, ({ messages }) => {
    const last = messages.findLastIndex(({ role }) => role === 'user');
    const told = JSON.stringify(messages[last]?.content);
    const done = messages.slice(last).filter(({ role }) => role === 'tool').length;
    const [, todo = []] = Object.entries(SCRIPT).find(([words]) => told.includes(words)) ?? [];
    const next = todo[done];
    if (!next) return { content: 'I did what I could.' };
    const call = { id: `call${done}`, name: next.name, arguments: JSON.stringify(next.input) };
    return { toolCalls: [call] };
  });
  await model.start();
  onTestFinished(() => model.stop());
  return `${model.url}/v1`;
}

it('with a model: one message has them collect, check and write, and the feed reads like a story', async () => {
  const baseUrl = await scripted();
  const { say, list, steps, training, stories } = await openTeam({
    model: 'local/test',
    models: { local: { baseUrl } },
  });
  expect(await say('make my list')).toBe('I did what I could.');
  expect(list()).toBe('milk, bread');
  expect(await stories(4)).toEqual([
    'atom: Started on a message from the terminal.',
    ...['  Asked collector for help.', '  Asked checker for help.', '  Asked writer for help.'],
    '  Finished in N s: 3 agents asked.',
    ...['collector: Started on what atom asked.', '  Looked into a folder.', '  Read notes.txt.'],
    '  Finished in N s: 1 folder looked into, 1 file read.',
    ...['checker: Started on what atom asked.', '  Read notes.txt.', REFUSED],
    '  Ended after N s, since it was not allowed: 1 file read.',
    ...['writer: Started on what atom asked.', '  Wrote list.txt.', ENDED],
  ]);
  expect(await training()).toEqual(['checker file.write']);
  expect(await steps()).toEqual([
    ...['atom agent.ask', 'collector file.list', 'collector file.read', 'atom agent.ask'],
    ...['checker file.read', TRAINED, 'atom agent.ask', 'writer file.write'],
  ]);
});
