import type { Maturity } from '../../../src/domain/agent.ts';
import type { Complexity } from '../../../src/domain/complexity.ts';
import { cleanLabels, type Labels } from '../../../src/domain/label.ts';
import type { Rule } from '../../../src/domain/rule.ts';
import type { Case } from '../../../src/governance/case.ts';
import { decide } from '../../../src/governance/decide.ts';
import { agent } from '../stage.ts';

/** One command that an agent asks for, as the governor would have looked at it. */
export interface Asked {
  readonly words: readonly string[];
  readonly program?: string;
  readonly agent?: string;
  readonly jail?: string;
  readonly access?: string;
  readonly cwd?: string;
  readonly channel?: string;
  readonly sender?: string;
  readonly stdin?: string;
  readonly files?: number;
  readonly maturity?: Maturity;
  readonly complexity?: Complexity;
  readonly labels?: Labels;
  readonly rules?: readonly Rule[];
  readonly commands?: readonly (readonly string[])[];
}

export function caseOf(asked: Asked): Case {
  const { words, maturity = 'intern', labels = cleanLabels, rules = [] } = asked;
  const [id, jail] = [asked.agent ?? 'atom', asked.jail ?? 'work'];
  const principal = { kind: 'agent', id } as const;
  const subject = {
    action: 'shell.exec',
    agent: id,
    jail,
    minute: 600,
    commands: asked.commands ?? [words],
    channel: asked.channel ?? 'terminal',
    sender: asked.sender ?? 'owner',
  };
  const decision = decide({
    principal,
    maturity,
    subject,
    rules,
    complexity: asked.complexity ?? 3,
    reasons: [],
    window: { labels, sources: [], said: '' },
    targets: [],
    secondFactor: false,
  });
  const program = asked.program ?? `/usr/bin/${(words[0] ?? '').split('/').at(-1)}`;
  return {
    action: {
      name: 'shell.exec',
      prepare: () => Promise.reject(new Error('not here')),
      execute: () => Promise.reject(new Error('not here')),
    },
    request: {
      id: 'r',
      action: 'shell.exec',
      resource: {},
      context: {},
      principal,
      labels,
    },
    prepared: {
      resource: {},
      facts: {
        program: { real: program },
        files: Array.from({ length: asked.files ?? 0 }, () => ({ path: 'x', sha256: 'y' })),
        cwd: asked.cwd ?? '',
        jail: { name: jail, folder: `/srv/${jail}` },
        stdin: asked.stdin ?? null,
      },
      argv: words,
      jail,
      card: {
        kind: 'command',
        words,
        jail: asked.access ?? `${jail} (read-write, no network)`,
        may: [],
        undo: '',
      },
    },
    agent: { ...agent, id, name: id, maturity },
    subject,
    decision,
    digest: 'd',
  };
}
