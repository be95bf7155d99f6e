import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { builtInTools, skillTool } from '../../src/agent/tools.ts';
import type { Leaving } from '../../src/domain/action.ts';
import type { Complexity } from '../../src/domain/complexity.ts';
import { strictest, verdicts } from '../../src/domain/decision.ts';
import {
  cleanLabels,
  confidentialities,
  integrities,
  joinLabels,
  type Labels,
} from '../../src/domain/label.ts';
import { noPermissions } from '../../src/domain/skill.ts';
import { type Gated, labelGate } from '../../src/governance/label-gate.ts';
import { isEndorsed } from '../../src/governance/labels/endorsed.ts';
import { describedActions, traitsOf } from '../../src/governance/labels/traits.ts';

const strangers: Labels = { integrity: 'untrusted', confidentiality: 'private' };
const secret: Labels = { integrity: 'local', confidentiality: 'secret' };

const gated = (action: string, labels: Labels, more: Partial<Gated> = {}): Gated => ({
  subject: { action },
  complexity: 3,
  targets: [],
  window: { labels, sources: [], said: '' },
  ...more,
});
const verdictOf = (given: Gated) => strictest(labelGate(given).map(({ verdict }) => verdict));
const whyOf = (given: Gated) => labelGate(given)[0]?.why;

describe('once a turn has read words of strangers', () => {
  it('a command asks, unless it only looks', () => {
    expect(verdictOf(gated('shell.exec', strangers, { complexity: 1 }))).toBe('allow');
    for (const complexity of [2, 3, 4] as const)
      expect(verdictOf(gated('shell.exec', strangers, { complexity }))).toBe('ask');
  });

  it('sending and keeping ask, reading files and answering the owner do not', () => {
    for (const action of ['message.send', 'feed.post', 'skill.call', 'file.write'])
      expect(verdictOf(gated(action, strangers)), action).toBe('ask');
    for (const action of ['file.read', 'file.list', 'llm.complete'])
      expect(verdictOf(gated(action, strangers, { leaves: 'nobody' })), action).toBe('allow');
    expect(verdictOf(gated('message.reply', strangers, { leaves: 'nobody' }))).toBe('allow');
  });

  it('a write to what the owner named asks nothing, one to anything else does', () => {
    const window = { labels: strangers, sources: ['example.com'], said: 'save it to sum.txt' };
    expect(verdictOf(gated('file.write', strangers, { window, targets: ['sum.txt'] }))).toBe(
      'allow',
    );
    const other = gated('file.write', strangers, { window, targets: ['other.txt'] });
    expect(whyOf(other)).toBe('this turn has read example.com, and you did not name other.txt');
    expect(verdictOf(gated('file.write', strangers, { window, targets: [] }))).toBe('ask');
    expect(verdictOf(gated('net.fetch', strangers, { window, targets: ['a.example'] }))).toBe(
      'ask',
    );
  });

  it('what is private is not told to a group without a question, what everybody may read is', () => {
    const people = { leaves: 'people' } as const;
    expect(verdictOf(gated('message.reply', strangers, people))).toBe('ask');
    expect(verdictOf(gated('message.reply', strangers, { leaves: 'user' }))).toBe('allow');
    const open: Labels = { integrity: 'untrusted', confidentiality: 'public' };
    expect(verdictOf(gated('message.reply', open, people))).toBe('allow');
    expect(verdictOf(gated('message.reply', { ...open, integrity: 'owner' }, people))).toBe(
      'allow',
    );
  });

  it('the card says which, in words that are safe to draw', () => {
    const sources = ['a message of 77 in a group', 'example.com', 'evil\u202e\n.txt'];
    const window = { labels: strangers, sources, said: '' };
    expect(whyOf(gated('shell.exec', strangers, { window }))).toBe(
      'this turn has heard a message of 77 in a group and read example.com, evil⟦U+202E⟧⏎.txt',
    );
    const many = { ...window, sources: ['a', 'b', 'c', 'd', `${'e'.repeat(500)}`] };
    expect(whyOf(gated('shell.exec', strangers, { window: many }))).toBe(
      'this turn has read a, b, c, 2 more',
    );
  });
});

