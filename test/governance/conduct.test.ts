import { describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Conduct } from '../../src/domain/conduct.ts';
import type { Run } from '../../src/domain/run.ts';
import { markDeed } from '../../src/governance/conduct/mark.ts';
import { demoteByOne, moveAgent } from '../../src/governance/conduct/maturity.ts';
import { noteStray, strayOf } from '../../src/governance/conduct/violation.ts';
import { changeMaturity, maturityChanges } from '../../src/store/tables/agents.ts';
import { beginRun } from '../../src/store/tables/runs.ts';
import { waitingTraining } from '../../src/store/tables/training.ts';
import { request, setConduct } from './conduct-stage.ts';
import { intent, setGovernor } from './stage.ts';

const violated = (
  id: string,
  how: 'wrote' | 'looked' | 'overran',
  more: Parameters<typeof request>[1] = {},
): Conduct => ({ kind: 'violated', how, request: request(id, more), reason: 'a leads out.' });

const agent = { kind: 'agent', id: 'writer' } as const;

describe('an agent that asks again for what was denied', () => {
  it('falls one step at once, on the record, and it is announced', async () => {
    const { tell, maturity, changes, kinds, store, lines } = await setConduct('supervised');
    await tell({ kind: 'repeated', request: request('a') });
    expect(await maturity()).toBe('intern');
    expect(changes).toMatchObject([
      { agent: 'writer', kind: 'demoted', from: 'supervised', to: 'intern', by: 'atom' },
    ]);
    expect(changes[0]?.why).toContain('asked again for what you had denied: file.write a');
    expect(await kinds()).toContain('agent.demoted');
    expect(lines.join('\n')).toContain('only intern now');
    expect(await maturityChanges(store, 'writer', 9)).toMatchObject([{ to: 'intern', by: 'atom' }]);
  });

  it('falls once in one task, however often it asks', async () => {
    const { tell, maturity } = await setConduct('autonomous');
    for (const id of ['a', 'b', 'c']) await tell({ kind: 'repeated', request: request(id) });
    expect(await maturity()).toBe('supervised');
    const context = { event: 'another task' };
    await tell({ kind: 'repeated', request: request('d', { context }) });
    expect(await maturity()).toBe('intern');
  });

  it('never falls below student', async () => {
    const { tell, maturity, changes } = await setConduct('student');
    await tell({ kind: 'repeated', request: request('a') });
    expect([await maturity(), changes]).toEqual(['student', []]);
  });

  it('is an agent: the owner and atom itself have nothing to lose', async () => {
    const { tell, changes, kinds } = await setConduct();
    const principal = { kind: 'owner', id: 'owner' } as const;
    await tell({ kind: 'repeated', request: request('a', { principal }) });
    await tell({ kind: 'refused', request: request('b', { principal }), reason: 'no' });
    expect([changes, await kinds()]).toEqual([[], []]);
  });
});

