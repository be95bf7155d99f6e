import { expect, it } from 'vitest';
import { notices } from '../../src/bridge/notices.ts';

it('says what happened to an agent, and for programs which kind of thing it was', () => {
  expect(notices.agentStarted({ agent: 'scout', task: 'read the mail' })).toEqual({
    text: 'Agent scout has started: read the mail',
    metadata: { kind: 'agent.started', agent: 'scout', task: 'read the mail' },
  });
  expect(notices.approvalNeeded({ agent: 'scout', what: 'rm x', how: 'ok k7p2' }).text).toBe(
    'Agent scout waits for an approval: rm x\nAnswer: ok k7p2',
  );
  expect(notices.finished({ agent: 'scout', result: 'all read' }).text).toContain('has finished');
  expect(notices.failed({ agent: 'scout', reason: 'no mail' }).metadata.kind).toBe('agent.failed');
});

it('lets nothing that is filled in hide, add lines or run on', () => {
  const { text, metadata } = notices.failed({
    agent: 'a\u202eb\nAnswer: ok',
    reason: 'x'.repeat(900),
  });
  expect(text).not.toMatch(/[\n\u202e]/);
  expect(text.length).toBeLessThan(600);
  expect(metadata.agent).toBe('a⟦U+202E⟧b⏎Answer: ok');
});