describe('once a turn has seen a secret', () => {
  it('nothing leaves, whoever asks for it', () => {
    for (const action of ['message.send', 'net.fetch', 'made.up'])
      expect(verdictOf(gated(action, secret)), action).toBe('deny');
    for (const leaves of ['people', 'user', 'provider'] as const)
      for (const action of ['message.reply', 'llm.complete'])
        expect(verdictOf(gated(action, secret, { leaves })), action).toBe('deny');
  });

  it('what stays here goes on', () => {
    for (const action of ['file.read', 'file.write', 'shell.exec', 'skill.call', 'feed.post'])
      expect(verdictOf(gated(action, secret)), action).toBe('allow');
    expect(verdictOf(gated('message.reply', secret, { leaves: 'nobody' }))).toBe('allow');
    expect(verdictOf(gated('llm.complete', secret, { leaves: 'nobody' }))).toBe('allow');
  });

  it('sends no file that is marked private, not even to the owner', () => {
    const shown = ['taxes.pdf'];
    expect(whyOf(gated('file.send', cleanLabels, { leaves: 'nobody', shown }))).toBe(
      'taxes.pdf is marked private: it never leaves this machine',
    );
    expect(verdictOf(gated('file.read', cleanLabels, { shown }))).toBe('allow');
  });

  it('is told with the file and the way out', () => {
    const window = { labels: secret, sources: [], secrets: ['taxes.pdf'], said: '' };
    expect(whyOf(gated('llm.complete', secret, { window, leaves: 'provider' }))).toBe(
      'this conversation has seen taxes.pdf, which is marked private, so it may not go to a model beyond this machine: start afresh with /new, or use a local model',
    );
  });
});

describe('a command that can reach a host', () => {
  const speaks = { speaksTo: ['registry.example'] };

  it('is refused once a secret was seen, unless it only looks', () => {
    for (const complexity of [2, 3, 4] as const)
      expect(verdictOf(gated('shell.exec', secret, { ...speaks, complexity }))).toBe('deny');
    expect(verdictOf(gated('shell.exec', secret, { ...speaks, complexity: 1 }))).toBe('allow');
    expect(verdictOf(gated('shell.exec', secret, { speaksTo: [] }))).toBe('allow');
  });

  it('is refused where it would be shown what is private, and told what it could do', () => {
    const clean: Labels = { integrity: 'owner', confidentiality: 'private' };
    const shown = gated('shell.exec', clean, { ...speaks, shown: ['taxes.pdf'] });
    expect(verdictOf(shown)).toBe('deny');
    expect(whyOf(shown)).toBe(
      'it could send taxes.pdf, which is marked private, to registry.example: use a jail without a network for it',
    );
    expect(verdictOf({ ...shown, complexity: 1 })).toBe('allow');
    expect(verdictOf({ ...shown, speaksTo: [] })).toBe('allow');
    expect(verdictOf({ ...shown, shown: [] })).toBe('allow');
  });
});