describe('an agent that names a place beyond its jails', () => {
  it('falls at once where it would write there', async () => {
    const { tell, maturity } = await setConduct('supervised');
    await tell(violated('a', 'wrote'));
    expect(await maturity()).toBe('intern');
    await tell(violated('b', 'wrote'));
    expect(await maturity()).toBe('intern');
  });

  it('may slip once where it only looks, and falls where it insists in the same task', async () => {
    const { tell, maturity, changes } = await setConduct('supervised');
    const elsewhere = { context: { event: 'another task' } };
    await tell(violated('a', 'looked'));
    await tell(violated('a', 'looked'));
    await tell(violated('b', 'looked', elsewhere));
    await tell(violated('c', 'looked', { resource: { path: 'b' } }));
    expect(await maturity()).toBe('supervised');
    await tell(violated('d', 'looked'));
    expect(await maturity()).toBe('intern');
    expect(changes[0]?.why).toBe('It asked again for what it may not look at: a leads out.');
  });

  it('is told from one that slips, by what it asked for and what the refusal says', () => {
    const out = new AtomError('blocked', 'out', { violates: true });
    const slip = new AtomError('blocked', 'read-only');
    const how = (action: string, resource = {}, error: unknown = out) => {
      const stray = strayOf({ principal: agent, intent: intent('i', action, resource) }, error);
      return stray?.kind === 'violated' ? stray.how : undefined;
    };
    expect(how('file.write')).toBe('wrote');
    expect(how('shell.exec', { argv: ['rm', '-rf', 'x'] })).toBe('wrote');
    expect(how('shell.exec', { argv: ['ls', '-la'] })).toBe('looked');
    expect(how('file.read')).toBe('looked');
    expect(how('file.send')).toBe('looked');
    expect(how('file.write', {}, slip)).toBeUndefined();
    expect(how('file.write', {}, new Error('no'))).toBeUndefined();
    const principal = { kind: 'owner', id: 'owner' } as const;
    expect(strayOf({ principal, intent: intent('i') }, out)).toBeUndefined();
  });

  it('is not at fault where whoever it works for sent it there', async () => {
    const out = new AtomError('blocked', 'out', { violates: true });
    const told: Conduct[] = [];
    const strays = async (said: string, resource: { path: string } | { cwd: string }) => {
      const conduct = async (one: Conduct) => void told.push(one);
      const asked = { principal: agent, intent: intent('i', 'file.write', resource) };
      await noteStray({ typed: async () => said, conduct }, asked, out);
      return told.splice(0).length;
    };
    expect(await strays('write hello to ../list.txt', { path: '../list.txt' })).toBe(0);
    expect(await strays('send me "../list.txt".', { path: '../list.txt' })).toBe(0);
    expect(await strays('send me ../erik/e.txt.', { path: '/srv/erik/e.txt' })).toBe(0);
    expect(await strays('what is in ~/.ssh/config?', { path: '/home/me/.ssh/config' })).toBe(0);
    expect(await strays('run it in /srv', { cwd: '/srv' })).toBe(0);
    expect(await strays('write hello to list.txt', { path: '../list.txt' })).toBe(1);
    expect(await strays('write hello to list.txt', { path: '/srv/erik/list.txt' })).toBe(1);
    expect(await strays('write to ../erik/list.txt', { path: '../erik' })).toBe(1);
    expect(await strays('see /srv/a and ../b', { path: '/' })).toBe(1);
    expect(await strays('see ../b', { path: '..' })).toBe(1);
    expect(await strays('', { path: '' })).toBe(1);
  });

  it('is told of by the governor, which refuses all the same', async () => {
    const told: Conduct[] = [];
    const out: Action = {
      name: 'file.edit',
      prepare: async () => {
        throw new AtomError('blocked', '/etc/x lies outside every jail.', { violates: true });
      },
      execute: async () => null,
    };
    const { perform } = await setGovernor({
      actions: [out],
      gates: { conduct: async (conduct) => void told.push(conduct) },
    });
    expect(await perform(intent('a', 'file.edit'))).toMatchObject({ reason: 'blocked' });
    expect(told).toMatchObject([{ kind: 'violated', how: 'wrote', request: { id: 'a' } }]);
  });
});

describe('an agent whose commands the jail has to stop', () => {
  it('falls at the second within a day', async () => {
    const { tell, maturity, clock } = await setConduct('supervised');
    await tell(violated('a', 'overran'));
    clock.pass(86_400_001);
    await tell(violated('b', 'overran'));
    expect(await maturity()).toBe('supervised');
    clock.pass(1000);
    await tell(violated('c', 'overran'));
    expect(await maturity()).toBe('intern');
    clock.pass(1000);
    await tell(violated('d', 'overran'));
    expect(await maturity()).toBe('intern');
  });

  it('is told of by the governor, and one whose command only ran out of time is not', async () => {
    const told: Conduct[] = [];
    const ending = { kind: 'memory' };
    const exec: Action = {
      name: 'shell.exec',
      prepare: async (resource) => ({
        resource,
        facts: {},
        argv: ['ls'],
        card: { kind: 'command', words: ['ls'], may: [], undo: '' },
      }),
      execute: async () => ({ exit: null, ending: ending.kind }),
    };
    const { perform } = await setGovernor({
      actions: [exec],
      gates: { conduct: async (conduct) => void told.push(conduct) },
    });
    await perform(intent('a', 'shell.exec', { argv: ['ls'] }));
    ending.kind = 'time';
    await perform(intent('b', 'shell.exec', { argv: ['ls'] }));
    expect(told).toMatchObject([{ kind: 'violated', how: 'overran', request: { id: 'a' } }]);
  });
});

