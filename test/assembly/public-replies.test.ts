import fc from 'fast-check';
import { expect, it } from 'vitest';
import { isPublic } from '../../src/assembly/all-theirs.ts';
import { confidentialities, integrities } from '../../src/domain/label.ts';
import type { Session, TranscriptEntry, TranscriptItem } from '../../src/domain/session.ts';

const session: Session = {
  id: 's',
  key: 'telegram:dm:42',
  agent: 'dana',
  home: { channel: 'telegram', account: 'main', peer: '42' },
  startedAt: 1,
};
const WORDS = ['Stopped.', 'I remember nothing about that.', 'the code is 4111'];
const text = fc.constantFrom(...WORDS);

const item: fc.Arbitrary<TranscriptItem> = fc.oneof(
  fc.record({ role: fc.constant('user' as const), text, sender: fc.constant('42') }),
  fc.record({ role: fc.constant('note' as const), text }),
  fc.record({
    role: fc.constant('assistant' as const),
    text,
    calls: fc.constant([]),
    final: fc.boolean(),
  }),
  fc.record({
    role: fc.constant('tool' as const),
    call: fc.constant('c'),
    tool: fc.constant('file_read'),
    ok: fc.boolean(),
    value: fc.constant(null),
    text,
  }),
);
const entry: fc.Arbitrary<TranscriptEntry> = fc.record({
  seq: fc.nat(),
  session: fc.constant('s'),
  event: fc.constantFrom('e1', 'e2'),
  labels: fc.record({
    integrity: fc.constantFrom(...integrities),
    confidentiality: fc.constantFrom(...confidentialities),
  }),
  item,
  at: fc.constant(1),
});

const told = (entries: readonly TranscriptEntry[], said: string) =>
  isPublic({ conversations: { read: async () => entries } as never }, session, {
    event: 'e1',
    text: said,
  });

it('a reply is public only by what its own turn said last, in just those words, with nothing private in it', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(entry, { maxLength: 6 }), text, async (entries, said) => {
      if (!(await told(entries, said))) return;
      const mine = entries.filter(({ event, item: { role } }) => event === 'e1' && role !== 'user');
      const last = mine.at(-1);
      expect(last?.labels.confidentiality).toBe('public');
      expect(last?.item).toMatchObject({ text: said });
      expect(['note', 'assistant']).toContain(last?.item.role);
      // Nothing that anybody else says makes it so: whatever they send, and in whatever words.
      const others = entries.filter((one) => one === last);
      expect(await told(others, said)).toBe(true);
      expect(await told(others, `${said} `)).toBe(false);
    }),
  );
});

const PLAIN = { integrity: 'owner', confidentiality: 'public' } as const;
const PRIVATE = { integrity: 'untrusted', confidentiality: 'private' } as const;
const note = (labels: TranscriptEntry['labels'], more: Partial<TranscriptEntry> = {}) => ({
  seq: 1,
  session: 's',
  event: 'e1',
  labels,
  item: { role: 'note' as const, text: 'Stopped.' },
  at: 1,
  ...more,
});

it('the same words of a model that saw something private, of another turn, or of a person are not atom’s own', async () => {
  expect(await told([note(PLAIN)], 'Stopped.')).toBe(true);
  const model = { role: 'assistant', text: 'Stopped.', calls: [], final: true } as const;
  expect(await told([note(PLAIN), note(PRIVATE, { item: model })], 'Stopped.')).toBe(false);
  expect(await told([note(PLAIN, { event: 'e2' })], 'Stopped.')).toBe(false);
  const person = { role: 'user', text: 'Stopped.', sender: '42' } as const;
  expect(await told([note(PLAIN, { item: person })], 'Stopped.')).toBe(false);
  expect(await told([note(PLAIN)], 'Stopped.\nls: secret.txt')).toBe(false);
  expect(await told([], 'Stopped.')).toBe(false);
});
