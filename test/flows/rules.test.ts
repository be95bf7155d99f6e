import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Card } from '../../src/domain/card.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
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
