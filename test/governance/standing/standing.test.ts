import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lifetimes, type Offer } from '../../../src/domain/standing-approval.ts';
import { createAudit } from '../../../src/governance/audit/append.ts';
import { covers } from '../../../src/governance/standing/covers.ts';
import { offersFor } from '../../../src/governance/standing/offers.ts';
import { createStanding } from '../../../src/governance/standing/standing.ts';
import { newestEntries } from '../../../src/store/tables/audit.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';
import { type Asked, caseOf } from './case.ts';

const push = { words: ['git', 'push', 'origin', 'main'] };

function offered(asked: Asked, at = 0): Offer {
  const offer = offersFor(caseOf(asked))[at];
  if (!offer) throw new Error('nothing is offered');
  return offer;
}

describe('a standing approval', () => {
  const word = fc.constantFrom(
    'git',
    'push',
    'origin',
    'main',
    'touch',
    'a',
    '-f',
    'b/c',
    '/tmp/git',
  );
  const asked: fc.Arbitrary<Asked> = fc.record({
    words: fc.array(word, { minLength: 1, maxLength: 5 }),
    agent: fc.constantFrom('atom', 'other'),
    jail: fc.constantFrom('work', 'home'),
    channel: fc.constantFrom('terminal', 'telegram'),
    sender: fc.constantFrom('owner', '42'),
    program: fc.constantFrom('/usr/bin/git', '/usr/local/bin/git', '/usr/bin/touch'),
    cwd: fc.constantFrom('', 'site'),
  });

  it('covers what it was offered for, and no other agent, jail, sender, folder, program or words', () => {
    fc.assert(
      fc.property(asked, asked, (first, second) => {
        const [exact] = offersFor(caseOf(first));
        fc.pre(exact !== undefined);
        expect(covers(exact, caseOf(first))).toBe(true);
        const same =
          JSON.stringify(Object.entries(first).sort()) ===
          JSON.stringify(Object.entries(second).sort());
        expect(covers(exact, caseOf(second))).toBe(same);
      }),
      { numRuns: 500 },
    );
  });

  it('covers no longer words, unless as a beginning, and then none that could do more', () => {
    fc.assert(
      fc.property(fc.array(fc.string(), { minLength: 1, maxLength: 3 }), (more) => {
        const longer = caseOf({ words: [...push.words, ...more] });
        expect(covers(offered(push), longer)).toBe(false);
        if (covers(offered(push, 1), longer))
          for (const one of more) expect(one).not.toMatch(/^[-+/~]|:|=|(^|\/)\.\.(\/|$)/);
      }),
    );
  });

  it.each([
    ['-f'],
    ['--force'],
    ['+main'],
    [':main'],
    ['main:prod'],
    ['../other'],
    ['/etc'],
    ['a/../../b'],
    [''],
  ])('as a beginning does not cover %j', (more) => {
    const prefix = offered(push, 1);
    expect(covers(prefix, caseOf({ words: ['git', 'push', 'origin', more] }))).toBe(false);
    expect(covers(prefix, caseOf({ words: ['git', 'push', 'origin', 'main', more] }))).toBe(false);
  });

  it('as a beginning covers further names, at least one', () => {
    const prefix = offered(push, 1);
    expect(covers(prefix, caseOf({ words: ['git', 'push', 'origin', 'dev', 'v1.2'] }))).toBe(true);
    expect(covers(prefix, caseOf({ words: ['git', 'push', 'origin'] }))).toBe(false);
  });

  it('as a beginning never covers what destroys, even where somebody kept it by hand', () => {
    const rm: Offer = { ...offered({ words: ['rm', '-rf', 'build/'] }), extent: 'prefix' };
    const words = ['rm', '-rf', 'build/', '--no-preserve-root', '/'];
    expect(covers(rm, caseOf({ words }))).toBe(false);
    const destroys = {
      words: ['git', 'push', 'origin', 'dev'],
      maturity: 'autonomous',
      complexity: 4,
    } as const;
    expect(covers(offered(push, 1), caseOf(destroys))).toBe(false);
  });

  it.each([
    [
      'git of another folder',
      { words: ['/tmp/git', 'push', 'origin', 'main'], program: '/tmp/git' },
    ],
    ['a link to another program', { ...push, program: '/usr/bin/other' }],
    ['options before the words', { words: ['git', '-c', 'a=b', 'push', 'origin', 'main'] }],
    ['a jail that may do more now', { ...push, access: 'work (read-write, network)' }],
    ['a text on standard input', { ...push, stdin: 'x' }],
  ])('does not cover %s', (_, other) => {
    expect(covers(offered(push), caseOf(other))).toBe(false);
    expect(covers(offered(push, 1), caseOf(other))).toBe(false);
  });
});

async function keep(offer: Offer, lifetime: keyof typeof lifetimes) {
  const { store } = await freshStore();
  const clock = heldClock();
  const standing = createStanding({ store, clock, audit: createAudit(clock) });
  const given = await standing.give(offer, {
    lifetimeMs: lifetimes[lifetime],
    by: 'terminal/owner',
  });
  const use = (id = given.id) => store.tx((sql) => standing.use(sql, id));
  return { store, clock, standing, given, use };
}

describe('the yeses that stand', () => {
  it('are found for what they cover, and count their uses', async () => {
    const { standing, given, use, clock } = await keep(offered(push), '30d');
    expect((await standing.covering(caseOf(push)))?.id).toBe(given.id);
    expect(await standing.covering(caseOf({ ...push, sender: '7' }))).toBeUndefined();
    clock.pass(5);
    expect(await use()).toBe(true);
    expect(await standing.list()).toEqual([{ ...given, uses: 1, lastUsedAt: clock.now() }]);
  });

  it.each([
    ['1h', 3_600_000],
    ['30d', 30 * 86_400_000],
  ] as const)('given for %s end with it, found or not', async (lifetime, ms) => {
    const { standing, clock, use } = await keep(offered(push), lifetime);
    clock.pass(ms - 1);
    expect(await standing.covering(caseOf(push))).toBeDefined();
    clock.pass(1);
    expect(await standing.covering(caseOf(push))).toBeUndefined();
    expect(await use()).toBe(false);
    expect(await standing.list()).toEqual([]);
  });

  it('hold no more once they are taken back, also for what was found just before', async () => {
    const { standing, given, use, store } = await keep(offered(push), '30d');
    expect((await standing.revoke(given.id))?.words).toEqual(push.words);
    expect(await standing.revoke(given.id)).toBeUndefined();
    expect(await use()).toBe(false);
    expect(await standing.covering(caseOf(push))).toBeUndefined();
    expect((await newestEntries(store, { limit: 9 })).map(({ kind }) => kind)).toEqual([
      'standing.revoked',
      'standing.given',
    ]);
  });
});
