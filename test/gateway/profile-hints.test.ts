import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { hintFor } from '../../src/base/hint.ts';
import { helpTexts } from '../../src/cli/main.ts';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { createGatewayLog } from '../../src/gateway/log.ts';
import { newestPosts } from '../../src/store/tables/feed.ts';
import { openOffice } from '../assembly/errands/office.ts';
import { until } from '../flows/stage/until.ts';

const office = () =>
  openOffice({}, {}, (profile) =>
    Object.assign(profile, { paths: { ...profile.paths, profile: 'two' } }),
  );

it('what the gateway of another profile says names its commands', async () => {
  const { call, send, asked, say, kernel, atom, store } = await office();
  const { error } = (await kernel.call(LOCAL_OWNER, 'approvals.show', { ref: 'none' })) as never;
  expect(error).toMatchObject({ next: ['See them:   atom -p two approvals list --all'] });
  // In a chat, outside any turn.
  expect(await say('/undo')).toContain('See what can be:   atom -p two undo --list');
  // In the feed, by atom itself.
  atom.records.bus.tell('skill.waits', 'greet waits: atom skills approve greet');
  atom.records.bus.tell('factor.locked', { until: 0 });
  const texts = await until('the posts', async () => {
    const posts = (await newestPosts(store, 9)).map(({ text }) => text);
    return posts.length > 1 && posts;
  });
  expect(texts).toContain('greet waits: atom -p two skills approve greet');
  expect(texts.join()).toContain('atom -p two audit list --kind factor.failed');
  // On a card: what is asked about stays as it is.
  await send('make folder hello');
  const card = await asked();
  expect(card.words).toEqual(['mkdir', '-p', '--', 'hello']);
  expect(card.undo).toBe('can be undone for 30 days: atom -p two undo');
  await call('approvals.answer', { ref: card.code, verdict: 'deny' });
});

it('its log does, too, and leaves the words of commands alone', () => {
  const said: unknown[] = [];
  const { log, add } = createGatewayLog('info', 'two');
  add(({ text, fields }) => said.push(text, fields));
  log.warn('wrong: atom doctor', { allow: 'atom pair signal', words: ['atom start'] });
  expect(said).toEqual([
    'wrong: atom -p two doctor',
    { allow: 'atom -p two pair signal', words: ['atom start'] },
  ]);
});

const SRC = join(import.meta.dirname, '../../src');
/** What is said to a person in front of a terminal is the command line's own. */
const OWN = /^(?:cli|ui|bridge)\//;
/** Not commands: what atom does, in a sentence. */
const VERBS = /^atom (?:runs(?! list| show| output| settle)|status row)/;

it('every command that a text of the gateway names is found, to be said for a profile', async () => {
  const commands = Object.keys(await helpTexts()).filter((words) => /^\w+$/.test(words));
  const files = readdirSync(SRC, { recursive: true, encoding: 'utf8' });
  const missed = files
    .filter((path) => path.endsWith('.ts') && !OWN.test(path))
    .flatMap((path) =>
      readFileSync(join(SRC, path), 'utf8')
        .split('\n')
        .filter((line) => !/^\s*(?:\*|\/\/|\/\*)/.test(line))
        .flatMap((line) => line.match(/'[^']*'|`[^`]*`|"[^"]*"/g) ?? [])
        .map((literal) => hintFor('two', literal.slice(1, -1)))
        .filter((text) =>
          [...text.matchAll(/\batom ([a-z\d]+)[^']*/g)].some(
            ([found, word = '']) => commands.includes(word) && !VERBS.test(found),
          ),
        )
        .map((text) => `${path}: ${text}`),
    );
  expect(missed).toEqual([]);
});
