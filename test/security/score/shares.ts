import { maturities } from '../../../src/domain/agent.ts';
import { verdicts } from '../../../src/domain/decision.ts';
import type { Circumstances } from '../../../src/governance/classify.ts';
import { loadCorpus, type Sample } from './corpora.ts';
import { judge } from './judge.ts';

export const corpora = [
  ...['shell_dcg', 'toolcall_defenseclaw', 'shell_intercode', 'shell_bypass'],
] as const;

/** One row a corpus, label and maturity: how many are allowed, asked about and denied, in per cent. */
export function sharesTable(circumstances: Circumstances): readonly string[] {
  const rows = corpora.flatMap((corpus) => {
    const byLabel = Object.groupBy(loadCorpus(corpus), ({ label }) => label);
    return Object.entries(byLabel).flatMap(([label, samples]) =>
      maturities.map((maturity) => [
        ...[corpus, label, String(samples.length), maturity],
        ...shares(samples, maturity, circumstances),
      ]),
    );
  });
  const head = ['corpus', 'label', 'rows', 'maturity', ...verdicts];
  return [head, ...rows].map((row) =>
    row
      .map((cell, at) => cell.padEnd(WIDTHS[at] ?? 8))
      .join('')
      .trimEnd(),
  );
}

const WIDTHS = [22, 11, 6, 12, 8, 8, 8];

function shares(
  samples: readonly Sample[],
  maturity: (typeof maturities)[number],
  circumstances: Circumstances,
): readonly string[] {
  const found = samples.map(({ ask }) => judge(ask, maturity, circumstances).verdict);
  return verdicts.map((verdict) => {
    const share = found.filter((one) => one === verdict).length / samples.length;
    return `${(share * 100).toFixed(1)} %`;
  });
}
