import { describe, expect, it } from 'vitest';
import { codeText, proofIn, readCode } from '../../../src/domain/pairing.ts';
import type { Sql, Store } from '../../../src/domain/store.ts';
import { createPairing } from '../../../src/governance/people/pairing.ts';
import { settleTimes } from '../../../src/store/tables/times.ts';
import { freshStore, heldClock } from '../../store/fresh.ts';
import { setPairing } from './stage.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const owner = { channel: 'telegram', role: 'owner' } as const;
const WRONG = '/link BBBB-BBBB';

describe('a link', () => {
  it('lets nobody in: it says who used it, for the owner to confirm within two minutes', async () => {
    const { pairing, told, link, clock } = await setPairing();
    const { token, pairing: begun } = await pairing.begin(owner);
    expect(token).toMatch(/^[A-Za-z0-9_-]{22}$/);
    expect(await link(`/start ${token}`)).toBe('matched');
    const who = { channel: 'telegram', account: '1', id: '43' };
    expect(told.changed).toMatchObject([{ id: begun.id, state: 'matched', role: 'owner', who }]);
    expect(await pairing.find(begun.id)).toMatchObject({ who, name: 'Dana K. @dana', peer: '43' });
    clock.pass(2 * MINUTE);
    expect([await pairing.find(begun.id), await pairing.open()]).toEqual([undefined, []]);
  });

  it('works by its code too, however that is written', async () => {
    for (const write of [codeText, (code: string) => code.toLowerCase()]) {
      const { pairing, link } = await setPairing();
      const { code } = await pairing.begin(owner);
      expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
      expect(await link(`/LINK ${write(code)}`)).toBe('matched');
    }
  });

  it('works once, not after five minutes, and not once there is another', async () => {
    const used = await setPairing();
    const { token, code } = await used.pairing.begin(owner);
    await used.link(`/start ${token}`, '43');
    expect(await used.link(`/start ${token}`, '44')).toBe('wrong');
    expect(await used.link(`/link ${code}`, '45')).toBe('wrong');
    const late = await setPairing();
    const old = await late.pairing.begin(owner);
    late.clock.pass(5 * MINUTE);
    expect(await late.link(`/start ${old.token}`)).toBe('wrong');
    const twice = await setPairing();
    const before = await twice.pairing.begin(owner);
    const after = await twice.pairing.begin(owner);
    expect(await twice.link(`/start ${before.token}`)).toBe('wrong');
    expect(await twice.link(`/start ${after.token}`, '44')).toBe('matched');
  });

  it('is for one channel only', async () => {
    const { pairing, link } = await setPairing();
    const { token } = await pairing.begin(owner);
    expect(await link(`/start ${token}`, '43', 'signal')).toBe('wrong');
    await pairing.begin({ channel: 'signal', role: 'owner' });
    expect(await link(`/start ${token}`)).toBe('matched');
  });

  it('is void after five wrong codes, whoever gave them, and the owner is told', async () => {
    const { pairing, told, link } = await setPairing();
    const { code, token } = await pairing.begin(owner);
    for (let i = 0; i < 5; i++) expect(await link(WRONG, `${50 + i}`)).toBe('wrong');
    expect(told.changed).toMatchObject([{ state: 'burnt' }]);
    expect(await link(`/link ${code}`, '60')).toBe('wrong');
    expect(await link(`/start ${token}`, '61')).toBe('wrong');
  });

  it('is kept as hashes alone: neither token nor code stands anywhere in the store or the record', async () => {
    const { pairing, link, store } = await setPairing();
    const { token, code } = await pairing.begin(owner);
    await link(WRONG);
    await link(`/start ${token}`, '44');
    const kept = await everything(store);
    for (const secret of [token, code, codeText(code)]) expect(kept).not.toContain(secret);
  });
});

