import { describe, expect, it } from 'vitest';
import { keptResult, toldResult } from '../../src/agent/told-result.ts';
import { builtInTools, skillTool } from '../../src/agent/tools.ts';
import { hintOf } from '../../src/base/hint.ts';
import type { Json } from '../../src/base/json.ts';
import { noPermissions } from '../../src/domain/skill.ts';

const tool = (name: string) => {
  const found = builtInTools.find((one) => one.name === name);
  if (!found) throw new Error(`no tool ${name}`);
  return found;
};
const ran = (more: Json): Json => ({
  exit: 0,
  ending: 'exit',
  stdout: '',
  stderr: '',
  truncated: false,
  ms: 3,
  ...(more as object),
});

describe('the tools', () => {
  it('have names that every model takes, and say what they yield', () => {
    const skill = skillTool({
      name: 'my-skill',
      description: '',
      examples: [],
      version: '1',
      digest: '',
      input: {},
      complexity: 1,
      permissions: noPermissions,
      kind: 'module',
      origin: 'profile',
    });
    for (const one of [...builtInTools, skill]) expect(one.name).toMatch(/^[a-z_]{1,64}$/);
    // What somebody asked to be remembered is no secret from them: notes say it of themselves.
    for (const one of builtInTools)
      expect([one.name, one.yields.confidentiality]).toEqual([
        one.name,
        one.name.startsWith('memory_') ? 'public' : 'private',
      ]);
    expect(skill.yields).toEqual({ integrity: 'untrusted', confidentiality: 'public' });
    expect(skill.toIntent({ a: 1 }, 's1')).toEqual({
      action: 'skill.call',
      resource: { skill: 'my-skill', input: { a: 1 } },
    });
  });

  it('take the reason out of what is asked for', () => {
    expect(tool('file_write').toIntent({ path: 'a', content: 'b', because: 'c' }, 's1')).toEqual({
      action: 'file.write',
      resource: { path: 'a', content: 'b' },
      because: 'c',
    });
  });

  it.each([
    ['shell_exec', { argv: 'ls' }],
    ['shell_exec', { argv: [] }],
    ['shell_exec', { line: '' }],
    ['shell_exec', { argv: ['ls'], line: 'ls' }],
    ['shell_exec', {}],
    ['shell_exec', { argv: ['ls'], stdin: 'x' }],
    ['file_read', {}],
    ['file_write', { path: 'a' }],
    ['file_list', null],
  ])('refuse wrong input in words: %s %j', (name, input) => {
    expect(() => tool(name).toIntent(input, 's1')).toThrow(`${name} was called wrongly`);
  });
});

