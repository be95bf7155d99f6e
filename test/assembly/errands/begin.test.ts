import { expect, it } from 'vitest';
import { MOST_ERRANDS } from '../../../src/domain/errand.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import { beginErrand, type NewErrand } from '../../../src/errands/begin.ts';
import { ensureAgent } from '../../../src/store/tables/agents.ts';
import { freshStore } from '../../store/fresh.ts';

const wish = (number: number): NewErrand => ({
  cause: `run-${number}`,
  kind: 'ask',
  asked: 'writer',
  asker: 'atom',
  parent: 'e1',
  thread: 'atom-e1',
  text: 'hello',
  heard: { labels: cleanLabels },
  note: '',
  hushed: false,
  at: 1,
});

it('one message leads to so many errands and no more, and each of them once', async () => {
  const { store } = await freshStore();
  await ensureAgent(store, { id: 'writer', name: 'writer', maturity: 'intern' });
  const begin = (one: NewErrand) => store.tx((sql) => beginErrand(sql, one));
  const first = await begin(wish(1));
  for (let number = 2; number <= MOST_ERRANDS; number++)
    expect(await begin(wish(number))).toMatchObject({ errand: { root: 'e1', chain: ['atom'] } });
  expect(await begin(wish(0))).toMatchObject({
    full: expect.stringContaining('have asked each other 16 times for one message of yours'),
  });
  expect(await begin(wish(1))).toEqual(first);
  expect(await begin({ ...wish(0), parent: 'e2' })).toMatchObject({ errand: { root: 'e2' } });
  const waiting = await store.all(`SELECT id FROM spool WHERE state = 'waiting'`);
  expect(waiting).toHaveLength(MOST_ERRANDS + 1);
});
