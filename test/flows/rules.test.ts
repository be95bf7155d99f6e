import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/domain/card.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type Authenticator, enrol } from './stage/authenticator.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

const cli = (...words: readonly string[]) => atom(profile, words);
const bodies = (kind: string): readonly Record<string, unknown>[] =>
  profile
    .rows<{ body: string }>('SELECT body FROM audit WHERE kind = ? ORDER BY seq', kind)
    .map(({ body }) => JSON.parse(body));
const cards = (): readonly Card[] =>
  seat.events.flatMap((event) =>
    event.kind === 'approval.asked' && event.card.kind === 'command' ? [event.card] : [],
  );

/** Says a command that is asked about; resolves to its event and its card. */
async function asked(text: string) {
  const before = cards().length;
  const event = await seat.say(text);
  const card = await until(`a question about ${text}`, () => cards()[before]);
  return { event, card };
}

const addRule = [
  ...['rules', 'add', 'no-touch', '--deny', '--reason', 'I make files myself', '--jail', 'work'],
  ...['--example', 'touch a b', '--', 'touch', '**'],
];

describe('the owner’s rules', () => {
  it('hold from the next command on, with their reason, and until they are taken away', async () => {
    expect((await cli(...addRule)).code).toBe(0);
    expect(await seat.ask('run touch x')).toContain('I make files myself (your rule no-touch)');
    expect(await seat.ask('run /usr/bin/touch x')).toContain('your rule no-touch');
    expect(cards()).toEqual([]);
    expect((await cli('rules', 'remove', 'no-touch')).code).toBe(0);
    const { event, card } = await asked('run touch x');
    await seat.decide(card, 'deny');
    await seat.answerTo(event);
    expect(bodies('rules.changed').map(({ loosened }) => loosened)).toEqual([[], ['no-touch']]);
    // Loosening is an act of trust: it was decided about like everything else.
    expect(bodies('begun')).toContainEqual(
      expect.objectContaining({ action: 'rules.loosen', complexity: 4 }),
    );
  });

  it('stay as they were where the file is not valid, and the file too', async () => {
    const before = readFileSync(profile.paths.configFile, 'utf8');
    const wrong = await cli(...addRule.slice(0, -3), '--not-example', 'touch', '--', 'touch', '**');
    expect(wrong.code).toBe(2);
    expect(wrong.err).toContain('does not fit, unlike touch');
    expect(readFileSync(profile.paths.configFile, 'utf8')).toBe(before);
  });

  it('are not taken away while one of them forbids that, and the file is put back', async () => {
    const freeze = [
      'rules',
      'add',
      'frozen',
      '--deny',
      '--reason',
      'no',
      '--action',
      'rules.loosen',
    ];
    expect((await cli(...freeze)).code).toBe(0);
    const before = readFileSync(profile.paths.configFile, 'utf8');
    const { code, err } = await cli('rules', 'remove', 'frozen');
    expect(code).toBe(7);
    expect(err).toContain('The rules stay as they were (frozen would be gone)');
    expect(readFileSync(profile.paths.configFile, 'utf8')).toBe(before);
    const { rules } = await seat.gateway.request('rules.list', {});
    expect(rules.map(({ name }) => name)).toEqual(['frozen']);
  });
});

describe('rules that were changed by hand while nothing ran', () => {
  it('are noted at the start, and those that are gone are named', async () => {
    const other = createProfile();
    const changed = () =>
      other
        .rows<{ body: string }>(`SELECT body FROM audit WHERE kind = 'rules.changed' ORDER BY seq`)
        .map(({ body }) => JSON.parse(body).loosened);
    const runOnce = async (text?: string): Promise<void> => {
      const once = await startGateway(other);
      try {
        if (text !== undefined) await once.logged(text);
      } finally {
        once.signal('SIGTERM');
        await once.ended;
      }
    };
    try {
      const rule = { name: 'no-touch', verdict: 'deny' as const, reason: 'no', program: 'touch' };
      other.configure({ rules: [rule] });
      await runOnce();
      await runOnce();
      other.configure({});
      await runOnce('the rule no-touch of the last run does not hold any more');
      expect(changed()).toEqual([[], ['no-touch']]);
    } finally {
      other.remove();
    }
  });
});

