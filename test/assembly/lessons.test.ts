import { expect, it } from 'vitest';
import { teaching } from '../../src/assembly/lessons.ts';
import { createBus } from '../../src/bus/bus.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Lesson } from '../../src/domain/lesson.ts';

const act = (name: string, execute: Action['execute']): Action => ({
  name,
  execute,
  prepare: () => expect.unreachable('nothing is prepared here'),
});

it('an act that teaches something tells so once it is done, and no other act does', async () => {
  const bus = createBus();
  const learned: Lesson[] = [];
  bus.on('learned', (lesson) => learned.push(lesson));
  const approve = act('skill.trust', async () => ({ skill: 'deploy', digest: 'd' }));
  const failing = act('skill.trust', async () => expect.unreachable('it changed'));
  const resume = act('halt.resume', async () => null);
  const [first, second, third] = teaching(bus, [approve, failing, resume]);
  const never = new AbortController().signal;
  const run = (one?: Action) => one?.execute({} as never, never, () => undefined);
  await expect(run(second)).rejects.toThrow('it changed');
  await run(third);
  expect(learned).toEqual([]);
  expect(await run(first)).toMatchObject({ skill: 'deploy' });
  expect(learned).toEqual([{ words: 'Learned a skill: deploy may be used from now on.' }]);
});
