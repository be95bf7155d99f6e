import { describe, expect, it } from 'vitest';
import type { Prepared } from '../../src/domain/action.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { makeCard } from '../../src/governance/card.ts';

type More = {
  reversible?: Prepared['reversible'];
  because?: string;
  trigger?: string;
  kind?: Prepared['card']['kind'];
};

function card(words: readonly string[], more: More = {}) {
  const prepared: Prepared = {
    resource: {},
    facts: {},
    ...(more.reversible === undefined ? {} : { reversible: more.reversible }),
    card: {
      kind: more.kind ?? 'command',
      words,
      program: '/usr/bin/\u202els',
      folder: '/work\n/x',
      may: ['read \u200bfiles'],
      undo: 'none',
      detail: 'line\u001b[2J\nnext',
    },
  };
  return makeCard({
    id: 'i',
    code: 'k7p2',
    digest: 'd',
    prepared,
    request: {
      id: 'r',
      action: 'shell.exec',
      resource: {},
      context: more.because === undefined ? {} : { because: more.because },
      principal: { kind: 'agent', id: 'atom' },
      labels: cleanLabels,
    },
    decision: { verdict: 'ask', complexity: 4, factor: 'typed', matches: [] },
    who: 'Dana\u202e',
    others: [],
    offers: [],
    secondFactor: false,
    ...(more.trigger === undefined ? {} : { trigger: more.trigger }),
    askedAt: 1,
    expiresAt: 2,
  });
}

describe('a card', () => {
  it('promises no undo for what a snapshot of the folder does not take back', () => {
    const covered = card(['git', 'push'], { reversible: { folder: '/work' } });
    expect(covered.undo).toBe('cannot be undone, but for what it changes in its folder');
    expect(card(['git', 'push'], {}).undo).toBe('none');
  });

  it('warns of a new line in one argument, and not where a line is several', () => {
    expect(card(['ls\nrm x']).warnings).toHaveLength(1);
    expect(card(['ls\nrm x'], { kind: 'line' })).toMatchObject({
      words: ['ls⏎rm x'],
      warnings: [],
    });
    expect(card(['ls\u200b'], { kind: 'line' }).warnings).toHaveLength(1);
  });

  it('writes out everything that hides, in every field', () => {
    const made = card(['rm', 'a\u202eb', 'p\u0430y'], {
      because: 'so\u200b',
      trigger: 'go\u001b\nsecond line',
    });
    expect(made.words).toEqual(['rm', 'a⟦U+202E⟧b', 'p⟦\u0430 U+0430⟧y']);
    expect(made.program).toBe('/usr/bin/⟦U+202E⟧ls');
    expect(made.folder).toBe('/work⏎/x');
    expect(made.may).toEqual(['read ⟦U+200B⟧files']);
    expect(made.detail).toBe('line⟦U+001B⟧[2J\nnext');
    expect(made.who).toBe('Dana⟦U+202E⟧');
    expect(made.says).toBe('so⟦U+200B⟧');
    expect(made.trigger).toBe('go⟦U+001B⟧');
    expect(made.warnings).toHaveLength(2);
  });

  it('leaves out no word of a command, however long', () => {
    const long = 'x'.repeat(10_000);
    expect(card(['echo', long]).words).toEqual(['echo', long]);
  });

  it('cuts what others say, never inside a character', () => {
    const made = card(['ls'], { because: `${'a'.repeat(198)}😀😀`, trigger: '😀'.repeat(100) });
    expect(made.says?.length).toBeLessThanOrEqual(200);
    expect(made.trigger?.length).toBeLessThanOrEqual(120);
    expect(JSON.stringify(made).isWellFormed() && made.says?.isWellFormed()).toBe(true);
    expect(made.trigger?.isWellFormed()).toBe(true);
  });
});
