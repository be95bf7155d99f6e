import { describe, expect, it } from 'vitest';
import { offerLine } from '../../../src/domain/standing-approval.ts';
import { offersFor } from '../../../src/governance/standing/offers.ts';
import { type Asked, caseOf } from './case.ts';

const lines = (asked: Asked): readonly string[] => offersFor(caseOf(asked)).map(offerLine);
const push = ['git', 'push', 'origin', 'main'];

describe('what a card offers to allow from now on', () => {
  it('is the exact words first, then their beginning', () => {
    expect(lines({ words: push })).toEqual(['git push origin main', 'git push origin …']);
  });

  it('holds everything that must be the same', () => {
    expect(
      offersFor(caseOf({ words: push, cwd: 'site', channel: 'telegram', sender: '42' }))[0],
    ).toEqual({
      agent: 'atom',
      action: 'shell.exec',
      jail: 'work',
      access: 'work (read-write, no network)',
      folder: '/srv/work/site',
      sender: 'telegram/42',
      program: '/usr/bin/git',
      words: push,
      extent: 'exact',
    });
  });

  it.each([
    ['a bare program', ['git', 'push'], ['git push']],
    ['a program and a file', ['touch', 'a'], ['touch a']],
    ['what destroys', ['rm', '-rf', 'build/', 'old'], ['rm -rf build/ old']],
    ['what throws work away', ['git', 'checkout', 'HEAD', 'a'], ['git checkout HEAD a']],
    ['options', ['git', 'commit', '-m', 'x'], ['git commit -m x']],
  ])('is never the beginning %s', (_, words, expected) => {
    expect(lines({ words })).toEqual(expected);
  });

  it.each([
    [['sh', '-c', 'ls']],
    [['/bin/bash', 'x.sh']],
    [['python3.11', 'x.py']],
    [['node', '-e', '1']],
    [['sudo', 'ls']],
    [['env', 'ls']],
    [['xargs', 'rm']],
    [['find', '.', '-delete']],
    [['make', 'all']],
    [['tar', 'xf', 'a.tar']],
    [['awk', '1', 'a']],
    [['sed', '-i', 's/a/b/', 'a']],
    [['less', 'a']],
    [['vim', 'a']],
    [['docker', 'ps']],
    [['docker-compose', 'up']],
    [['ssh', 'host']],
    [['npx', 'x']],
    [['npm', 'exec', 'x']],
    [['git']],
    [['git', '-c', 'core.pager=x', 'push']],
    [['git', '-C', 'site', 'push']],
    [['git', 'rebase', '-x', 'ls', 'main']],
  ])('is nothing for %j', (words) => {
    expect(lines({ words, maturity: 'autonomous', complexity: 4 })).toEqual([]);
    expect(lines({ words })).toEqual([]);
  });

  it.each([
    ['a link to a shell', { words: ['./x', 'a'], program: '/usr/bin/dash' }],
    ['an edition of an editor', { words: ['v', 'a'], program: '/usr/bin/vim.basic' }],
    ['a program that lies in the jail', { words: ['./git', 'push'], program: '/srv/work/git' }],
    ['files that it would run', { words: push, files: 1 }],
    ['a text on standard input', { words: push, stdin: 'abc' }],
    ['several commands', { words: push, commands: [push, ['ls']] }],
    ['a wrapper that was taken off', { words: push, commands: [['push']] }],
    [
      'the words of strangers',
      { words: push, labels: { integrity: 'untrusted', confidentiality: 'public' } },
    ],
    ['letters that do not show', { words: [...push, 'a\u202eb'] }],
    ['letters of two alphabets', { words: [...push, 'p\u0430ypal'] }],
    [
      'what a rule asks about',
      { words: push, rules: [{ name: 'r', verdict: 'ask', reason: 'b', program: 'git' }] },
    ],
    ['what destroys, below autonomous', { words: push, complexity: 4 }],
    ['what is allowed anyway', { words: push, maturity: 'supervised' }],
  ] as const)('is nothing for %s', (_, asked) => {
    expect(lines(asked as Asked)).toEqual([]);
  });

  it('is the exact words alone where an autonomous agent would destroy something', () => {
    expect(lines({ words: push, maturity: 'autonomous', complexity: 4 })).toEqual([
      'git push origin main',
    ]);
  });
});
