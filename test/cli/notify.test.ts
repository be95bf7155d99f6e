import { afterAll, beforeAll, expect, it } from 'vitest';
import { createReadyWorld, type World } from './world.ts';

let world: World;
beforeAll(async () => {
  world = await createReadyWorld();
});
afterAll(() => world.remove());

const notices = async () =>
  JSON.parse((await world.run(['notify', 'list', '--json'])).stdout).notices;

it('what is told to chats is chosen, shown and taken out again from the command line', async () => {
  const add = (...words: string[]) =>
    world.run(['notify', 'add', 'night', '--to', 'telegram', ...words]);
  const good = [
    '--events',
    'panic,job.failed',
    '--quiet-hours',
    '22:00-07:00',
    '--zone',
    'Europe/Berlin',
  ];
  const nowhere = await add('--events', 'panic');
  expect(nowhere).toMatchObject({
    code: 1,
    stderr: expect.stringContaining('atom channels add telegram'),
  });
  await world.run(['config', 'set', 'channels.telegram.enabled', 'true']);
  const [unknown, early, done] = [
    await add('--events', 'lunch'),
    await add('--events', 'panic', '--digest', '8'),
    await add(...good, '--template', '{time} {text}'),
  ];
  expect([unknown.code, early.code, done.code]).toEqual([2, 2, 0]);
  expect(done.stderr).toContain('Where you are not paired there yet:   atom pair telegram');
  expect(unknown.stderr).toContain('Nothing tells of "lunch"');
  expect(early.stderr).toContain('a time of day, such as 08:00');
  const night = {
    name: 'night',
    to: 'telegram',
    events: ['panic', 'job.failed'],
    template: '{time} {text}',
    quiet: '22:00-07:00',
    zone: 'Europe/Berlin',
  };
  expect(await notices()).toEqual([night]);
  const removed = await world.run(['notify', 'remove', 'night']);
  expect(await notices()).toEqual([]);
  // What it says that undoes it does.
  const undo = /Undo: {3}atom (.*)/.exec(removed.stderr)?.[1] ?? '';
  const words = [...undo.matchAll(/'([^']*)'|(\S+)/g)].map(([, quoted, plain]) => quoted ?? plain);
  await world.run(words as string[]);
  expect(await notices()).toEqual([night]);
  expect((await world.run(['notify', 'remove', 'other'])).code).toBe(1);
  expect((await world.run(['notify', 'test', 'night'])).code).toBe(5);
});

it('an edition is shown with what it differs in and what holds here', async () => {
  const shown = await world.run(['edition']);
  expect(shown.stdout).toMatch(/days of the record, and of atom stats +30 +365 +30/);
  for (const words of [
    /5 +500 +5$/,
    /feed +90 +365 +90$/,
    /provider .* no +yes +no$/,
    /--by .* no +yes +no$/,
  ])
    expect(
      shown.stdout.split('\n').some((line) => words.test(line)),
      String(words),
    ).toBe(true);
  await world.run(['config', 'set', 'edition', 'enterprise']);
  await world.run(['config', 'set', 'retention.recordDays', '100']);
  const { stdout } = await world.run(['edition', '--json']);
  expect(JSON.parse(stdout)).toMatchObject({
    edition: 'enterprise',
    holds: { people: 500, recordDays: 100, feedDays: 365, analytics: true },
    editions: { personal: { recordDays: 30 }, enterprise: { recordDays: 365 } },
  });
});
