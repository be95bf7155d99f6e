import { expect, test } from 'vitest';
import { LOCAL_OWNER } from '../../../src/domain/caller.ts';
import { newcomersIn, withCard, withNewcomers } from '../../../src/ui/card/newcomer.ts';
import { watchPeople } from '../../../src/ui/desk/people-watch.ts';
import { card, fakeGateway, newcomer, people, stranger } from '../fake-gateway.ts';

const ids = (questions: readonly { readonly id: string }[]): string[] =>
  questions.map(({ id }) => id);
const waiting = (...ones: Parameters<typeof people>[0] & object) => newcomersIn(people(ones), 0);

test('who waits keeps their place, strangers stay last, and who left is gone', () => {
  const [one, link] = [stranger({ id: 'p-s1' }), newcomer({ id: 'p-l1' })];
  const first = withNewcomers([], waiting(one));
  const second = withCard(first, card({ id: 'a1' }));
  const third = withNewcomers(second, waiting(one, link));
  expect(ids(third)).toEqual(['a1', 'p-l1', 'p-s1']);
  expect(ids(withCard(third, card({ id: 'a2' })))).toEqual(['a1', 'p-l1', 'a2', 'p-s1']);
  expect(ids(withNewcomers(third, waiting(one)))).toEqual(['a1', 'p-s1']);
});

test('a link that nobody used yet is no card, and a second owner is not the first', () => {
  const { who: _, ...unused } = newcomer({ state: 'open' });
  expect(waiting(unused)).toEqual([]);
  const listed = people([newcomer()], { listed: { telegram: ['1'] } });
  expect(newcomersIn(listed, 5)).toMatchObject([{ isFirst: false, expiresAt: 119_005 }]);
});

test.each([
  [LOCAL_OWNER.scopes, ['senders.list']],
  [LOCAL_OWNER.scopes.filter((scope) => scope !== 'admin'), []],
])('who waits is asked for at this machine only', (scopes, methods) => {
  const gateway = fakeGateway();
  const to = { people: () => undefined, trouble: () => undefined };
  const hello = { ...gateway.hello, scopes };
  const { signal } = new AbortController();
  watchPeople({ ...gateway, hello }, to, signal).changed();
  expect(gateway.asked.map(({ method }) => method)).toEqual(methods);
});
