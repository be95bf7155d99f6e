import { describe, expect, it } from 'vitest';
import { chatCommands } from '../../src/domain/chat-command.ts';
import { keptOf } from '../../src/domain/kept-words.ts';
import { cleanLabels, worstLabels } from '../../src/domain/label.ts';
import { readCommand } from '../../src/domain/read-command.ts';
import type { TranscriptEntry, TranscriptItem } from '../../src/domain/session.ts';
import { isStanding } from '../../src/domain/standing-words.ts';

describe('a command of a chat', () => {
  it.each([
    ['/new', 'new', {}],
    ['  /NEW  ', 'new', {}],
    ['/new@atom_bot', 'new', {}],
    ['/new.', 'new', {}],
    ['/undo LIST', 'undo', { list: 'LIST' }],
    ['/sessions 12', 'sessions', { number: '12' }],
    ['/pair approve ab12 123 456', 'pair', { approve: 'approve', ref: 'ab12', proof: '123 456' }],
    ['/compact keep  two  words', 'compact', { keep: 'two  words' }],
    ['/compact keep', 'compact', { focus: 'keep' }],
    ['/run git log\n| head', 'run', { rest: 'git log\n| head' }],
    ['/panic!now', 'panic', { rest: '!now' }],
  ])('is read token by token: %j', (text, name, args) => {
    expect(readCommand(text)).toMatchObject({ kind: 'command', command: { name }, args });
  });

  it.each(['', 'new', 'say /new', '/', '//new', '/5', '/etc/hosts', '/new/it', '/ünder', '/-x'])(
    'is none: %j',
    (text) => expect(readCommand(text)).toBeUndefined(),
  );

  it.each(['/new please', '/undo it', '/sessions 0', '/sessions x', '/unpin', '/pair me'])(
    'stands there in a way that is none: %j',
    (text) => expect(readCommand(text)?.kind).toBe('misused'),
  );

  it('has one name and one line of help each', () => {
    const names = chatCommands.flatMap(({ name, also = [] }) => [name, also].flat());
    expect(new Set(names).size).toBe(names.length);
    for (const { name, form } of chatCommands) expect(form.split(' ')[0]).toBe(`/${name}`);
  });
});

describe('a standing instruction', () => {
  it.each([
    'Always answer in metres.',
    'please never write to my boss',
    'Fine. From now on, be brief!',
    'Remember that the key is under the mat',
    'When you write code, never use tabs',
    'You should always ask before you send.',
    'Antworte ab jetzt auf Deutsch.',
    'Bitte immer kurz.',
    'Réponds toujours, désormais, en français',
  ])('is one by its words: %s', (text) => expect(isStanding(text)).toBe(true));

  it.each([
    'what is here',
    'has he always lived there?',
    'I nevertheless want it',
    'the function whenevery() breaks',
    `look at this: ${'always '.repeat(400)}`,
  ])('is none: %s', (text) => expect(isStanding(text)).toBe(false));

  const entry = (item: TranscriptItem, labels = cleanLabels): TranscriptEntry => ({
    seq: 1,
    session: 's',
    event: 'e',
    at: 1,
    labels,
    item,
  });
  const said = (text: string, labels = cleanLabels) =>
    entry({ role: 'user', text, sender: 'x' }, labels);

  it('is kept once, in the order it was said last, and only where it is the owner’s own', () => {
    const entries = [
      said('always a'),
      said('always b'),
      said('always evil', worstLabels),
      said('what is new'),
      entry({ role: 'note', text: '', pin: 'the code word' }),
      entry({ role: 'note', text: '', pin: 'evil' }, worstLabels),
      said('always a'),
      entry({ role: 'note', text: '', unpin: 'always b' }),
    ];
    expect(keptOf(entries, ['more'])).toEqual({ kept: ['the code word', 'always a', 'more'] });
  });

  it('that does not fit any more goes, the oldest first, and is counted', () => {
    const long = (n: number) => said(`always ${n} ${'x'.repeat(1900)}`);
    const { kept, dropped } = keptOf(Array.from({ length: 9 }, (_, n) => long(n)));
    expect(kept.length + (dropped ?? 0)).toBe(9);
    expect(kept.at(-1)).toContain('always 8');
    expect(kept.join('').length).toBeLessThanOrEqual(12_000);
  });
});
