import { expect, test } from 'vitest';
import { apply } from '../../../src/ui/desk/apply.ts';

const known = { cards: [], turns: [], stopping: false };
const said = (session: string) =>
  apply(known, { kind: 'message', id: 'm', session, text: 'hello', at: 1 }).rows.length;

test('what is answered to a phone or a program is not shown in the conversation here', () => {
  expect(said('terminal:self:main')).toBeGreaterThan(0);
  for (const session of ['telegram:dm:42', 'device:dm:d2', 'device:dm:terminal'])
    expect(said(session)).toBe(0);
});
