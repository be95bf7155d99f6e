import { expect, it } from 'vitest';
import type { Role } from '../../../src/domain/role.ts';
import { chatGate } from '../../../src/governance/people/chat-gate.ts';

const AGENT = { kind: 'agent', id: 'atom' } as const;
const asked = (action: string) => ({ id: 'i', action, resource: {}, context: { event: 'e' } });

const gate = (role: Role | undefined, worksFor: boolean, action: string) =>
  chatGate({ role: async () => role, worksFor: async () => worksFor }, AGENT, asked(action));

it('an agent does nothing for somebody who has agents of their own that it is none of, but say so', async () => {
  for (const action of [
    'shell.exec',
    'file.read',
    'llm.complete',
    'feed.post',
    'memory.read',
    'agent.ask',
  ])
    expect(await gate('member', false, action)).toMatchObject({
      ok: false,
      reason: 'blocked',
      message: expect.stringContaining('none of your agents'),
    });
  expect(await gate('member', false, 'message.reply')).toBeUndefined();
  expect(await gate('member', true, 'shell.exec')).toBeUndefined();
});

it('whoever is known no more is not even told that', async () => {
  expect(await gate(undefined, false, 'message.reply')).toMatchObject({ reason: 'blocked' });
  expect(await gate('guest', false, 'shell.exec')).toMatchObject({
    message: expect.stringContaining('You are a guest here'),
  });
});
