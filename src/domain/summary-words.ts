import type { Summary } from './session.ts';

/** What was summed up, in one line for whoever talks here. */
export function summaryWords({ covers, tokens, kept, dropped = 0, excerpts }: Summary): string {
  const what = `${covers} earlier ${covers === 1 ? 'entry' : 'entries'} (about ${tokens.toLocaleString('en')} tokens)`;
  const held = kept.length === 0 ? '' : `, with ${kept.length} of your instructions word for word`;
  const left = dropped === 0 ? '' : `; ${dropped} older ones did not fit`;
  const how =
    excerpts === undefined
      ? `Summed up ${what}${held}${left}.`
      : `Told on in excerpts only: ${what}${held}${left}. They could not be summed up: ${excerpts}`;
  return `${how} Nothing is lost: /sessions has it all.`;
}
