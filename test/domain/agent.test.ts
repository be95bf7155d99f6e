import { describe, expect, it } from 'vitest';
import { isAbove, isAgentName, stepDown, stepUp } from '../../src/domain/agent.ts';
import { changeWords } from '../../src/domain/agent-change.ts';

describe('a maturity', () => {
  it('has one above and one below, but for the last', () => {
    expect([stepUp('student'), stepUp('autonomous')]).toEqual(['intern', undefined]);
    expect([stepDown('autonomous'), stepDown('student')]).toEqual(['supervised', undefined]);
    expect(isAbove('intern', 'student')).toBe(true);
    expect(isAbove('intern', 'intern')).toBe(false);
  });
});

describe('the name of an agent', () => {
  it('is short, plain, and no name of a conversation', () => {
    for (const name of ['atom', 'writer-2', 'a']) expect(isAgentName(name), name).toBe(true);
    for (const name of ['', 'main', 'A', '2nd', '-x', 'a b', 'a:b', 'ä', 'a'.repeat(33)])
      expect(isAgentName(name), name).toBe(false);
  });
});

describe('a change of an agent', () => {
  it('says whose doing it was', () => {
    const fall = {
      agent: 'w',
      kind: 'demoted',
      from: 'intern',
      to: 'student',
      why: 'Why.',
    } as const;
    expect(changeWords({ ...fall, by: 'atom' })).toBe(
      'The agent w is only student now (it was intern), at once and by itself. Why.',
    );
    expect(changeWords({ ...fall, by: 'owner' })).not.toContain('by itself');
  });
});
