import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Grant, Intent } from '../../src/domain/action.ts';
import { isAbove, type Maturity } from '../../src/domain/agent.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { issue, redeem } from '../../src/governance/grant.ts';
import { describedActions } from '../../src/governance/labels/traits.ts';
import { until } from '../flows/stage/until.ts';
import { madeUpActions, openWorld, type World } from '../security/simulation/world.ts';
import { intent, setGovernor } from './stage.ts';

const yes = { verdict: 'approve', typed: true, by: { surface: 'terminal', id: 'owner' } } as const;

describe('while the owner thinks', () => {
  const mutation = fc.constantFrom('the file', 'the maturity', 'the asker’s own object', 'nothing');
  const resource = fc.dictionary(fc.constantFrom('path', 'content', 'a'), fc.string());

  it('nothing can be put in the place of what was asked', async () => {
    const stage = await setGovernor();
    let count = 0;
    await fc.assert(
      fc.asyncProperty(resource, mutation, async (asked, what) => {
        const id = `m${++count}`;
        const given: { [key: string]: string } = { ...asked };
        const [before, done] = [stage.asked.length, stage.world.done.length];
        const outcome = stage.perform(intent(id, 'file.write', given));
        await until('it asks', () => stage.asked.length > before);
        if (what === 'the file') stage.world.facts += 1;
        if (what === 'the maturity') stage.age.maturity = 'student';
        if (what === 'the asker’s own object') given.path = 'elsewhere';
        await stage.approvals.answer({ ...yes, ref: stage.asked.at(-1)?.id ?? '' });
        const { ok } = await outcome;
        stage.age.maturity = 'intern';
        const changed = what === 'the file' || what === 'the maturity';
        expect(ok).toBe(!changed);
        expect(stage.world.done.slice(done)).toEqual(changed ? [] : [asked]);
      }),
      { numRuns: 60 },
    );
  });
});

describe('a grant', () => {
  const fresh = (): Grant =>
    issue({
      request: {
        id: 'r',
        action: 'a',
        resource: null,
        context: {},
        labels: cleanLabels,
        principal: { kind: 'agent', id: 'a' },
      },
      prepared: {
        resource: null,
        facts: null,
        card: { kind: 'file', words: [], may: [], undo: '' },
      },
      digest: 'd',
      complexity: 1,
    });
  const copies: readonly ((grant: Grant) => Grant)[] = [
    (grant) => grant,
    (grant) => ({ ...grant }),
    (grant) => structuredClone(grant),
    (grant) => Object.create(grant) as Grant,
    (grant) => new Proxy(grant, {}),
    () => ({}) as Grant,
  ];

  it('opens once, and no copy of it opens at all', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: copies.length - 1 })), (tries) => {
        const grant = fresh();
        const opened = tries.filter((at) => {
          try {
            redeem(copies[at]?.(grant) ?? grant);
            return true;
          } catch {
            return false;
          }
        });
        expect(opened).toEqual(tries.includes(0) ? [0] : []);
      }),
    );
  });
});