describe('guessing', () => {
  it('is answered alike for wrong, used and expired, after the same look at the same rows', async () => {
    const { store, clock, pairing: first, link } = await setPairing();
    const used = await first.begin(owner);
    await link(`/start ${used.token}`, '70');
    const old = await first.begin({ ...owner, role: 'guest' });
    clock.pass(6 * MINUTE);
    const looks: string[][] = [];
    const watched = await setPairing({ store: watching(store, looks), clock });
    for (const [at, text] of [used.token, old.token, 'x'.repeat(22), 'odd'].entries())
      expect(await watched.link(`/start ${text}`, `${80 + at}`)).toBe('wrong');
    expect(watched.told.said).toEqual(['wrong', 'wrong', 'wrong', 'wrong']);
    expect(looks[0]?.length).toBeGreaterThan(5);
    for (const queries of looks) expect(queries).toEqual(looks[0]);
  });

  it('five times in an hour is followed by a day of silence, even for the right code', async () => {
    const { pairing, told, link, clock, knock } = await setPairing();
    for (let i = 0; i < 5; i++) await link(WRONG);
    const { token } = await pairing.begin(owner);
    clock.pass(24 * HOUR - 1);
    expect(await link(WRONG)).toBe('silent');
    expect([await link(`/start ${token}`), await knock('43')]).toEqual(['silent', 'silent']);
    expect(told.said).toEqual(Array(5).fill('wrong'));
    clock.pass(1);
    const fresh = await pairing.begin(owner);
    expect(await link(`/start ${fresh.token}`)).toBe('matched');
  });

  it('slower than that is only answered', async () => {
    const { link, clock } = await setPairing();
    for (let i = 0; i < 12; i++) {
      expect(await link(WRONG)).toBe('wrong');
      clock.pass(HOUR / 4);
    }
  });

  it('a thousand times locks pairing for an hour, alerts once an hour, and lets nobody in', async () => {
    const { pairing, told, link, clock, kinds } = await setPairing();
    const { code } = await pairing.begin(owner);
    const results = new Map<string, number>();
    for (let i = 0; i < 1000; i++) {
      const guess = readCode(codeText(code)) === 'BBBBBBBB' ? '/link CCCCCCCC' : WRONG;
      const came = await link(guess, `${1000 + i}`);
      results.set(came, (results.get(came) ?? 0) + 1);
    }
    expect(Object.fromEntries(results)).toEqual({ wrong: 20, silent: 980 });
    expect(told.locked).toEqual([clock.now() + HOUR]);
    expect(await link(`/link ${code}`, '9999')).toBe('silent');
    await expect(pairing.begin(owner)).rejects.toThrow('nobody can be paired before');
    expect(told.changed.map(({ state }) => state)).toEqual(['burnt']);
    const recorded = await kinds();
    expect(recorded.filter((kind) => kind === 'pairing.wrong')).toHaveLength(20);
    expect(recorded).not.toContain('pairing.matched');
    clock.pass(HOUR);
    const fresh = await pairing.begin(owner);
    expect(await link(`/link ${fresh.code}`, '9999')).toBe('matched');
  });

  it('is counted on after a restart, whatever the clock was set to meanwhile', async () => {
    const clock = heldClock();
    const { store } = await freshStore();
    const before = await setPairing({ store, clock });
    for (let i = 0; i < 5; i++) await before.link(WRONG);
    for (let i = 0; i < 15; i++) await before.link(WRONG, `${100 + i}`);
    clock.pass(-10 * HOUR);
    await store.tx((sql) => settleTimes(sql, clock.now()));
    const after = await setPairing({ store, clock });
    await expect(after.pairing.begin(owner)).rejects.toThrow('nobody can be paired');
    clock.pass(HOUR);
    const { token } = await after.pairing.begin(owner);
    expect(await after.link(`/start ${token}`)).toBe('silent');
    expect(await after.link(`/start ${token}`, '44')).toBe('matched');
  });
});

