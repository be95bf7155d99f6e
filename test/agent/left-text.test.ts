import { expect, test } from 'vitest';
import { commandText, skillText } from '../../src/agent/output-text.ts';

const ran = { exit: 0, ending: 'exit', stdout: 'ok\n', stderr: '', truncated: false, ms: 1 };

test('a command that left what others would run says what was moved, and where to look', () => {
  expect(
    commandText({ ...ran, quarantined: ['.envrc', 'a\u202eb/.exrc'], notes: ['It wrote x.'] }),
  ).toBe(
    'ok\nMoved out of the jail, because other programs would run it: .envrc, a⟦U+202E⟧b/.exrc — see: atom quarantine list\nIt wrote x.',
  );
});

test('a long list is cut and says how much is left out', () => {
  const quarantined = Array.from({ length: 13 }, (_, i) => `d${i}/.envrc`);
  expect(commandText({ ...ran, quarantined })).toContain('d9/.envrc and 3 more');
});

test('a skill that left such things says it below what it gave back', () => {
  expect(skillText({ value: { text: 'Done.' }, quarantined: ['.envrc'] })).toBe(
    'Done.\nMoved out of the jail, because other programs would run it: .envrc — see: atom quarantine list',
  );
  expect(skillText({ value: 1 })).toBe('{\n  "value": 1\n}');
});

test('a host that a command was not let speak to is told with the reason, safe to draw', () => {
  const refused = [{ host: 'example.com:443', why: 'not allowed here\u001b[2J' }];
  const text = commandText({ ...ran, contacts: { reached: [], refused } });
  expect(text).toContain('Not reached: example.com:443 (not allowed here');
  expect(text).not.toContain('\u001b');
});
