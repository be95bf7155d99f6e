import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addNote, findNotes } from '../../../skills/notes/notes.ts';
import { type PlainContext, plainContext } from '../plain-context.ts';

let context: PlainContext;
beforeEach(() => {
  context = plainContext();
});
afterEach(() => context.remove());

describe('notes', () => {
  it('are none at first, and are one line each once they are written', async () => {
    expect(await findNotes(context, { words: '', most: 9 })).toEqual([]);
    await addNote(context, ' Call Ada,\n  about the bin ', new Date(2026, 10, 27, 9, 5));
    await addNote(context, 'Buy milk', new Date(2026, 10, 28, 14, 0));
    expect(await context.fs.read('notes/notes.md')).toBe(
      '# Notes\n\n- 2026-11-27 09:05 Call Ada, about the bin\n- 2026-11-28 14:00 Buy milk\n',
    );
    // The folder was made once.
    expect(context.ran).toEqual([['mkdir', '-p', '--', 'notes']]);
  });

  it('are found by their words, the newest first', async () => {
    for (const [day, text] of ['Ada: milk', 'milk', 'bread'].entries())
      await addNote(context, text, new Date(2026, 0, day + 1));
    const found = (words: string, most = 9) => findNotes(context, { words, most });
    expect(await found('MILK')).toEqual(['2026-01-02 00:00 milk', '2026-01-01 00:00 Ada: milk']);
    expect(await found('milk ada')).toHaveLength(1);
    expect(await found('', 1)).toEqual(['2026-01-03 00:00 bread']);
    expect(await found('cheese')).toEqual([]);
  });
});
