import { commandText } from '../../agent/output-text.ts';
import { capped } from '../../base/capped.ts';
import { clockTime } from '../../base/clock.ts';
import { excerpt } from '../../base/excerpt.ts';
import { hintFor } from '../../base/hint.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { Decider } from '../../domain/approval.ts';
import { type DoubtWord, doubtChoices } from '../../domain/doubt.ts';
import { deciderWords } from '../../domain/halt.ts';
import { type Run, runCode } from '../../domain/run.ts';
import type { Sql } from '../../domain/store.ts';
import { begunOf, fieldOf } from '../../store/tables/run-record.ts';
import type { Again } from './parts.ts';

/** As much as is read on a telephone to know what it was. */
const MOST_WORDS = 200;

/** What a run was to do, in one line. */
export async function deedWords(sql: Sql, { id, action }: Run): Promise<string> {
  const begun = await begunOf(sql, id);
  const words = begun && fieldOf(begun, 'words');
  const told = Array.isArray(words) && words.length > 0 ? words.map(String).join(' ') : action;
  return visible(excerpt(told, MOST_WORDS));
}

/** What the owner is told of a run that a crash cut off, and how they settle it. */
export async function alertWords(sql: Sql, run: Run, profile: string): Promise<string> {
  const code = runCode(run.id);
  return [
    `IN DOUBT ${code}`,
    `· ${await deedWords(sql, run)}`,
    'This was cut off in the middle, and nobody knows how far it got. It is not repeated by itself.',
    'Look, then say what is true:',
    ...doubtChoices(code),
    hintFor(
      profile,
      `At the terminal: atom runs settle ${code} --happened (or --again, or --forget)`,
    ),
  ].join('\n');
}

const SETTLED: Readonly<Record<DoubtWord, string>> = {
  happened: 'It happened',
  again: 'To be done again',
  forget: 'Let rest',
};

/** What every alert of a run becomes once it is settled. */
export async function settledWords(
  sql: Sql,
  run: Run,
  { word, by, at }: { readonly word: DoubtWord; readonly by: Decider; readonly at: number },
): Promise<string> {
  const ended = `${SETTLED[word]}, says ${deciderWords(by)} at ${clockTime(at)}`;
  return `${ended} · ${runCode(run.id)}\n· ${await deedWords(sql, run)}`;
}

/** More of it is read where there is room. */
const MOST_PRINTED = 1500;

/** What came of a run that was done once more. */
export function againWords({ id, action }: Run, { code, outcome }: Again): string {
  const was = runCode(id);
  if (!outcome.ok) return `${was} was not done again: ${visibleBlock(outcome.message)}`;
  const head = `${was} was done again, as ${code}.`;
  if (action !== 'shell.exec') return head;
  const text = commandText(outcome.value);
  const rest = text.length > MOST_PRINTED ? `…\nAll of it: atom runs output ${code}` : '';
  return `${head}\n${capped(text, MOST_PRINTED)}${rest}`;
}
