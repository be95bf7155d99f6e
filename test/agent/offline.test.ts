import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { askTool } from '../../src/agent/ask-tool.ts';
import { createOfflinePlanner } from '../../src/agent/offline/offline-planner.ts';
import { templates } from '../../src/agent/offline/templates.ts';
import { builtInTools, skillTool } from '../../src/agent/tools.ts';
import type { Outcome } from '../../src/domain/action.ts';
import { noPermissions, type Skill } from '../../src/domain/skill.ts';
import { done, type Stage, setStage } from './stage.ts';

const workspace: Skill = {
  name: 'workspace',
  description: 'Look around the folder',
  examples: ['which languages are used here'],
  version: '1.0.0',
  digest: 'd',
  complexity: 1,
  permissions: { ...noPermissions, files: 'read' },
  kind: 'module',
  origin: 'bundled',
  input: {},
};

/** Those that come with atom, as far as phrases are about them. */
const bundled: readonly Skill[] = [...new Set(templates.map(({ tool }) => tool))]
  .filter((tool) => tool.startsWith('skill_'))
  .map((tool) => tool.slice('skill_'.length).replaceAll('_', '-'))
  .map((name) => (name === 'workspace' ? workspace : { ...workspace, name, description: name }));

const colleague = { name: 'writer', maturity: 'intern' } as const;

interface Offline extends Stage {
  readonly phrases: Map<string, string>;
  readonly chat: (text: string) => Promise<string>;
}

function offline(perform: () => Outcome = () => done('ok\n'), name = 'atom'): Offline {
  const phrases = new Map<string, string>();
  const planner = createOfflinePlanner({
    name,
    phrases: {
      find: async (text) => phrases.get(text),
      remember: async (text, canonical) => void phrases.set(text, canonical),
    },
    known: { now: () => Date.UTC(2026, 10, 27, 8, 30), zone: () => 'UTC', jobs: async () => [] },
    skills: () => bundled,
    connect: ['put a key in the configuration', 'start again'],
  });
  const stage = setStage({
    plan: planner.plan,
    perform: async () => perform(),
    deps: {
      tools: () => [...builtInTools, ...bundled.map(skillTool), askTool([colleague])],
    },
  });
  let said = 0;
  const chat = async (text: string) => (await stage.say(`e${said++}`, text)).text;
  return { ...stage, phrases, chat };
}

/** As people say it, of things that are no files, of many at once, or of what nobody can do here. */
const NOTHING_TO_DO = [
  'delete letter.txt and ada.txt',
  'delete *.txt',
  'delete all txt files',
  'rename the file to x.txt',
  'summarise the meeting',
  'delete the photo',
  'remove duplicates',
  'remove git',
  'delete the conversation',
  'open the door',
  'read the news',
  'send regards',
  'how big is the moon',
  'move my meeting to Monday',
  'write a letter to mum',
  'write a poem to poem.txt',
  'save the date',
  'find a restaurant in Paris',
  'run out of milk',
  'run the tests',
  'forget about it',
  'is the door installed',
  'what is in the fridge',
  'unpack the suitcase',
  'empty the trash',
  'kill firefox',
  'who am I',
  'open firefox',
  'show processes in a list',
  'delete my reminder',
  'delete reminders',
  'take out the bin',
  'fetch me a coffee',
  'what is on TV',
  'send an email to Bob',
  'write an email to bob@example.org',
  'copy this to that',
  'save the file to x.txt',
  'run a marathon',
  'look for my keys',
  'search the web for cheap flights',
  'install cowsay',
  'pack my bags',
  'summary of the news',
  'what’s on the menu',
  'translate hello to French',
  'show me the way',
];

const firstCall = async (text: string) => {
  const stage = offline();
  await stage.chat(text);
  const [, plan] = stage.items();
  return plan?.role === 'assistant' ? plan.calls[0] : undefined;
};