describe('a yes that stands', () => {
  const mkdir = 'run mkdir -p a/b';

  it('lets the same command pass unasked, counts it, and asks again once it is taken back', async () => {
    const first = await asked(mkdir);
    expect(first.card.offers?.map(({ words, extent }) => [words, extent])).toEqual([
      [['mkdir', '-p', 'a/b'], 'exact'],
    ]);
    const said = await cli('approvals', 'approve', first.card.code, '--always');
    expect(said.code).toBe(0);
    const [, id = ''] = /Allowed from now on as (s-\w+), and approved/.exec(said.out) ?? [];
    await seat.answerTo(first.event);
    const before = cards().length;
    await seat.ask(mkdir);
    expect(cards()).toHaveLength(before);
    const list = await cli('rules', 'list');
    expect(list.out).toContain(`${id}  mkdir -p a/b`);
    expect(list.out).toMatch(/given by terminal\/owner .* expires in 29 days · uses 1, last /);
    const longer = await asked(`${mkdir} c`);
    await seat.decide(longer.card, 'deny');
    await seat.answerTo(longer.event);
    expect((await cli('rules', 'remove', id)).code).toBe(0);
    const again = await asked(mkdir);
    await seat.decide(again.card, 'deny');
    await seat.answerTo(again.event);
    expect(bodies('begun').filter(({ standing }) => standing === id)).toHaveLength(1);
  });

  it('is suggested after five times, given by its approval, and still no match for a rule', async () => {
    for (let n = 0; n < 5; n++) {
      const { event, card } = await asked('run mkdir -p often');
      await seat.decide(card, 'approve');
      await seat.answerTo(event);
    }
    const { suggestions } = JSON.parse((await cli('rules', 'suggest', '--json')).out);
    expect(suggestions).toMatchObject([
      { approved: 5, offer: { words: ['mkdir', '-p', 'often'] } },
    ]);
    const allowed = await cli('rules', 'allow', suggestions[0].approval, '--for', '1h');
    expect(allowed.out).toMatch(/^Allowed for 1 hour as s-\w+: mkdir -p often$/m);
    expect((await cli('rules', 'suggest')).out).toBe('');
    const before = cards().length;
    await seat.ask('run mkdir -p often');
    expect(cards()).toHaveLength(before);
    const rule = ['rules', 'add', 'no-mkdir', '--ask', '--reason', 'look first', '--', 'mkdir'];
    expect((await cli(...rule)).code).toBe(0);
    const { card, event } = await asked('run mkdir -p often');
    expect(card.why).toContain('look first (your rule no-mkdir)');
    expect(card.offers).toBeUndefined();
    const refused = await cli('approvals', 'approve', card.code, '--always');
    expect(refused.code).toBe(7);
    await seat.decide(card, 'deny');
    await seat.answerTo(event);
  });
});

// Elsewhere the secret would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('rules and yeses, with a second factor', () => {
  let own: Profile;
  let running: GatewayProcess;
  let chair: Seat;
  let phone: Authenticator;
  beforeAll(async () => {
    own = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
    running = await startGateway(own);
    chair = await takeSeat(own);
    phone = await enrol(own);
  });
  afterAll(async () => {
    chair?.leave();
    await running?.kill();
    own?.remove();
  });

  const file = () => JSON.parse(readFileSync(own.paths.configFile, 'utf8'));
  const piped = (words: readonly string[], code: string) =>
    atom(own, [...words, '--totp-stdin'], `${code}\n`);

  it('adding a rule needs no code, taking one away does, and nothing is half done without', async () => {
    expect((await atom(own, addRule)).code).toBe(0);
    const before = file();
    const remove = ['rules', 'remove', 'no-touch'];
    for (const refused of [await atom(own, remove), await piped(remove, '000000')]) {
      expect(refused.code).toBe(4);
      expect(file()).toEqual(before);
    }
    const { rules } = await chair.gateway.request('rules.list', {});
    expect(rules.map(({ name }) => name)).toEqual(['no-touch']);
    expect((await atom(own, ['config', 'unset', 'rules'])).code).toBe(4);
    expect(file()).toEqual(before);
    expect((await piped(remove, phone.recovery())).code).toBe(0);
    expect(file().rules).toEqual([]);
  });

  it('a yes stands only with a code, and without one the request still waits', async () => {
    const event = await chair.say('run mkdir -p site');
    const card = await until('a question', () =>
      chair.events
        .flatMap((one) => (one.kind === 'approval.asked' ? [one.card] : []))
        .find(({ kind }) => kind === 'command'),
    );
    const always = ['approvals', 'approve', card.code, '--always'];
    expect(await atom(own, always)).toMatchObject({ code: 4 });
    expect(await piped(always, '000000')).toMatchObject({ code: 4 });
    expect(own.rows('SELECT * FROM standing')).toEqual([]);
    expect(
      own.rows(`SELECT 1 FROM approval WHERE id = ? AND state = 'pending'`, card.id),
    ).toHaveLength(1);
    const given = await piped(always, phone.recovery());
    expect(given).toMatchObject({ code: 0, out: expect.stringContaining('and approved') });
    await chair.answerTo(event);
    await chair.ask('run mkdir -p site');
    expect(own.rows('SELECT uses FROM standing')).toEqual([{ uses: 1 }]);
  });
});
