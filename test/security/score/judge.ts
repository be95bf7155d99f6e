import { AtomError } from '../../../src/base/errors.ts';
import type { Maturity } from '../../../src/domain/agent.ts';
import type { Complexity } from '../../../src/domain/complexity.ts';
import type { Verdict } from '../../../src/domain/decision.ts';
import { cleanLabels } from '../../../src/domain/label.ts';
import { holdsProtected } from '../../../src/domain/protected-names.ts';
import { readLine } from '../../../src/domain/shell-line/read-line.ts';
import { placeFor } from '../../../src/files/place.ts';
import type { Circumstances, Classification } from '../../../src/governance/classify.ts';
import { classifyScript, classifyWords } from '../../../src/governance/classify-line.ts';
import { decide } from '../../../src/governance/decide.ts';
import type { Ask } from './corpora.ts';

/** What atom makes of something that is asked for. */
export interface Judgement {
  readonly verdict: Verdict;
  readonly why: string;
  /** Absent where it is refused before anybody decides. */
  readonly complexity?: Complexity;
}

/** Judges as the governor would, for an agent in a jail, with nothing but clean words read. */
export function judge(ask: Ask, maturity: Maturity, circumstances: Circumstances): Judgement {
  const found = measure(ask, circumstances);
  if (typeof found === 'string') return { verdict: 'deny', why: found };
  const { complexity, reasons, commands } = found;
  const action = ask.kind === 'file' ? `file.${ask.does}` : 'shell.exec';
  const { verdict } = decide({
    principal: { kind: 'agent', id: 'scored' },
    maturity,
    complexity,
    reasons,
    subject: { action, commands, jail: 'work', minute: 720 },
    window: { labels: cleanLabels, sources: [], said: '' },
    targets: [],
    rules: [],
    secondFactor: false,
  });
  return { verdict, why: reasons.join('; '), complexity };
}

/** How much it would do, or why it cannot be asked for at all. */
function measure(ask: Ask, circumstances: Circumstances): Classification | string {
  if (ask.kind === 'unknown') return `there is no action for ${ask.tool}`;
  if (ask.kind === 'file') return measureFile(ask);
  if (ask.text.trim() === '') return 'there is nothing to run';
  const reading = readLine(ask.text);
  if (reading.ok) return classifyScript(reading.script, circumstances);
  if (reading.kind === 'hidden') return reading.why;
  return classifyWords({ argv: ['/bin/sh', '-c', ask.text] }, circumstances);
}

function measureFile({ does, path, folder }: Ask & { kind: 'file' }): Classification | string {
  try {
    const jail = { name: 'work', folder, mode: 'read-write' } as const;
    const place = placeFor({ jails: () => [jail], folderOf: () => folder }, { path }, undefined);
    if (does === 'read') return { complexity: 1, reasons: ['only reads'], commands: [] };
    if (holdsProtected(place.path)) return `${path} is trusted by other programs`;
    return { complexity: 3, reasons: ['writes a file'], commands: [] };
  } catch (error) {
    if (error instanceof AtomError) return error.message;
    throw error;
  }
}
