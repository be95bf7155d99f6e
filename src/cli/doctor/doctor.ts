import { asAtomError } from '../../base/errors.ts';
import { hintFor } from '../../base/hint.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import type { Out } from '../out/out.ts';
import { bad, type Finding } from './finding.ts';
import { type Look, machineLooks, profileLooks } from './looks.ts';

/** Looks at everything, says what it found with the command that mends it, and exits 1 where anything is bad. */
export async function doctor(cli: Cli, more: readonly Look[] = []): Promise<number> {
  const findings = await look(cli, [...profileLooks, ...machineLooks, ...more]);
  return report(cli, findings) ? 0 : 1;
}

/**
 * One look that fails is a finding itself, and does not keep the others from being taken. What makes
 * several fail is told once.
 */
export async function look(cli: Cli, looks: readonly Look[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  for (const one of looks) {
    try {
      found.push(...(await one(cli)));
    } catch (thrown) {
      const { message, next } = asAtomError(thrown);
      if (found.some(({ words }) => words === message)) continue;
      found.push(bad(one.name.replace(/^find/, '').toLowerCase(), message, ...next));
    }
  }
  return found;
}

/** Prints findings; true where none is bad. */
export function report(cli: Cli, findings: readonly Finding[]): boolean {
  const healthy = findings.every(({ state }) => state !== 'bad');
  const named = findings.map((finding) => ({
    ...finding,
    // Why a channel fails ends with the command that mends it.
    words: finding.state === 'bad' ? hintFor(cli.paths.profile, finding.words) : finding.words,
    next: finding.next.map((line) => hintFor(cli.paths.profile, line)),
  }));
  if (cli.out.json) cli.out.object({ healthy, findings: named });
  else for (const finding of named) tell(cli.out, finding);
  return healthy;
}

function tell(out: Out, { name, state, words, next }: Finding): void {
  const { good, warn, bad, marks } = out.style;
  const mark = { good: good(marks.yes), note: warn(marks.note), bad: bad(marks.no) }[state];
  out.data(`${mark} ${name.padEnd(10)} ${visibleBlock(words)}`);
  for (const line of next) out.data(`             ${visibleBlock(line)}`);
}
