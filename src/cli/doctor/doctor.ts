import { asAtomError, exitCodes } from '../../base/errors.ts';
import { hintFor } from '../../base/hint.ts';
import { visibleBlock } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';
import type { Out } from '../out/out.ts';
import { wrapped } from '../out/wrap.ts';
import { bad, type Finding, note } from './finding.ts';
import {
  configLook,
  type Ground,
  LACKING,
  type Look,
  machineLooks,
  profileLooks,
} from './looks.ts';
import { runningLooks } from './running-looks.ts';
import { storedLooks } from './stored-looks.ts';

/** Looks at everything, and says what it found with the command that mends it. Resolves to the exit code. */
export async function doctor(cli: Cli, more: readonly Look[] = []): Promise<number> {
  const findings = await look(cli, [
    ...profileLooks,
    ...machineLooks,
    ...storedLooks,
    ...runningLooks,
    ...more,
  ]);
  report(cli, findings);
  return exitOf(findings);
}

/**
 * As the table of exit codes has it: 78 for settings that cannot be used; then that of the first thing that is
 * bad, such as 4 for a key that is missing and 7 for a jail that does not hold; 1 where it has none.
 */
export function exitOf(findings: readonly Finding[]): number {
  const worst = findings.filter(({ state }) => state === 'bad');
  if (worst.some(({ name }) => name === configLook.name)) return exitCodes.config;
  if (worst.length === 0) return 0;
  return exitCodes[worst.find(({ code }) => code !== undefined)?.code ?? 'failed'];
}

/**
 * Takes looks in their order. One that fails is a finding itself, and keeps no other from being taken but
 * those that need what it looked at: they say so, instead of failing the same way.
 */
export async function look(cli: Cli, looks: readonly Look[]): Promise<readonly Finding[]> {
  const found: Finding[] = [];
  const missing = new Set<Ground>();
  for (const one of looks) {
    const lacks = one.needs?.find((ground) => missing.has(ground));
    if (lacks !== undefined) found.push(note(one.name, `not looked at: ${LACKING[lacks]}`));
    const rows = lacks === undefined ? await taken(cli, one) : [];
    found.push(...rows);
    if (one.proves && (lacks !== undefined || rows.some(({ state }) => state === 'bad')))
      missing.add(one.proves);
  }
  return found;
}

async function taken(cli: Cli, { name, find }: Look): Promise<readonly Finding[]> {
  try {
    return await find(cli);
  } catch (thrown) {
    const { code, message, next } = asAtomError(thrown);
    return [{ ...bad(name, message, ...next), code }];
  }
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
  // Marks are words under `--plain`, and not of one length.
  const width = Math.max(...Object.values(marks).map((mark) => mark.length));
  const indent = ' '.repeat(width + NAME + 2);
  const mark = {
    good: good(marks.yes.padEnd(width)),
    note: warn(marks.note.padEnd(width)),
    bad: bad(marks.no.padEnd(width)),
  }[state];
  const [first = '', ...more] = visibleBlock(words)
    .split('\n')
    .flatMap((line) => wrapped(line, roomBeside(indent)));
  out.data(`${mark} ${name.padEnd(NAME)} ${first}`);
  // Commands stay in one piece: they are copied.
  for (const line of [...more, ...next]) out.data(`${indent}${visibleBlock(line)}`);
}

const NAME = 10;

/** What a terminal has left beside the names; elsewhere lines are as long as they are. */
function roomBeside(indent: string): number | undefined {
  const { columns } = process.stdout;
  return columns === undefined ? undefined : Math.max(20, columns - indent.length);
}