describe('the gate', () => {
  const labels: fc.Arbitrary<Labels> = fc.record({
    integrity: fc.constantFrom(...integrities),
    confidentiality: fc.constantFrom(...confidentialities),
  });
  const any: fc.Arbitrary<Gated> = fc.record({
    subject: fc.record({ action: fc.constantFrom(...describedActions, 'made.up', 'constructor') }),
    complexity: fc.constantFrom<Complexity[]>(1, 2, 3, 4),
    window: labels.map((all) => ({ labels: all, sources: [], said: 'a.txt' })),
    targets: fc.array(fc.constantFrom('a.txt', 'b.txt'), { maxLength: 2 }),
    leaves: fc.constantFrom<(Leaving | undefined)[]>(
      'nobody',
      'user',
      'provider',
      'people',
      undefined,
    ),
    speaksTo: fc.constantFrom<string[][]>([], ['a.example']),
    shown: fc.constantFrom<string[][]>([], ['taxes.pdf']),
  });
  const severity = (given: Gated): number => verdicts.indexOf(verdictOf(given));

  it('never becomes milder by a worse label, more complexity, or fewer words of the owner', () => {
    fc.assert(
      fc.property(any, labels, (given, more) => {
        const { window, complexity } = given;
        const joined = { ...window, labels: joinLabels(window.labels, more) };
        const higher = Math.min(4, complexity + 1) as Complexity;
        for (const worse of [
          { ...given, window: joined },
          { ...given, complexity: higher },
          { ...given, window: { ...window, said: '' } },
          { ...given, leaves: undefined },
          { ...given, speaksTo: ['a.example'] },
          { ...given, shown: ['taxes.pdf'] },
          { ...given, subject: { action: 'made.up' } },
        ])
          expect(severity(worse)).toBeGreaterThanOrEqual(severity(given));
      }),
    );
  });

  it('takes an action that nobody described for one that does everything', () => {
    for (const action of ['made.up', 'constructor', '__proto__', ''])
      expect(verdictOf(gated(action, strangers, { complexity: 1, leaves: 'nobody' }))).toBe('ask');
  });

  it('knows every tool as no better than its action', () => {
    const skill = skillTool({
      name: 's',
      description: '',
      examples: [],
      version: '1',
      digest: '',
      input: {},
      complexity: 1,
      permissions: noPermissions,
      kind: 'module',
      origin: 'profile',
    });
    const inputs = {
      argv: ['ls'],
      path: 'a',
      content: '',
      url: 'https://a.example',
      when: 'hourly',
      does: 'say',
      text: 'a',
      ref: 'a',
      kind: 'status',
      note: 'n',
    };
    for (const tool of [...builtInTools, skill]) {
      const action = actionOf(tool, inputs);
      expect(describedActions.has(action), tool.name).toBe(true);
      expect(integrities.indexOf(tool.yields.integrity), tool.name).toBeGreaterThanOrEqual(
        integrities.indexOf(traitsOf(action).yields),
      );
    }
  });
});

/** Whatever of the inputs a tool takes. */
function actionOf(
  tool: (typeof builtInTools)[number],
  inputs: { readonly [key: string]: string | string[] },
) {
  const { properties = {} } = tool.input as { readonly properties?: object };
  const input = Object.fromEntries(Object.entries(inputs).filter(([key]) => key in properties));
  return tool.toIntent(input, 's1').action;
}

describe('the owner has named a file', () => {
  it.each([
    ['write hello to notes.txt', 'notes.txt'],
    ['write hello to notes.txt.', 'notes.txt'],
    ['please (see ./a/b.md), and go', 'a/b.md'],
    ['write to "my notes.txt"', 'my notes.txt'],
    ['save it as “README”', 'README'],
    ['put it in /home/me/work/x', '/home/me/work/x'],
  ])('by “%s”: %s', (said, target) => expect(isEndorsed([target], said)).toBe(true));

  it.each([
    ['write hello to old-notes.txt', 'notes.txt'],
    ['write hello to notes.txt.bak', 'notes.txt'],
    ['write hello to Notes.txt', 'notes.txt'],
    ['write a note', 'a'],
    ['explain the Makefile', 'Makefile'],
    ['write to a/b.md', 'b.md'],
    ['write to notes.txt', 'docs:notes.txt'],
    ['', ''],
  ])('not by “%s”: %s', (said, target) => expect(isEndorsed([target], said)).toBe(false));

  it('only where all targets are named, and there is one', () => {
    expect(isEndorsed(['a.txt', 'b.txt'], 'a.txt b.txt')).toBe(true);
    expect(isEndorsed(['a.txt', 'b.txt'], 'a.txt')).toBe(false);
    expect(isEndorsed([], 'a.txt')).toBe(false);
  });
});
