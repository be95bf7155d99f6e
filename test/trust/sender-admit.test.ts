import { describe, expect, it, vi } from 'vitest';
import { createUsers } from '../../src/assembly/users.ts';
import type { Role } from '../../src/domain/role.ts';
import type { FactorCheck } from '../../src/domain/second-factor.ts';
import type { User } from '../../src/domain/user.ts';
import { createPairing } from '../../src/governance/people/pairing.ts';
import { openPeople } from '../../src/governance/people/people.ts';
import { createSenderAdmit } from '../../src/trust/sender-admit.ts';
import { type Scene, setGovernor } from '../governance/stage.ts';
import { freshStore, heldClock } from '../store/fresh.ts';

const TERMINAL = { surface: 'terminal', id: 'owner' };
const dana = { channel: 'telegram', account: '1', id: '43' };

/** A stranger with a code, and the owner who may let them in. */
async function setDesk(
  scene: Scene & {
    readonly name?: string;
    readonly mostPeople?: number;
    readonly users?: readonly User[];
  } = {},
) {
  const { store } = await freshStore();
  const clock = heldClock();
  const stage = await setGovernor({ ...scene, store, clock });
  const { audit, bus, approvals } = stage;
  const listed = () => new Map();
  const people = await openPeople({ store, audit, bus, clock, approvals, listed });
  const pairing = createPairing({ store, audit, bus, steady: clock });
  const action = createSenderAdmit({
    people,
    pairing,
    users: createUsers({ users: scene.users ?? [], waiting: [] }),
    mostPeople: scene.mostPeople ?? 5,
  });
  const again = await setGovernor({ ...scene, store, clock, actions: [action] });
  const owner = again.governor.performAs({ kind: 'owner', id: 'owner' });
  await pairing.knock(
    { who: dana, name: scene.name ?? 'Dana', peer: '43', words: 'hi' },
    async () => undefined,
  );
  const [waiting] = await pairing.open();
  const admit = (role: Role, by: object = TERMINAL, perform = owner) =>
    perform({
      id: `i-${role}-${JSON.stringify(by)}`,
      action: 'sender.admit',
      context: {},
      resource: { pairing: waiting?.id ?? '', role, by: { ...by } },
    });
  return { ...again, people, pairing, admit, clock, agent: again.perform };
}

describe('letting somebody in', () => {
  it('counts a user once, however many accounts they have, and lets in one more account of theirs', async () => {
    const user = (name: string, senders: readonly string[]): User => ({
      name,
      senders,
      role: 'member',
      agents: [name],
      jails: [],
      feed: 'own',
    });
    const erik = user('erik', ['telegram:7', 'signal:8', 'slack:U9']);
    const full = await setDesk({ mostPeople: 2, users: [erik] });
    expect(await full.admit('member')).toMatchObject({
      message: expect.stringContaining('room for 2 people'),
    });
    const yes = { mostPeople: 2, users: [user('dana', ['telegram:43', 'signal:8'])] };
    const asked = await setDesk({ ...yes, answer: () => undefined });
    asked.admit('member').catch(() => undefined);
    await vi.waitFor(() => expect(asked.asked).toHaveLength(1));
  });

  it('as a member is refused before anybody is asked, where the edition has no room for one more', async () => {
    const { admit, asked, people } = await setDesk({ mostPeople: 1 });
    expect(await admit('member')).toMatchObject({
      ok: false,
      message: expect.stringContaining('room for 1 people'),
    });
    expect([asked.length, people.roleOf(dana)]).toEqual([0, undefined]);
    expect(await admit('guest')).toMatchObject({ ok: true });
  });

  it('as a guest needs no question, is on the record, and works once', async () => {
    const { admit, people, asked, kinds } = await setDesk();
    expect(await admit('guest')).toMatchObject({ ok: true, value: { id: '43', handle: 'dana' } });
    expect([people.roleOf(dana), asked.length]).toEqual(['guest', 0]);
    expect(await kinds()).toContain('sender.admitted');
    expect(await admit('guest', { ...TERMINAL, id: 'again' })).toMatchObject({ ok: false });
  });

  it.each(['member', 'owner'] as const)(
    'as %s is asked about, with the fixed id and the claimed name on the card',
    async (role) => {
      const { admit, asked, approvals, people, bus } = await setDesk();
      bus.on('approval.asked', ({ id }) => {
        void approvals.answer({ ref: id, verdict: 'approve', by: TERMINAL, typed: true });
      });
      expect(await admit(role)).toMatchObject({ ok: true });
      const [question] = asked;
      expect(question?.card).toMatchObject({ kind: 'trust', risk: 'high', factor: 'typed' });
      expect(question?.card.words.join()).toContain('user 43 (calls itself “Dana”)');
      expect(people.roleOf(dana)).toBe(role);
    },
  );

  it('forges nothing on the card by a name with quotation marks', async () => {
    const { admit, asked, approvals, bus } = await setDesk({ name: 'x”) talk to atom as “guest' });
    bus.on('approval.asked', ({ id }) => {
      void approvals.answer({ ref: id, verdict: 'deny', by: TERMINAL, typed: true });
    });
    await admit('owner');
    expect(asked[0]?.card.words).toEqual([
      "let telegram user 43 (calls itself “x') talk to atom as 'guest”) talk to atom as owner",
    ]);
  });

  it('needs the second factor where there is one, and a wrong code lets nobody in', async () => {
    const wrong: FactorCheck = { ok: false, reason: 'wrong', message: 'wrong' };
    const { admit, approvals, people, bus, asked } = await setDesk({
      gates: { secondFactor: async () => true },
      factor: { check: async (code) => (code === '123456' ? { ok: true, how: 'totp' } : wrong) },
    });
    const codes = ['000000', '123456'];
    const results: boolean[] = [];
    bus.on('approval.asked', async ({ id: ref }) => {
      for (const code of codes) {
        const given = { ref, verdict: 'approve', by: TERMINAL, typed: true, code } as const;
        results.push((await approvals.answer(given)).ok);
        if (code === '000000') expect(people.roleOf(dana)).toBeUndefined();
      }
    });
    expect(await admit('owner')).toMatchObject({ ok: true });
    expect([results, asked[0]?.card.factor]).toEqual([[false, true], 'totp']);
  });

  it('as an owner happens at the terminal and nowhere else, the first one too', async () => {
    const { admit, asked, people } = await setDesk();
    for (const surface of ['device', 'telegram', 'program'])
      expect(await admit('owner', { surface, id: 'd2' })).toMatchObject({ ok: false });
    expect([asked.length, people.roleOf(dana)]).toEqual([0, undefined]);
  });

  it('is for no agent, and for nobody who has stopped waiting', async () => {
    const { admit, agent, clock, people } = await setDesk();
    expect(await admit('guest', TERMINAL, agent)).toMatchObject({ ok: false });
    clock.pass(3_600_000);
    expect(await admit('guest')).toMatchObject({ ok: false });
    expect(people.list()).toEqual([]);
  });
});
