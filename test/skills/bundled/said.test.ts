import { execFileSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { meaningOfPhrase } from '../../../src/agent/offline/meaning.ts';
import { builtInTools, skillTool } from '../../../src/agent/tools.ts';
import { filesWithin } from '../../../src/files/ungoverned.ts';
import type { LoadedSkills } from '../../../src/skills/load.ts';
import { trySkill } from '../../../src/skills/trial/try-skill.ts';
import { type Calls, openCalls, wordsOf } from '../runtime/stage.ts';
import { bundled } from '../workshop.ts';

const FOLDERS = readdirSync(bundled);
let calls: Calls;
let loaded: LoadedSkills;
beforeAll(async () => {
  calls = await openCalls({ answer: () => 'approve' });
  loaded = await calls.loadFrom([bundled]);
  const git = (...words: string[]) =>
    execFileSync('git', words, { cwd: calls.shop.jail.folder, stdio: 'pipe' });
  git('init', '-q', '-b', 'main');
});
afterAll(() => calls.close());

/** What is answered to words of the owner, as without a model: all of it is real but the network. */
async function say(text: string): Promise<string> {
  const skills = loaded.skills.map(({ skill }) => skill);
  const tools = [...builtInTools, ...skills.map(skillTool)];
  const meaning = meaningOfPhrase(text, { tools, skills, texts: [] });
  if (!meaning || 'say' in meaning) return `not understood: ${JSON.stringify(meaning)}`;
  const tool = tools.find(({ name }) => name === meaning.tool);
  if (!tool) return `no tool ${meaning.tool}`;
  const { action, resource } = tool.toIntent(meaning.input, 's1');
  const outcome = await calls.perform({ action, resource });
  return outcome.ok ? tool.toText(outcome.value) : wordsOf(outcome);
}

describe('the skills that come with atom', () => {
  it('all load, and none may more than it says', () => {
    expect(loaded.disabled).toEqual([]);
    const names = loaded.skills.map(({ skill }) => skill.name);
    expect(names).toEqual([
      ...['archive-list', 'archive', 'calculator', 'dates', 'git-summary', 'notes', 'packages'],
      ...['reminders', 'system-status', 'weather', 'web-page', 'workspace'],
    ]);
  });

  it.each<[string, string | RegExp]>([
    ['What is 3 * (4 + 5)?', '27'],
    ['how many days until tomorrow', /^1 day until /],
    ['note that the bin goes out on Tuesday', 'Noted in notes/notes.md.'],
    ['find bin in my notes', /^\d{4}-\d\d-\d\d \d\d:\d\d the bin goes out on Tuesday$/],
    ['pack the folder notes', 'Packed 1 file into notes.zip.'],
    ['what is in the archive notes.zip', /^notes\/notes\.md {2}\d+ bytes$/],
    ['git summary', 'On main.\nThere are no commits yet.'],
    ['system status', /Disk: .* free of [\s\S]*Memory: /],
    ['is git installed', /^git: \/.*\/git, git version \d/],
    [
      'reminder tomorrow at 9 saying call Ada',
      /^I remind you, first at .*09:00.* atom jobs remove \S+$/,
    ],
    ['read the page https://example.org/', /ignore your rules/],
    ['weather in Oslo', 'geocoding-api.open-meteo.com answered what is no forecast.'],
  ])('“%s”', async (text, expected) => {
    const answer = await say(text);
    if (typeof expected === 'string') expect(answer).toBe(expected);
    else expect(answer).toMatch(expected);
  });

  it('leave in the folder what they said, and nothing else', () => {
    const { folder } = calls.shop.jail;
    expect(readFileSync(join(folder, 'notes', 'notes.md'), 'utf8')).toMatch(/^# Notes\n\n- /);
    const names = execFileSync('git', ['status', '--porcelain'], { cwd: folder, encoding: 'utf8' });
    expect(names).toBe('?? notes.zip\n?? notes/\n');
  });

  it.each(FOLDERS)('%s does what its own tests say, which its owner can run', async (name) => {
    const one = loaded.found.find(({ id }) => id === name);
    if (!one) throw new Error(`${name} was not found`);
    const { host, root } = calls.shop;
    const scratch = join(realpathSync(root), 'tests');
    mkdirSync(scratch, { recursive: true });
    const deps = {
      host,
      cache: join(root, 'cache'),
      scratch,
      launchFor: () => host.launch,
      filesIn: filesWithin,
    };
    const results = await trySkill(deps, one, AbortSignal.timeout(25_000));
    expect(results.filter(({ ok }) => !ok)).toEqual([]);
    expect(results.length).toBeGreaterThan(1);
  });
});
