import { cpSync, existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { expect, it } from 'vitest';
import { createErrands } from '../../../src/assembly/errands.ts';
import { systemClock } from '../../../src/base/clock.ts';
import { createBus } from '../../../src/bus/bus.ts';
import { checkConfig } from '../../../src/config/check.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import { Stopped } from '../../../src/domain/stopped.ts';
import { beginErrand } from '../../../src/errands/begin.ts';
import { ensureAgent } from '../../../src/store/tables/agents.ts';
import { resultOf } from '../../../src/store/tables/spool.ts';
import { until } from '../../flows/stage/until.ts';
import { freshStore } from '../../store/fresh.ts';
import { openOffice } from './office.ts';

/** An errand that nobody does anything about, and whose turn runs or waits. */
async function openErrand({ runs, longestMs }: { runs: boolean; longestMs?: number }) {
  const { store } = await freshStore();
  await ensureAgent(store, { id: 'clerk', name: 'clerk', maturity: 'intern' });
  const begun = await store.tx((sql) =>
    beginErrand(sql, {
      cause: 'run-1',
      kind: 'ask',
      asked: 'clerk',
      asker: 'atom',
      parent: 'e1',
      note: '',
      thread: 'atom-e1',
      text: 'hello',
      hushed: false,
      at: 1,
      heard: { labels: cleanLabels },
    }),
  );
  const event = 'errand' in begun ? begun.errand.event : expect.unreachable(begun.full);
  const checked = checkConfig({ version: 1 });
  const config = checked.ok ? checked.config : expect.unreachable('an empty file is fine');
  const stopped: (readonly (string | undefined)[])[] = [];
  const errands = createErrands({ clock: systemClock, config } as never, {
    records: { store, bus: createBus() } as never,
    running: {
      stop: (...one) => {
        stopped.push(one);
        return runs;
      },
    },
    performAs: () => expect.unreachable('nothing is done'),
    ...(longestMs === undefined ? {} : { longestMs }),
  });
  const person = new AbortController();
  const answer = errands.answered(event, person.signal);
  return { answer, person, stopped, waiting: errands.waiting, end: () => resultOf(store, event) };
}

it('whoever is asked and answers too late is stopped, and whoever asked is told', async () => {
  for (const runs of [true, false]) {
    const { answer, stopped, end, waiting } = await openErrand({ runs, longestMs: 30 });
    await until('the wait', () => waiting() === 1);
    expect(await answer).toMatchObject({
      ok: false,
      reason: 'failed',
      message: expect.stringMatching(/^clerk did not answer within .* minutes, and was stopped/),
    });
    expect(stopped).toEqual([['agent:clerk:atom-e1', 'whoever asked for it']]);
    // A turn that runs ends itself; what only waits never begins.
    expect(await end()).toBe(runs ? undefined : 'stopped');
    expect(waiting()).toBe(0);
  }
});

it('whoever stops the one that asked stops the one that was asked; the gateway’s end does not', async () => {
  const byPerson = await openErrand({ runs: false });
  byPerson.person.abort(new Stopped('you'));
  expect(await byPerson.answer).toMatchObject({ ok: false, reason: 'stopped' });
  expect([byPerson.stopped.length, await byPerson.end()]).toEqual([1, 'stopped']);
  const byEnd = await openErrand({ runs: false });
  byEnd.person.abort(new Error('the gateway stops'));
  expect(await byEnd.answer).toMatchObject({ ok: false, reason: 'stopped' });
  expect([byEnd.stopped.length, await byEnd.end()]).toEqual([0, undefined]);
});

it('/stop ends what waits for another agent, and what that one does for it', async () => {
  const { hire, send, say, replyTo, asked, call, store, profile } = await openOffice();
  await hire({ atom: 'intern', clerk: 'intern' });
  const sent = await send('ask clerk to make folder photos');
  const card = await asked();
  expect(await say('/stop')).toContain('Stopped');
  expect(await replyTo(sent)).toMatch(/[Ss]topped/);
  await until('the end of the errand', async () =>
    (await store.all(`SELECT result FROM spool WHERE channel = 'agent'`)).every(
      ({ result }) => result === 'stopped',
    ),
  );
  // A yes that comes too late does nothing.
  await call('approvals.answer', { ref: card.id, verdict: 'approve', typed: true });
  expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
});

it('a kill loses no errand: the next start asks again, and brings the answer to whoever waited', async () => {
  const first = await openOffice();
  await first.hire({ atom: 'intern', clerk: 'intern' });
  const sent = await first.send('ask clerk to make folder photos');
  await first.asked();
  // What a kill leaves on the disk: nothing was said to it any more.
  const folder = dirname(first.profile.paths.database);
  const next = await openOffice({}, {}, ({ paths }) =>
    cpSync(folder, dirname(paths.database), { recursive: true }),
  );
  const card = await next.asked();
  await next.call('approvals.answer', { ref: card.id, verdict: 'approve', typed: true });
  expect(await next.replyTo(sent)).toMatch(/^clerk answers: /);
  expect(existsSync(join(next.profile.jail, 'photos'))).toBe(true);
  expect(await next.store.all('SELECT asked FROM errand')).toEqual([{ asked: 'clerk' }]);
});
