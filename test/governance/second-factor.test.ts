import { generateSync } from 'otplib/functional';
import { describe, expect, it } from 'vitest';
import { createAudit } from '../../src/governance/audit/append.ts';
import { LOCK_MS } from '../../src/governance/second-factor/lock.ts';
import { createSecondFactor } from '../../src/governance/second-factor/second-factor.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { insertFactor } from '../../src/store/tables/second-factor.ts';
import { freshStore } from '../store/fresh.ts';

/** `12345678901234567890`, the secret of the vectors of RFC 6238. */
const RFC_SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';

/** A wall clock that can be set, beside one that cannot. */
function twoClocks(start = 1_700_000_010_000) {
  let [wall, mono] = [start, 0];
  return {
    now: () => wall,
    monotonic: () => mono,
    pass: (ms: number) => {
      wall += ms;
      mono += ms;
    },
    setBack: (ms: number) => {
      wall -= ms;
    },
  };
}

async function setFactor(more: { file?: string; clock?: ReturnType<typeof twoClocks> } = {}) {
  const { store, file } = await freshStore(more.file);
  const clock = more.clock ?? twoClocks();
  const kept: { secret?: string } = {};
  const locked: number[] = [];
  const open = () =>
    createSecondFactor({
      store,
      clock,
      audit: createAudit(clock),
      secrets: {
        get: async () => kept.secret,
        set: async (secret) => {
          kept.secret = secret;
        },
        remove: async () => {
          delete kept.secret;
        },
      },
      onLocked: (until) => locked.push(until),
    });
  const factor = open();
  const code = (steps = 0, secret = kept.secret ?? '') =>
    generateSync({ secret, epoch: Math.floor(clock.now() / 1000) + steps * 30 });
  const enrol = async () => {
    const { secret } = await factor.begin('default');
    const confirmed = await factor.confirm([code(-1, secret), code(0, secret)]);
    if (!confirmed.ok) throw new Error(confirmed.message);
    clock.pass(30_000);
    return confirmed.recoveryCodes;
  };
  const kinds = async () =>
    (await newestEntries(store, { limit: 100 })).map(({ kind }) => kind).toReversed();
  return { store, file, clock, kept, locked, factor, open, code, enrol, kinds };
}

/** The same with its first digit changed. */
const another = (code: string): string => `${(Number(code[0]) + 1) % 10}${code.slice(1)}`;

async function guess(
  { factor, code }: Awaited<ReturnType<typeof setFactor>>,
  times: number,
): Promise<void> {
  for (let n = 0; n < times; n++) await factor.check(another(code()), 'guess');
}

describe('a code of the second factor', () => {
  it.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_111_111_111, '050471'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
    [20_000_000_000, '353130'],
  ])('is that of RFC 6238 at second %i: %s', async (second, code) => {
    const stage = await setFactor({ clock: twoClocks(second * 1000) });
    stage.kept.secret = RFC_SECRET;
    await insertFactor(stage.store, { enrolledAt: 0, lastStep: 0 });
    expect(await stage.factor.check(another(code), 'a')).toMatchObject({ reason: 'wrong' });
    expect(await stage.factor.check(code, 'a')).toEqual({ ok: true, how: 'totp' });
  });

  it('may be one step late, and no more, and never early', async () => {
    const stage = await setFactor();
    await stage.enrol();
    stage.clock.pass(300_000);
    const [early, late, later] = [stage.code(1), stage.code(-1), stage.code(-2)];
    expect(await stage.factor.check(early, 'a')).toMatchObject({ reason: 'wrong' });
    expect(await stage.factor.check(later, 'a')).toMatchObject({ reason: 'wrong' });
    expect(await stage.factor.check(late, 'a')).toMatchObject({ ok: true });
  });

  it('may be written as phones show it', async () => {
    const stage = await setFactor();
    await stage.enrol();
    const code = stage.code();
    expect(await stage.factor.check(` ${code.slice(0, 3)} ${code.slice(3)}\n`, 'a')).toMatchObject({
      ok: true,
    });
  });

  it('works once, for one purpose: not again, not for another, and neither does an older one', async () => {
    const stage = await setFactor();
    await stage.enrol();
    const [older, code] = [stage.code(-1), stage.code()];
    expect(await stage.factor.check(code, 'one')).toEqual({ ok: true, how: 'totp' });
    expect(await stage.factor.check(code, 'one')).toMatchObject({ reason: 'replayed' });
    expect(await stage.factor.check(code, 'two')).toMatchObject({ reason: 'replayed' });
    expect(await stage.factor.check(older, 'two')).toMatchObject({ reason: 'replayed' });
    stage.clock.pass(30_000);
    expect(await stage.factor.check(stage.code(), 'two')).toMatchObject({ ok: true });
  });

  it('given twice at the same moment works once', async () => {
    const stage = await setFactor();
    await stage.enrol();
    const code = stage.code();
    const both = await Promise.all(['one', 'two'].map((use) => stage.factor.check(code, use)));
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('is not good again after the clock was set back', async () => {
    const stage = await setFactor();
    await stage.enrol();
    const code = stage.code();
    await stage.factor.check(code, 'one');
    stage.clock.setBack(3_600_000);
    expect(await stage.factor.check(stage.code(), 'two')).toMatchObject({ reason: 'replayed' });
    expect(await stage.factor.check(code, 'two')).toMatchObject({ reason: 'wrong' });
  });

  it('that was used stays used after a restart', async () => {
    const stage = await setFactor();
    await stage.enrol();
    const code = stage.code();
    await stage.factor.check(code, 'one');
    expect(await stage.open().check(code, 'two')).toMatchObject({ reason: 'replayed' });
  });

  it.each(['', '12345', '1234567', 'abcdef', '１２３４５６'])(
    'that is none, like “%s”, is no guess',
    async (text) => {
      const stage = await setFactor();
      await stage.enrol();
      for (let n = 0; n < 6; n++)
        expect(await stage.factor.check(text, 'a')).toMatchObject({ reason: 'wrong' });
      expect(stage.locked).toEqual([]);
    },
  );

  it('counts for nothing where there is no second factor', async () => {
    const { factor } = await setFactor();
    expect(await factor.enrolled()).toBe(false);
    expect(await factor.check('123456', 'a')).toMatchObject({ reason: 'not-enrolled' });
  });

  it('cannot be checked where the secret is gone or is another thing, and then counts for nothing', async () => {
    const stage = await setFactor();
    const [recovery = ''] = await stage.enrol();
    const code = stage.code();
    for (const secret of ['', 'nonsense', undefined]) {
      if (secret === undefined) delete stage.kept.secret;
      else stage.kept.secret = secret;
      expect(await stage.factor.check(code, 'a')).toMatchObject({ ok: false });
    }
    expect(await stage.factor.enrolled()).toBe(true);
    expect(await stage.factor.check(recovery, 'a')).toEqual({ ok: true, how: 'recovery' });
  });
});