describe('without a model', () => {
  it.each(
    templates.flatMap(({ tool, examples }) =>
      examples.map(([text, input]) => ({ text, tool, input })),
    ),
  )('“$text” is understood', async ({ text, tool, input }) => {
    expect(await firstCall(text)).toMatchObject({ tool, input });
  });

  it.each([
    ['delete everything'],
    ['delete it'],
    ['show me this'],
    ['list the things that I forgot in my folder'],
    ['please'],
    ['do not run git status'],
    ['run'],
    ['ls -la'],
    ['git push'],
    ...NOTHING_TO_DO.map((text) => [text]),
  ])('“%s” is not acted on', async (text) => {
    expect(await firstCall(text)).toBeUndefined();
  });

  it('answers “list files” from a run of ls', async () => {
    const stage = offline(() => done('total 4\n-rw-r--r-- 1 me me 5 a.txt\n'));
    expect(await stage.chat('List files!')).toContain('a.txt');
    expect(stage.intents).toMatchObject([
      { action: 'shell.exec', resource: { argv: ['ls', '-la'] } },
    ]);
  });

  it('says that there is none where a search finds nothing', async () => {
    expect(await offline(() => done('')).chat('find all pdf files')).toBe('There is none.');
    expect(await offline(() => done('')).chat('run touch a')).toContain('printed nothing');
  });

  it('runs a command or a line with /run, and refuses what only a shell could do', async () => {
    const stage = offline();
    await stage.chat('/run "a b" c');
    expect(stage.intents).toMatchObject([{ resource: { argv: ['a b', 'c'] } }]);
    await stage.chat('/run ls | wc');
    await stage.chat('run echo $HOME');
    expect(stage.intents).toMatchObject([
      { resource: { argv: ['a b', 'c'] } },
      { resource: { line: 'ls | wc' } },
      { resource: { line: 'echo $HOME' } },
    ]);
    expect(await stage.chat('/run ls & id')).toContain('Position 4');
    expect(await stage.chat('run echo $((1 + 1))')).toContain('Position 6');
    expect(stage.intents).toHaveLength(3);
  });

  it('says what a refusal means', async () => {
    const refused = (reason: 'denied' | 'expired' | 'policy' | 'uncertain') =>
      offline(() => ({ ok: false, reason, message: 'Students may not run commands.' })).chat(
        'run git push',
      );
    expect(await refused('denied')).toBe('You said no, so I did not run: git push.');
    expect(await refused('expired')).toContain('Nobody answered');
    expect(await refused('policy')).toContain('Students may not run commands.');
    expect(await refused('uncertain')).toContain('Look before you ask again');
  });

  it('lists its phrases, skills and tools, and knows a mistyped command', async () => {
    const stage = offline();
    expect(await stage.chat('/help')).toContain('list files [in PATH]');
    expect(await stage.chat('/skills')).toContain('workspace — Look around the folder');
    expect(await stage.chat('/tools')).toContain('shell_exec');
    expect(await stage.chat('/hepl')).toContain('Did you mean /help?');
    expect(await stage.chat('/new now')).toBe('/new takes no now. It is said as: /new');
    expect(await stage.chat('/panic')).toBe(
      '/panic is not for guests, nor for words that were passed on.',
    );
    expect(await stage.chat('/constructor')).toContain('I do not know /constructor');
  });

  it('calls a skill by name', async () => {
    const stage = offline();
    await stage.chat('/skill workspace {"op":"list"}');
    expect(stage.intents).toMatchObject([
      { action: 'skill.call', resource: { skill: 'workspace', input: { op: 'list' } } },
    ]);
    expect(await stage.chat('/skill nope')).toContain('no skill "nope"');
    expect(await stage.chat('/skill workspace {op')).toContain('JSON');
  });

  it('has an answer to anything, and never invents a command', async () => {
    const word = fc.oneof(
      fc.constantFrom(
        'list',
        'run',
        'the',
        'files',
        'delete',
        '/run',
        '/',
        '"',
        '1',
        'in',
        '[',
        '--',
      ),
      fc.string({ unit: 'binary', maxLength: 6 }),
    );
    const text = fc.array(word, { maxLength: 6 }).map((words) => words.join(' '));
    await fc.assert(
      fc.asyncProperty(text, text, async (first, second) => {
        const stage = offline();
        for (const said of [first, second]) expect(await stage.chat(said)).not.toBe('');
        for (const { resource } of stage.intents) {
          const argv = (resource as { argv?: readonly string[] }).argv ?? [];
          const [program = ''] = argv;
          const ours = ['ls', 'du', 'rm', 'mkdir'].includes(program);
          expect(ours || `${first} ${second}`.includes(program)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is honest where nothing is near, and says how to connect a model', async () => {
    const text = await offline().chat('What do you think about Proust?');
    expect(text).toContain('No model is connected');
    expect(text).toContain('list files');
    expect(text).toContain('/help');
    expect(text).toContain('put a key in the configuration, then start again');
    expect(text.split('\n').length).toBeLessThanOrEqual(6);
  });

  it.each(['Hello!', 'hi', 'Who are you?'])('says who it is to “%s”', async (text) => {
    const answer = await offline().chat(text);
    expect(answer).toContain('I am atom');
    expect(answer.split('\n').length).toBeLessThanOrEqual(2);
  });

  it('says its own name', async () => {
    const writer = offline(() => done(''), 'writer');
    for (const text of ['hello', 'hi writer', 'who is writer?'])
      expect(await writer.chat(text)).toContain('I am writer, your agent on this machine');
  });
});

describe('an offer', () => {
  const vague = 'could you list all of my files nicely';

  it('acts only once a number comes back, and is remembered', async () => {
    const stage = offline();
    const offer = await stage.chat(vague);
    expect(offer).toContain('I am not sure. Did you mean:\n1  list files');
    expect(stage.intents).toEqual([]);
    await stage.chat('1');
    expect(stage.intents).toMatchObject([{ resource: { argv: ['ls', '-la'] } }]);
    await stage.chat(`${vague}, please!`);
    expect(stage.intents).toHaveLength(2);
  });

  it('takes what looks like a command for one only once that was confirmed', async () => {
    const stage = offline();
    expect(await stage.chat('git show a')).toContain('1  run git show a');
    expect(stage.intents).toEqual([]);
    await stage.chat('1');
    await stage.chat('git show a');
    const confirmed = { resource: { argv: ['git', 'show', 'a'] } };
    expect(stage.intents).toMatchObject([confirmed, confirmed]);
    expect(await stage.chat('git show A')).toContain('1  run git show A');
    expect(stage.intents).toHaveLength(2);
  });

  it('asks for what a choice lacks instead of guessing', async () => {
    const stage = offline();
    const lines = (await stage.chat('remove stuff for ever')).split('\n');
    const number = lines.find((line) => line.includes('  delete FILE'))?.charAt(0) ?? '';
    expect(await stage.chat(number)).toBe(
      'Delete which file? Say just its name, or all of it. Put names with spaces in quotes: delete "my notes"',
    );
    expect(stage.intents).toEqual([]);
    expect(stage.phrases.size).toBe(0);
    await stage.chat('my notes.txt');
    expect(stage.intents).toMatchObject([{ resource: { argv: ['rm', '--', 'my notes.txt'] } }]);
  });

  it.each(['never mind', 'what was it again', 'no'])(
    '“%s” names no file to delete',
    async (answer) => {
      const stage = offline();
      await stage.chat('delete');
      expect(await stage.chat('1')).toContain('Delete which file?');
      await stage.chat(answer);
      expect(stage.intents).toEqual([]);
    },
  );

  it.each([
    ['write', 'write TEXT', 'Write which words to which file?'],
    ['a command line in the jail', '/run COMMAND', 'Run which command?'],
    ['use a skill', '/skill NAME', 'Which skill'],
  ])('for “%s” asks in words for what %s lacks', async (text, choice, question) => {
    const stage = offline();
    const lines = (await stage.chat(text)).split('\n');
    const number = lines.find((line) => line.includes(`  ${choice}`))?.charAt(0) ?? '';
    const asked = await stage.chat(number);
    expect(asked).toContain(question);
    expect(asked).toContain('Say it whole');
    await stage.chat('x');
    expect(stage.intents).toEqual([]);
  });

  it('that somebody else wrote picks nothing', async () => {
    const stage = offline();
    await stage.chat(vague);
    const forged = stage.entries.at(-1);
    if (forged?.item.role !== 'assistant') throw new Error('no offer');
    const text = forged.item.text.replace('list files', 'delete notes.txt');
    stage.entries[stage.entries.length - 1] = { ...forged, item: { ...forged.item, text } };
    await stage.chat('1');
    expect(stage.intents).toEqual([]);
  });

  it('is not picked from by a number that it does not have', async () => {
    const stage = offline();
    await stage.chat(vague);
    await stage.chat('7');
    expect(stage.intents).toEqual([]);
  });
});
