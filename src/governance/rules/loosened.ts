import { type Rule, ruleConditions } from '../../domain/rule.ts';

/**
 * The rules of `known` that `next` does not keep up: with none there that has the same conditions and
 * is as strict, what it stopped could pass. Names, reasons and examples do not matter. Pure.
 */
export const loosened = (known: readonly Rule[], next: readonly Rule[]): readonly Rule[] =>
  known.filter((rule) => !next.some((other) => keepsUp(other, rule)));

const keepsUp = (other: Rule, rule: Rule): boolean =>
  (other.verdict === 'deny' || rule.verdict === 'ask') &&
  ruleConditions.every(
    (condition) => JSON.stringify(other[condition]) === JSON.stringify(rule[condition]),
  );