describe('five codes that were refused', () => {
  it('lock for fifteen minutes, told once, whatever is given meanwhile', async () => {
    const stage = await setFactor();
    await stage.enrol();
    await guess(stage, 4);
    expect(stage.locked).toEqual([]);
    const until = stage.clock.now() + LOCK_MS;
    expect(await stage.factor.check(another(stage.code()), 'a')).toMatchObject({
      reason: 'locked',
      lockedUntil: until,
    });
    expect(stage.locked).toEqual([until]);
    stage.clock.pass(LOCK_MS - 1);
    expect(await stage.factor.check(stage.code(), 'a')).toMatchObject({ reason: 'locked' });
    expect(await stage.factor.status()).toMatchObject({ lockedUntil: until });
    stage.clock.pass(1);
    expect(await stage.factor.check(stage.code(), 'a')).toMatchObject({ ok: true });
    expect(stage.locked).toHaveLength(1);
  });

  it('are counted from the last good one', async () => {
    const stage = await setFactor();
    await stage.enrol();
    await guess(stage, 4);
    expect(await stage.factor.check(stage.code(), 'a')).toMatchObject({ ok: true });
    await guess(stage, 4);
    expect(stage.locked).toEqual([]);
  });

  it('may be replays or recovery codes, too', async () => {
    const stage = await setFactor();
    await stage.enrol();
    const code = stage.code();
    await stage.factor.check(code, 'a');
    for (let n = 0; n < 3; n++) await stage.factor.check(code, 'b');
    for (let n = 0; n < 2; n++) await stage.factor.check('aaaa-bbbb-cccc-dddd', 'b');
    expect(stage.locked).toHaveLength(1);
  });

  it('lock across a restart, and setting the clock back ends nothing early', async () => {
    const stage = await setFactor();
    await stage.enrol();
    await guess(stage, 5);
    stage.clock.pass(10 * 60_000);
    const again = stage.open();
    expect(await again.check(stage.code(), 'a')).toMatchObject({ reason: 'locked' });
    stage.clock.setBack(2 * 3_600_000);
    const back = stage.open();
    expect(await back.check(stage.code(), 'a')).toMatchObject({ reason: 'locked' });
    stage.clock.pass(LOCK_MS - 1);
    expect(await back.check(stage.code(), 'a')).toMatchObject({ reason: 'locked' });
    stage.clock.pass(2 * 3_600_000);
    expect(await back.check(stage.code(), 'a')).toMatchObject({ ok: true });
  });

  it('are not forgotten by a restart half-way', async () => {
    const stage = await setFactor();
    await stage.enrol();
    await guess(stage, 4);
    await stage.open().check(another(stage.code()), 'a');
    expect(stage.locked).toHaveLength(1);
  });
});

