import { readFileSync, writeFileSync } from 'node:fs';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, type World } from './world.ts';

describe('atom rules, while nothing runs', () => {
  let world: World;
  beforeEach(async () => {
    world = await createReadyWorld();
  });
  afterEach(() => world.remove());

  const rules = (): readonly unknown[] =>
    JSON.parse(readFileSync(world.config, 'utf8')).rules ?? [];
  const add = (...more: readonly string[]) =>
    world.run(['rules', 'add', 'no-push', '--deny', '--reason', 'I push', ...more]);
  const push = ['--', 'git', 'push', '**'];

  it('adds, lists, tries, explains and removes a rule, and says how to undo each', async () => {
    const added = await add('--jail', 'work', '--example', "git push 'my site'", ...push);
    expect(added.stderr).toContain('Undo:   atom rules remove no-push');
    expect(rules()).toEqual([
      {
        name: 'no-push',
        verdict: 'deny',
        reason: 'I push',
        jail: 'work',
        program: 'git',
        args: ['push', '**'],
        match: [['git', 'push', 'my site']],
      },
    ]);
    expect((await world.run(['rules', 'list'])).stdout).toMatch(
      /no-push +deny +git push '\*\*' · jail work +I push/,
    );
    expect((await world.run(['rules', 'test'])).stdout).toContain("fits git push 'my site'");
    const explained = await world.run(['rules', 'explain', '--', 'git', '-C', 'x', 'push']);
    expect(explained.stdout).toContain('no-push fits: deny, I push');
    const other = await world.run(['rules', 'explain', '--jail', 'home', '--', 'git', 'push']);
    expect(other.stdout).toMatch(/does not fit.*✓ program git.*✖ jail work/s);
    const removed = await world.run(['rules', 'remove', 'no-push']);
    const undo = /Undo: {3}atom (.*)/.exec(removed.stderr)?.[1];
    expect(undo).toBe(
      `rules add no-push --deny --reason 'I push' --jail work --example 'git push '\\''my site'\\''' -- git push '**'`,
    );
    expect(rules()).toEqual([]);
  });

  it('takes a program alone as that program with any words', async () => {
    await add('--', 'sudo');
    const said = await world.run(['policy', 'check', 'shell.exec', '--', 'sudo', 'ls']);
    expect(said.stdout).toMatch(/^deny: shell\.exec sudo ls/);
  });

  it.each([
    ['no verdict', ['rules', 'add', 'a', '--reason', 'r', '--', 'git'], '--ask or --deny'],
    [
      'two',
      ['rules', 'add', 'a', '--ask', '--deny', '--reason', 'r', '--', 'git'],
      '--ask or --deny',
    ],
    ['no reason', ['rules', 'add', 'a', '--deny', '--', 'git'], '--reason'],
    [
      'nothing to hold for',
      ['rules', 'add', 'a', '--deny', '--reason', 'r'],
      'at least one condition',
    ],
    [
      'a jail that there is not',
      ['rules', 'add', 'a', '--deny', '--reason', 'r', '--jail', 'wrk'],
      'There is: work',
    ],
    [
      'a channel that there is not',
      ['rules', 'add', 'a', '--deny', '--reason', 'r', '--channel', 'fax'],
      'terminal',
    ],
    [
      'an example that does not hold',
      ['rules', 'add', 'a', '--deny', '--reason', 'r', '--example', 'ls', '--', 'git'],
      'unlike ls',
    ],
  ])('refuses a rule with %s, exit 2, and leaves the file', async (_, words, hint) => {
    const { code, stderr } = await world.run(words);
    expect(code).toBe(2);
    expect(stderr).toContain(hint);
    expect(rules()).toEqual([]);
  });

  it('refuses a second rule of the same name and one that is not there', async () => {
    await add(...push);
    expect((await add(...push)).stderr).toContain('There is already a rule "no-push"');
    expect((await world.run(['rules', 'remove', 'nothing'])).code).toBe(1);
    expect((await world.run(['rules', 'remove', 's-abcdef'])).code).toBe(5);
  });

  it('makes the whole profile invalid, exit 78, where an example in the file does not hold', async () => {
    await add(...push);
    const file = JSON.parse(readFileSync(world.config, 'utf8'));
    file.rules[0].match = [['git', 'log']];
    writeFileSync(world.config, JSON.stringify(file));
    for (const words of [
      ['rules', 'test'],
      ['start', '--headless'],
      ['config', 'validate'],
    ]) {
      const { code, stdout, stderr } = await world.run(words);
      expect(code).toBe(78);
      expect(stdout + stderr).toContain(
        'the rule "no-push" (git push \'**\') fits, unlike git log',
      );
    }
  });
});

describe('atom policy check', () => {
  let world: World;
  beforeEach(async () => {
    world = await createReadyWorld();
  });
  afterEach(() => world.remove());

  const check = async (...words: readonly string[]) =>
    JSON.parse((await world.run(['policy', 'check', '--json', ...words])).stdout);

  it('plays what would be decided for any maturity, label and time, exit 0 whatever comes out', async () => {
    await world.run([
      'rules',
      'add',
      'night',
      '--ask',
      '--reason',
      'I sleep',
      '--between',
      '22:00-07:00',
      '--channel',
      'telegram',
    ]);
    const touch = ['shell.exec', '--at', '12:00', '--', 'touch', 'a'];
    expect(await check(...touch)).toMatchObject({ verdict: 'ask', complexity: 3, factor: 'tap' });
    expect(await check('--as', 'supervised', ...touch)).toMatchObject({ verdict: 'allow' });
    expect(await check('--as', 'student', ...touch)).toMatchObject({
      verdict: 'deny',
      releases: ['an agent at intern'],
    });
    const untrusted = await check('--as', 'supervised', '--labels', 'untrusted', ...touch);
    expect(untrusted).toMatchObject({ verdict: 'ask' });
    const night = ['--at', '23:10', '--channel', 'telegram', '--sender', '42'];
    const asked = await check('--as', 'supervised', ...night, 'shell.exec', '--', 'touch', 'a');
    expect(asked.verdict).toBe('ask');
    expect(asked.matches.map(({ why }: { why: string }) => why)).toContain(
      'I sleep (your rule night)',
    );
    expect(asked.releases[1]).toContain('no standing approval');
    const words = await world.run([
      'policy',
      'check',
      'shell.exec',
      '--as',
      'student',
      '--',
      'touch',
      'a',
    ]);
    expect(words).toMatchObject({ code: 0 });
    expect(words.stdout).toContain('What would let it pass:\n  an agent at intern');
  });

  it('knows other actions than commands, and no others', async () => {
    expect(await check('file.write', 'notes.txt')).toMatchObject({ verdict: 'ask', complexity: 3 });
    expect(await check('file.read', 'notes.txt')).toMatchObject({ verdict: 'allow' });
    expect((await world.run(['policy', 'check', 'file.wriet', 'x'])).stderr).toContain(
      'file.write',
    );
  });

  it('says where nothing may stand', async () => {
    const { releases } = await check(
      'shell.exec',
      '--as',
      'autonomous',
      '--',
      'python3',
      '-c',
      '1',
    );
    expect(releases[1]).toBe('no standing approval: python3 runs whatever it is told to run');
  });
});
