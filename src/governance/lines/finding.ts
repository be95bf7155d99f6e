import type { Complexity } from '../../domain/complexity.ts';
import type { Classification } from '../classify.ts';

/** What one part of a line amounts to, where no program is started by it. */
export const finding = (complexity: Complexity, why: string): Classification => ({
  complexity,
  reasons: [why],
  commands: [],
});

/** What all of them amount to: the most of any, for the reasons of that one, and every program. */
export function joined(findings: readonly Classification[]): Classification {
  const complexity = findings.reduce<Complexity>(
    (most, found) => (found.complexity > most ? found.complexity : most),
    1,
  );
  const worst = findings.filter((found) => found.complexity === complexity);
  return {
    complexity,
    reasons: [...new Set(worst.flatMap(({ reasons }) => reasons))],
    commands: findings.flatMap(({ commands }) => commands),
  };
}