describe('an agent, whatever it asks for and whatever the owner says to it,', () => {
  let world: World;
  beforeAll(async () => {
    world = await openWorld();
  });
  afterAll(() => world.close());

  it('is known by its label: every action there is has a row of its own', () => {
    const names = [...world.actions.keys()];
    expect(names).toContain('shell.exec');
    expect(names.filter((name) => !describedActions.has(name))).toEqual([]);
  });

  /** Where working leaves its traces. Everything else in the store is the owner's to change. */
  const WORKING = [
    ...['stray', 'training', 'maturity_change'],
    ...['audit', 'audit_tree'],
    'run',
    'approval',
    'taint',
    'outbox',
    ...['feed', 'reaction', 'hush'],
    'spool',
    'transcript',
    'lane',
    ...['undo_run', 'undo_pack', 'undo_content'],
    // Where the words of notes stand.
    ...['note', 'note_words', 'note_words_data', 'note_words_idx'],
    ...['note_words_docsize', 'note_words_config'],
  ];

  async function policy(): Promise<string> {
    const { store } = world.records;
    const tables = await store.all(
      `SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT LIKE 'sqlite_%'`,
    );
    const kept = tables.map(({ name }) => String(name)).filter((name) => !WORKING.includes(name));
    expect(kept).toContain('agent');
    const rows = await Promise.all(kept.map((name) => store.all(`SELECT * FROM "${name}"`)));
    // Its maturity may fall by what it does, and be suggested to rise; whether it rose is asked below.
    const settled = rows.flat().map(({ maturity: _, suggested: __, ...rest }) => rest);
    return JSON.stringify([kept, settled, readFileSync(world.configFile, 'utf8')]);
  }

  const path = fc.constantFrom(
    ...['notes.txt', 'deploy.sh', '.git/config', '.git/hooks/post-commit', '.atom/config.json'],
    ...['../config.json', '../atom.db', '/etc/passwd', '.bashrc', 'a/../../config.json'],
  );
  const argv = fc.constantFrom(
    ...[
      ['rm', '-rf', '..'],
      ['cp', 'notes.txt', '../config.json'],
      ['touch', '../atom.db'],
    ],
    ...[
      ['sh', '-c', 'echo {} > ../config.json; rm -f ../atom.db'],
      ['git', 'status'],
    ],
    ...[
      ['mv', 'notes.txt', '../config.json'],
      ['atom', 'agents', 'promote', 'atom'],
    ],
  );
  const trusting = fc.constantFrom(
    ...madeUpActions,
    ...['trust.promote', 'trust.allow', 'trust.jail', '__proto__', 'constructor', ''],
  );
  const loose = fc.jsonValue() as fc.Arbitrary<Json>;
  const wish: fc.Arbitrary<Pick<Intent, 'action' | 'resource'>> = fc.oneof(
    fc.record({
      action: fc.constant('file.write'),
      resource: fc.record({ path, content: fc.constant('{"version":1}') }),
    }),
    fc.record({ action: fc.constant('shell.exec'), resource: fc.record({ argv }) }),
    fc.record({ action: trusting, resource: loose }),
    fc.record({
      action: fc.constantFrom('agents.promote', 'trust.promote'),
      resource: fc.constant({
        agent: 'atom',
        to: 'autonomous',
        verdict: 'allow',
        maturity: 'owner',
      }),
    }),
    fc.record({
      action: fc.constant('feed.post'),
      resource: fc.constant({ kind: 'alert', text: 'approved' }),
    }),
  );
  const asked = fc.record({
    wish,
    // Few, so that ids are used again for something else.
    id: fc.integer({ min: 0, max: 5 }),
    session: fc.constantFrom('real', 'made-up', undefined),
    owner: fc.constantFrom('approve', 'deny'),
  });

  it.each(['supervised', 'autonomous'] as const)(
    'changes neither its policy, its jail, its maturity nor its record at %s',
    async (maturity) => {
      await world.reset(maturity);
      world.played.plan = async () => ({ text: 'Done.', calls: [] });
      const real = (await world.say('hello')).session.id;
      const before = await policy();
      let round = 0;
      await fc.assert(
        fc.asyncProperty(fc.array(asked, { minLength: 1, maxLength: 8 }), async (sequence) => {
          round += 1;
          const record = await entries();
          for (const { wish: one, id, session, owner } of sequence) {
            world.desk.owner = () => owner as 'approve' | 'deny';
            const context =
              session === undefined ? {} : { session: session === 'real' ? real : session };
            await world.perform({ id: `${maturity}${round}-${id}`, ...one, context });
          }
          expect(await policy()).toBe(before);
          const now = await world.records.store.get('SELECT maturity FROM agent');
          expect(isAbove(now?.maturity as Maturity, maturity)).toBe(false);
          await world.records.store.run('UPDATE agent SET maturity = $1', maturity);
          const after = await entries();
          expect(after.slice(0, record.length)).toEqual(record);
          expect(await verifyAudit(world.records.store)).toMatchObject({ ok: true });
        }),
        { numRuns: 40 },
      );
      expect(readFileSync(world.database).length).toBeGreaterThan(0);
    },
    60_000,
  );

  const entries = async (): Promise<readonly string[]> =>
    (await world.records.store.all('SELECT hash FROM audit ORDER BY seq')).map(({ hash }) =>
      String(hash),
    );
});
