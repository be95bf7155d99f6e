import { isAbsolute, relative } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Agent } from '../../src/domain/agent.ts';
import type { JailSpec } from '../../src/domain/jail.ts';
import { chooseJail, isInside, type JailWish } from '../../src/domain/jail-choice.ts';

const jails: readonly JailSpec[] = [
  { name: 'work', folder: '/home/me/work', mode: 'read-write' },
  { name: 'notes', folder: '/home/me/notes', mode: 'read-write' },
];
const writer: Agent = {
  id: 'writer',
  name: 'writer',
  maturity: 'intern',
  model: 'offline',
  workspace: 'notes',
  paused: false,
};

/** The jail that is chosen, or how it is refused. */
function choose(wish: JailWish, agent?: Agent): string {
  try {
    return chooseJail(jails, wish, agent).name;
  } catch (error) {
    if (!(error instanceof AtomError)) throw error;
    return `${error.code}${error.violates ? ', and that oversteps' : ''}`;
  }
}

describe('the jail of a request', () => {
  it('is the one it names, the one around its path, or the workspace', () => {
    expect(choose({ jail: 'work' }, writer)).toBe('work');
    expect(choose({ path: '/home/me/work/a' }, writer)).toBe('work');
    expect(choose({ path: 'a' }, writer)).toBe('notes');
    expect(choose({})).toBe('work');
    expect(choose({ jail: 'nowhere' }, writer)).toBe('blocked');
    expect(choose({ path: '/etc/passwd' }, writer)).toBe('blocked, and that oversteps');
  });

  it('is one that the agent may use, or none', () => {
    const held = { ...writer, jails: ['notes'] };
    expect(choose({}, held)).toBe('notes');
    expect(choose({ jail: 'work' }, held)).toBe('blocked');
    expect(choose({ path: '/home/me/work/a' }, held)).toBe('blocked, and that oversteps');
    expect(choose({}, { ...held, workspace: 'work' })).toBe('blocked');
    expect(choose({}, { ...held, jails: [] })).toBe('blocked');
  });
});

it('a path lies in a folder as Node would say, however either is written', () => {
  const part = fc.constantFrom('a', 'b', 'ab', '', '.', '..', '...', '..a', '.a');
  const path = fc.array(part, { maxLength: 5 }).map((parts) => `/${parts.join('/')}`);
  fc.assert(
    fc.property(path, path, (folder, within) => {
      const rest = relative(folder, within);
      const leadsOut = isAbsolute(rest) || rest === '..' || rest.startsWith('../');
      expect(isInside(folder, within)).toBe(rest === '' || !leadsOut);
    }),
    { numRuns: 2000 },
  );
});