describe('what a command did', () => {
  it.each([
    ['its output', { stdout: 'a\nb\n' }, 'a\nb'],
    ['nothing', {}, 'Done; it printed nothing.'],
    ['errors after output', { stdout: 'a\n', stderr: 'oops\n' }, 'a\nerrors:\noops'],
    ['an exit code', { exit: 2 }, 'It ended with exit code 2.'],
    ['a time limit', { exit: null, ending: 'time' }, 'It was stopped: it took longer than it may.'],
    [
      'a signal',
      { exit: null, ending: 'signal', signal: 'SIGSEGV' },
      'It was killed by SIGSEGV: it crashed.',
    ],
    ['cut output', { stdout: 'a', truncated: true }, 'a\nThe output was cut.'],
    [
      'binary output, which is not drawn',
      { stdout: '', binary: ['stdout'], bytes: { stdout: 48_000, stderr: 0 }, kept: 'k7p2qx' },
      '(binary, 48 kB)\nAll of it (48 kB were printed): atom runs output k7p2qx',
    ],
    [
      'where all of long output is',
      { stdout: 'a', truncated: true, bytes: { stdout: 2_000_000, stderr: 0 }, kept: 'k7p2qx' },
      'a\nAll of it (2 MB were printed): atom runs output k7p2qx',
    ],
    [
      'what could not be kept',
      { stdout: 'a', lost: 'the disk is full' },
      'a\nNot all of the output could be kept: the disk is full.',
    ],
    ['escape codes, written out', { stdout: '\u001b[31mred' }, '⟦U+001B⟧[31mred'],
  ])('reads as text: %s', (_, more, text) => {
    expect(tool('shell_exec').toText(ran(more as Json))).toBe(text);
  });

  it('names the commands that tell more for its profile, and leaves what was printed', () => {
    const more = { kept: 'k7p2qx', truncated: true, quarantined: ['.envrc'] };
    const value = ran({ stdout: 'Look: atom doctor', ...more });
    const text = tool('shell_exec').toText(value, hintOf('two'));
    expect(text.match(/atom .*/g)).toEqual([
      'atom doctor',
      'atom -p two runs output k7p2qx',
      'atom -p two quarantine list',
    ]);
  });

  it('is told in part where it is very long, with the whole of it kept beside that', () => {
    const value = ran({ stdout: `start${'x'.repeat(100_000)}end` });
    const text = tool('shell_exec').toText(value);
    const result = { role: 'tool', call: 'c', tool: 'shell_exec', ok: true, value, text } as const;
    const { item, whole } = keptResult('e:c', result);
    expect(whole).toBe(text);
    expect(JSON.stringify(item).length).toBeLessThan(18_000);
    expect(item.text.startsWith('start')).toBe(true);
    expect(item.text.endsWith('end')).toBe(true);
    expect(item.text).toContain(`${100_008 - 16_000} characters left out`);
    // Cut again, it still says how much of all of it is missing.
    expect(toldResult(item, 400)).toContain(`${100_008 - 400} characters left out`);
    expect(toldResult(item, 400)).toContain(`ref "${item.ref}"`);
  });

  it('is without secrets where it is cut, so that no half of one is kept or told', () => {
    const key = `sk-${'k'.repeat(60)}`;
    const text = `${'x '.repeat(3980)}${key}${' y'.repeat(20_000)}`;
    const value = { stdout: `${'x'.repeat(180)} ${key} more` };
    const result = { role: 'tool', call: 'c', tool: 'shell_exec', ok: true, value, text } as const;
    const { item, whole } = keptResult('e:c', result);
    expect(whole).toBe(text);
    expect(JSON.stringify(item)).not.toContain('kk');
    expect(item.text.length).toBeGreaterThan(15_000);
    expect(toldResult({ ...result, ref: 'r' }, 15_930)).not.toContain('kk');
  });

  it('is told as it is where it is short, and then has no name', () => {
    const item = { role: 'tool', call: 'c', tool: 't', ok: true, value: null, text: 'a' } as const;
    expect(keptResult('e:c', item)).toEqual({ item });
    expect(toldResult(item, 400)).toBe('a');
  });
});

describe('what is in files', () => {
  it.each([
    [
      'file_read',
      { path: 'a', kind: 'text', text: 'hello\n', size: 6, truncated: false },
      'hello\n',
    ],
    [
      'file_read',
      { path: 'a', kind: 'text', text: '', size: 0, truncated: false },
      'The file is empty.',
    ],
    ['file_read', { path: 'a', kind: 'binary', size: 9 }, 'That is not text (9 bytes).'],
    [
      'file_list',
      {
        path: '.',
        entries: [
          { name: 'src', kind: 'folder', size: 0 },
          { name: 'a.txt', kind: 'file', size: 5 },
        ],
        truncated: true,
      },
      'src/\na.txt  5 bytes\n… and more',
    ],
    ['file_list', { path: '.', entries: [], truncated: false }, 'The folder is empty.'],
    ['file_write', { path: 'a', size: 3, sha256: '', created: true }, 'Made a (3 bytes).'],
  ])('reads as text: %s %j', (name, value, text) => {
    expect(tool(name).toText(value)).toBe(text);
  });
});
