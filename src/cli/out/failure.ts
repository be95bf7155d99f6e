import { asAtomError, exitCodes } from '../../base/errors.ts';
import { jsonLine } from '../../base/json-line.ts';
import type { Colors } from '../../base/theme.ts';
import { visibleBlock } from '../../base/visible.ts';
import { plainly } from './plain.ts';
import { createStyle } from './style.ts';

export interface FailureStyle {
  readonly json: boolean;
  readonly plain: boolean;
  readonly colors: Colors;
}

/**
 * Says on stderr what went wrong and what to do next, and returns the exit code. Under `--json` it is
 * `{"error":{"code","message","next"}}`.
 */
export function reportFailure(thrown: unknown, { json, plain, colors }: FailureStyle): number {
  const { code, message, next } = asAtomError(thrown);
  const exit = exitCodes[code];
  if (json) {
    process.stderr.write(`${jsonLine({ schema: 1, error: { code, message, next, exit } })}\n`);
    return exit;
  }
  const style = createStyle({ colors, plain });
  const mark = plain ? 'error:' : style.marks.no;
  const headline = `${style.bad(mark)} ${visibleBlock(message)}   ${style.dim(`(exit ${exit})`)}`;
  const text = [headline, ...next.map((line) => `  ${visibleBlock(line)}`)].join('\n');
  process.stderr.write(`${plain ? plainly(text) : text}\n`);
  return exit;
}