describe('a stranger who writes', () => {
  it('gets a code for the owner, once an hour, which works for an hour', async () => {
    const { pairing, told, knock, clock } = await setPairing();
    expect([await knock('43'), await knock('43')]).toEqual(['told', 'silent']);
    const [code = ''] = told.said;
    expect(code).toMatch(/^[BCDFGHJKLMNPQRSTVWXZ]{8}$/);
    expect(await pairing.find(codeText(code).toLowerCase())).toMatchObject({
      kind: 'code',
      role: 'guest',
      who: { id: '43' },
      words: 'let me in',
    });
    clock.pass(HOUR);
    expect(await pairing.find(code)).toBeUndefined();
    expect(await knock('43')).toBe('told');
  });

  it('cannot let itself in by that code', async () => {
    const { told, knock, link } = await setPairing();
    await knock('43');
    expect(await link(`/link ${told.said[0]}`)).toBe('wrong');
    expect(await link(`/start ${told.said[0]}`, '44')).toBe('wrong');
  });

  it('is one of three at most for each account of ours; the others get no answer', async () => {
    const { told, knock, clock, pairing } = await setPairing();
    const came: string[] = [];
    for (let i = 0; i < 200; i++) came.push(await knock(`${100 + i}`));
    expect(came.slice(0, 4)).toEqual(['told', 'told', 'told', 'crowd']);
    expect([told.said.length, (await pairing.open()).length]).toEqual([3, 3]);
    clock.pass(HOUR);
    expect(await knock('500')).toBe('told');
  });

  it('who is refused gets no second code within the hour, and what they wrote is gone', async () => {
    const { store, pairing, told, knock } = await setPairing();
    await knock('43', 'a private matter');
    const found = await pairing.find(told.said[0] ?? '');
    if (!found) throw new Error('nobody waits');
    expect(await store.tx((sql) => pairing.end(sql, found, 'refused'))).toBe(true);
    expect(await store.tx((sql) => pairing.end(sql, found, 'done'))).toBe(false);
    expect(await knock('43')).toBe('silent');
    expect(await everything(store)).not.toContain('private matter');
  });

  it('has a code that is kept as a hash alone', async () => {
    const { store, told, knock } = await setPairing();
    await knock('43');
    expect(await everything(store)).not.toContain(told.said[0]);
  });
});

it('only a tapped link and a typed code are proofs', () => {
  expect(proofIn('/start')).toBeUndefined();
  expect(proofIn('/start now please')).toBeUndefined();
  expect(proofIn('hello /link BBBB-BBBB')).toBeUndefined();
  expect(proofIn('/linked')).toBeUndefined();
  expect(proofIn('/start short')).toEqual({ kind: 'token', text: '' });
  expect(proofIn('/link')).toEqual({ kind: 'code', text: '' });
  expect(proofIn('/link bbbb cccc')).toEqual({ kind: 'code', text: 'BBBBCCCC' });
  expect(proofIn('/link AEIO-UY01')).toEqual({ kind: 'code', text: '' });
});

it('what cannot be recorded does not happen', async () => {
  const { store, clock, bus } = await setPairing();
  const audit = async () => {
    throw new Error('disk full');
  };
  const pairing = createPairing({ store, audit, bus, steady: clock });
  await expect(pairing.begin(owner)).rejects.toThrow('disk full');
  expect(await pairing.open()).toEqual([]);
});

/** Every row of every table, as one text. */
async function everything(store: Store): Promise<string> {
  const tables = await store.all(`SELECT name FROM sqlite_master WHERE type = 'table'`);
  const rows = await Promise.all(tables.map(({ name }) => store.all(`SELECT * FROM ${name}`)));
  return JSON.stringify(rows);
}

/** A store that notes what each transaction asks for. */
function watching(store: Store, looks: string[][]): Store {
  const note = (sql: Sql, queries: string[]): Sql => {
    const noted = (query: string): string => {
      queries.push(query);
      return query;
    };
    return {
      all: (query, ...p) => sql.all(noted(query), ...p),
      get: (query, ...p) => sql.get(noted(query), ...p),
      run: (query, ...p) => sql.run(noted(query), ...p),
    };
  };
  return {
    ...store,
    tx: (work) =>
      store.tx((sql) => {
        const queries: string[] = [];
        looks.push(queries);
        return work(note(sql, queries));
      }),
  };
}
