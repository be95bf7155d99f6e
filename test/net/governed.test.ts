import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Prepared } from '../../src/domain/action.ts';
import type { Maturity } from '../../src/domain/agent.ts';
import type { Labels } from '../../src/domain/label.ts';
import { complexityOf } from '../../src/governance/complexity.ts';
import { decide } from '../../src/governance/decide.ts';
import { createFetch } from '../../src/net/fetch.ts';
import { setGovernor } from '../governance/stage.ts';
import { type NetStage, openNet, PLAIN } from './net-stage.ts';

let net: NetStage;
beforeAll(async () => {
  net = await openNet();
});
afterAll(() => net.close());

const KNOWN = 'http://a.example/page';
const OTHER = 'https://other.example/page';
const clean: Labels = { integrity: 'owner', confidentiality: 'public' };
const strangers: Labels = { integrity: 'untrusted', confidentiality: 'private' };
const secret: Labels = { integrity: 'owner', confidentiality: 'secret' };

interface Asking {
  readonly maturity?: Maturity;
  readonly labels?: Labels;
  readonly said?: string;
}

async function verdictOf(
  resource: Json,
  { maturity = 'intern', labels = clean, said = '' }: Asking,
) {
  const prepared: Prepared = await net.prepare(resource);
  const { complexity, reasons, commands } = complexityOf('net.fetch', prepared);
  const decision = decide({
    principal: { kind: 'agent', id: 'atom' },
    maturity,
    complexity,
    reasons,
    subject: { action: 'net.fetch', commands, minute: 0 },
    window: { labels, sources: ['mail.txt'], said },
    targets: prepared.targets ?? [],
    leaves: prepared.leaves,
    sends: prepared.sends,
    asks: prepared.asks,
    rules: [],
    secondFactor: false,
  });
  return `${decision.verdict} ${complexity}`;
}

describe('whether something is fetched', () => {
  const post = { url: KNOWN, method: 'POST', body: 'x' };
  it.each<[string, string, Json, Asking]>([
    ['allow 1', 'a host that was allowed', { url: KNOWN }, {}],
    ['allow 1', 'the same, by a student', { url: KNOWN }, { maturity: 'student' }],
    ['ask 3', 'another host', { url: OTHER }, {}],
    ['ask 3', 'another host, by the most mature', { url: OTHER }, { maturity: 'autonomous' }],
    ['deny 3', 'another host, by a student', { url: OTHER }, { maturity: 'student' }],
    ['ask 3', 'a body', post, {}],
    [
      'allow 3',
      'a body to a host that was allowed, by who may change things',
      post,
      { maturity: 'supervised' },
    ],
    ['ask 3', 'a body to another host', { ...post, url: OTHER }, { maturity: 'autonomous' }],
    ['ask 4', 'what deletes', { url: KNOWN, method: 'DELETE' }, { maturity: 'supervised' }],
    ['ask 1', 'after words of strangers', { url: KNOWN }, { labels: strangers }],
    [
      'allow 1',
      'what the owner named just so',
      { url: KNOWN },
      { labels: strangers, said: `see ${KNOWN}, please` },
    ],
    [
      'ask 1',
      'more than the owner named',
      { url: `${KNOWN}?q=diary` },
      { labels: strangers, said: KNOWN },
    ],
    [
      'ask 3',
      'a body to what the owner named',
      post,
      { labels: strangers, said: KNOWN, maturity: 'autonomous' },
    ],
    [
      'ask 1',
      'a header of its own to what the owner named',
      { url: KNOWN, headers: { 'x-a': 'diary' } },
      { labels: strangers, said: KNOWN },
    ],
    [
      'ask 1',
      'more in a usual header than it takes to what the owner named',
      { url: KNOWN, headers: { 'user-agent': 'a'.repeat(201) } },
      { labels: strangers, said: KNOWN },
    ],
    [
      'deny 1',
      'anything once a secret was seen',
      { url: KNOWN },
      { labels: secret, said: KNOWN, maturity: 'autonomous' },
    ],
  ])('%s: %s', async (expected, _, resource, asking) => {
    expect(await verdictOf(resource, asking)).toBe(expected);
  });

  it('is asked with the host, the method and everything that leaves', async () => {
    const { card } = await net.prepare({
      url: 'http://a.example/form?x=1',
      method: 'PUT',
      body: 'name: Dana',
      headers: { 'x-note': 'hello', authorization: 'Bearer abcdefgh' },
    });
    expect(card).toMatchObject({
      kind: 'network',
      words: ['PUT http://a.example/form?x=1'],
      detail: 'x-note: hello\nauthorization: not shown (15 characters)\n\nname: Dana',
      undo: 'what was sent cannot be taken back',
    });
    expect(card.may[0]).toContain(
      'tell a.example this address and what is below, for everybody on',
    );
  });

  it('is done once a yes came, as a stranger’s words, and is on record without its key', async () => {
    net.serve((asked, answer) => answer.end(`you are ${asked.headers.authorization}`));
    const action = createFetch({ outside: net.outside, settings: { ...PLAIN, allow: [] } });
    const stage = await setGovernor({
      actions: [action],
      answer: ({ id }) =>
        void stage.approvals.answer({
          ref: id,
          verdict: 'approve',
          typed: true,
          by: { surface: 'terminal', id: 'owner' },
        }),
    });
    const outcome = await stage.perform({
      id: 'f1',
      action: 'net.fetch',
      context: {},
      resource: { url: KNOWN, headers: { authorization: 'Bearer k3y-of-the-owner' } },
    });
    expect(outcome).toMatchObject({ ok: true, value: { text: 'you are Bearer k3y-of-the-owner' } });
    expect(stage.asked).toHaveLength(1);
    const kept = [
      ...(await stage.store.all('SELECT request, card FROM approval')),
      ...(await stage.store.all('SELECT body FROM audit')),
    ];
    expect(JSON.stringify(kept)).toContain('a.example');
    expect(JSON.stringify(kept)).not.toContain('k3y');
  });
});