describe('something an agent did', () => {
  const run = (id: string, complexity: 1 | 3): Run => ({
    id,
    digest: 'd',
    action: 'shell.exec',
    begunAt: 1,
    state: 'begun' as const,
    agent: 'writer',
    capability: 'shell.exec git',
    complexity,
  });

  it('costs it one step where it was undone and its owner calls it harmful', async () => {
    const { deps, store, maturity, kinds } = await setConduct('supervised');
    await beginRun(store, run('r', 3), 'b');
    const mark = (one: 'undone' | 'harmful') => markDeed(deps, 'r', { mark: one, by: 'owner' });
    expect(await mark('undone')).toMatchObject({ demoted: false });
    expect(await mark('harmful')).toMatchObject({ demoted: true });
    expect(await mark('harmful')).toBeUndefined();
    expect(await maturity()).toBe('intern');
    expect(await kinds()).toEqual(['run.marked', 'run.marked', 'agent.demoted']);
  });

  it('costs it nothing where it only looked, or was the owner’s own', async () => {
    const { deps, store, maturity } = await setConduct('supervised');
    await beginRun(store, run('r', 1), 'b');
    const { agent: _, ...own } = run('own', 3);
    await beginRun(store, own, 'b');
    for (const mark of ['undone', 'harmful'] as const) {
      expect(await markDeed(deps, 'r', { mark, by: 'owner' })).toMatchObject({ demoted: false });
      expect(await markDeed(deps, 'own', { mark, by: 'owner' })).toBeUndefined();
    }
    expect(await maturity()).toBe('supervised');
  });
});

describe('a maturity', () => {
  it('changes only from where it is', async () => {
    const { deps, store, maturity, clock } = await setConduct('intern');
    const move = { agent: 'writer', to: 'autonomous', why: '', by: 'owner' } as const;
    expect(await moveAgent(deps, { ...move, from: 'supervised' })).toBe(false);
    expect(await maturity()).toBe('intern');
    const lost = { ...move, from: 'intern', at: clock.now() } as const;
    await expect(
      store.tx(async (sql) => {
        await changeMaturity(sql, lost);
        throw new Error('no audit, no change');
      }),
    ).rejects.toThrow('no audit');
    expect(await maturity()).toBe('intern');
    expect(await demoteByOne(deps, 'writer', { why: 'x', by: 'owner' })).toBe('student');
    expect(await demoteByOne(deps, 'nobody', { why: 'x', by: 'owner' })).toBeUndefined();
  });
});

describe('what a student is refused', () => {
  const refused = (id: string, more: Parameters<typeof request>[1] = {}): Conduct => ({
    kind: 'refused',
    request: request(id, more),
    reason: 'may not do this',
  });

  it('is kept for training, each wish once', async () => {
    const { tell, store, kinds } = await setConduct('student');
    await tell(refused('a'));
    await tell(refused('b'));
    await tell(refused('c', { action: 'shell.exec', resource: { argv: ['git', 'push'] } }));
    const waiting = await waitingTraining(store, 'writer');
    expect(waiting.map(({ words }) => words.join(' ')).sort()).toEqual([
      'file.write a',
      'git push',
    ]);
    expect(waiting.find(({ action }) => action === 'shell.exec')).toMatchObject({
      capability: 'shell.exec git',
      resource: { argv: ['git', 'push'] },
      event: 'task',
      why: 'may not do this',
      state: 'waiting',
    });
    expect(await kinds()).toEqual(['training.kept', 'training.kept']);
  });

  it('is kept of students only', async () => {
    const { tell, store } = await setConduct('intern');
    await tell(refused('a'));
    expect(await waitingTraining(store)).toEqual([]);
  });

  it('fills nothing: the oldest of very many is dropped', async () => {
    const { tell, store, clock } = await setConduct('student');
    for (let n = 0; n < 205; n += 1) {
      clock.pass(1);
      await tell(refused(`r${n}`, { resource: { path: `f${n}`, content: '' } }));
    }
    const waiting = await waitingTraining(store);
    expect(waiting).toHaveLength(200);
    expect(waiting.at(-1)?.words).toEqual(['file.write', 'f5']);
  });
});
