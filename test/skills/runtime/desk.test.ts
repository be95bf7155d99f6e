import { expect, it } from 'vitest';
import { createLog } from '../../../src/base/log.ts';
import type { ActionRequest } from '../../../src/domain/action.ts';
import type { SkillPermissions } from '../../../src/domain/skill.ts';
import { createDesk } from '../../../src/skills/runtime/desk.ts';

it('one call asks for five thousand things, and no more', async () => {
  let done = 0;
  const permissions = { fs: { read: ['**'], write: [] } } as unknown as SkillPermissions;
  const desk = createDesk(
    {
      performAs: () => async () => {
        done += 1;
        return { ok: true, value: { kind: 'text', text: 'x' } };
      },
      secrets: { collect: () => undefined },
      log: createLog(() => undefined),
    },
    {
      request: { id: 'r', principal: { kind: 'agent', id: 'a' }, context: {} } as ActionRequest,
      bounds: { skill: 'walker', permissions, ownJail: 'work' },
      scrub: {
        add: () => undefined,
        holds: () => false,
        printed: () => undefined,
        text: (text: string) => text,
        json: (value: never) => value,
      } as unknown as Parameters<typeof createDesk>[1]['scrub'],
      onUpdate: () => undefined,
      signal: new AbortController().signal,
    },
  );
  const read = () => desk.serve('fs.read', { path: 'a' });
  for (let n = 0; n < 5000; n++) await read();
  await expect(read()).rejects.toThrow('The skill walker has asked for 5,000 things in one call');
  expect(done).toBe(5000);
});