describe('a recovery code', () => {
  it('works once, as it is written or run together, and is kept as a hash only', async () => {
    const stage = await setFactor();
    const codes = await stage.enrol();
    expect(new Set(codes).size).toBe(10);
    const [first = '', second = ''] = codes;
    expect(first).toMatch(/^[a-z2-9]{4}(-[a-z2-9]{4}){3}$/);
    expect(await stage.factor.check(first, 'one')).toEqual({ ok: true, how: 'recovery' });
    expect(await stage.factor.check(first, 'one')).toMatchObject({ reason: 'replayed' });
    const joined = second.replaceAll('-', '').toUpperCase();
    expect(await stage.factor.check(joined, 'two')).toMatchObject({ ok: true });
    expect(await stage.factor.status()).toMatchObject({ recoveryCodes: 8 });
    const rows = JSON.stringify(await stage.store.all('SELECT * FROM recovery_code'));
    for (const code of codes) expect(rows).not.toContain(code.replaceAll('-', ''));
  });

  it('is void once new ones were made', async () => {
    const stage = await setFactor();
    const [old = ''] = await stage.enrol();
    const [fresh = ''] = await stage.factor.renewCodes();
    expect(await stage.factor.check(old, 'a')).toMatchObject({ reason: 'wrong' });
    expect(await stage.factor.check(fresh, 'a')).toMatchObject({ ok: true });
  });
});

describe('enrolling', () => {
  it('shows a secret that an authenticator reads, and takes two codes in a row', async () => {
    const stage = await setFactor();
    const { secret, uri } = await stage.factor.begin('default');
    expect(uri).toBe(`otpauth://totp/atom:default?secret=${secret}&issuer=atom`);
    expect(stage.kept.secret).toBeUndefined();
    const [before, now] = [stage.code(-1, secret), stage.code(0, secret)];
    for (const codes of [
      [now, now],
      [now, before],
      [stage.code(-2, secret), now],
      [before, '12345'],
    ] as const)
      expect(await stage.factor.confirm(codes)).toMatchObject({ ok: false });
    expect(await stage.factor.enrolled()).toBe(false);
    expect(await stage.factor.confirm([before, now])).toMatchObject({ ok: true });
    expect(await stage.factor.enrolled()).toBe(true);
    expect(stage.kept.secret).toBe(secret);
    expect(await stage.factor.check(now, 'a')).toMatchObject({ reason: 'replayed' });
  });

  it('waits ten minutes for the codes, and is forgotten after that', async () => {
    const stage = await setFactor();
    const { secret } = await stage.factor.begin('default');
    stage.clock.pass(600_000);
    const codes = [stage.code(-1, secret), stage.code(0, secret)] as const;
    expect(await stage.factor.confirm(codes)).toMatchObject({ ok: false });
    expect(await stage.factor.enrolled()).toBe(false);
  });

  it('does not replace a second factor that is there', async () => {
    const stage = await setFactor();
    await stage.enrol();
    await expect(stage.factor.begin('default')).rejects.toMatchObject({ code: 'usage' });
  });

  it('can be undone, and done again with another secret', async () => {
    const stage = await setFactor();
    const [old = ''] = await stage.enrol();
    const { secret } = stage.kept;
    await stage.factor.disable();
    expect(await stage.factor.enrolled()).toBe(false);
    expect(stage.kept.secret).toBeUndefined();
    await stage.enrol();
    expect(stage.kept.secret).not.toBe(secret);
    expect(await stage.factor.check(old, 'a')).toMatchObject({ reason: 'wrong' });
  });
});

it('everything about the second factor is on record, and no code and no secret is', async () => {
  const stage = await setFactor();
  const codes = await stage.enrol();
  const { secret = '' } = stage.kept;
  const given = [stage.code(), another(stage.code()), codes[0] ?? ''];
  for (const code of given) await stage.factor.check(code, 'delete photos');
  await stage.factor.renewCodes();
  await guess(stage, 5);
  await stage.factor.disable();
  expect(await stage.kinds()).toEqual([
    ...['factor.enrolled', 'factor.used', 'factor.failed', 'factor.used', 'factor.codes'],
    ...Array(5).fill('factor.failed'),
    ...['factor.locked', 'factor.disabled'],
  ]);
  const record = JSON.stringify(await stage.store.all('SELECT body FROM audit'));
  expect(record).toContain('delete photos');
  for (const code of [secret, ...given]) expect(record).not.toContain(code);
});

it('a check that cannot be recorded counts for nothing', async () => {
  const stage = await setFactor({ clock: twoClocks() });
  await stage.enrol();
  await stage.store.run('DROP TABLE audit');
  const code = stage.code();
  await expect(stage.factor.check(code, 'a')).rejects.toThrow();
  expect(await stage.store.get('SELECT failures FROM second_factor')).toEqual({ failures: 0 });
});
