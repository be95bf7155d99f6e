import type { Finding } from './finding.ts';

/**
 * What a program for awk does beside printing: runs programs (`system`, a pipe), writes files (`>` after
 * `print`), opens connections, loads code. Only what is surely a string, an expression or a comment is
 * looked past.
 */
export function readAwkScript(program: string): readonly Finding[] {
  const findings: Finding[] = [];
  if (/\bsystem(\s|\\\n)*\(/.test(program))
    findings.push({ effect: 'beyond', why: 'its script runs another program' });
  if (/\/inet[46]?\//.test(program))
    findings.push({ effect: 'beyond', why: 'its script opens a connection' });
  const usual = bare(program, true);
  if (usual === undefined) return [{ effect: 'beyond', why: 'its script could not be read' }];
  // Some awks end an expression at a slash within brackets: what it would be there counts as well.
  const code = `${usual}\n${bare(program, false) ?? ''}`;
  if (code.includes('@')) findings.push({ effect: 'beyond', why: 'its script loads other code' });
  if (/(?<!\|)\|(?!\|)/.test(code))
    findings.push({ effect: 'beyond', why: 'its script runs another program' });
  if (printsToFile(code)) findings.push({ effect: 'lose', why: 'its script writes a file' });
  return findings;
}

/** The paths that strings of a program name. */
export const filesInAwk = (program: string): readonly string[] =>
  [...program.matchAll(/"([^"\n]*)"/g)].map(([, text = '']) => text);

/** After these an operand is due, so that a slash begins an expression; anywhere else it divides. */
const BEFORE_OPERAND = /(^|[({[,;!~&|?:=+\-*%<>\n}^]|\b(print|printf|return|case|in|else|do))\s*$/;

/** The program with its strings, expressions and comments emptied; undefined where one has no end. */
function bare(program: string, brackets: boolean): string | undefined {
  let code = '';
  let at = 0;
  while (at < program.length) {
    const char = program.charAt(at);
    if (char === '#') at = lineEnd(program, at);
    else if (char === '"' || (char === '/' && BEFORE_OPERAND.test(code.slice(-12)))) {
      const end = char === '"' ? stringEnd(program, at) : expressionEnd(program, at, brackets);
      if (end === undefined) return undefined;
      code += '""';
      at = end;
    } else {
      code += char;
      at += 1;
    }
  }
  return code;
}

function lineEnd(program: string, start: number): number {
  const end = program.indexOf('\n', start);
  return end < 0 ? program.length : end;
}

/** Behind the closing quote of a string. */
function stringEnd(program: string, start: number): number | undefined {
  const text = /^"(?:[^"\\\n]|\\[\s\S])*"/.exec(program.slice(start));
  return text ? start + text[0].length : undefined;
}

const WITH_BRACKETS = /^\/(?:[^/\\\n[]|\\[^\n]|\[\^?\]?(?:\[:\w+:\]|(?!\[:)[^\]\n])*\])*\//;
const WITHOUT_BRACKETS = /^\/(?:[^/\\\n]|\\[^\n])*\//;

/** Behind the closing slash of an expression. */
function expressionEnd(program: string, start: number, brackets: boolean): number | undefined {
  const text = (brackets ? WITH_BRACKETS : WITHOUT_BRACKETS).exec(program.slice(start));
  return text ? start + text[0].length : undefined;
}

/** True where `>` stands after `print` in one statement, outside of parentheses: there it writes. */
const printsToFile = (code: string): boolean =>
  [...code.matchAll(/\bprintf?\b/g)].some(({ index }) => {
    let depth = 0;
    for (const char of code.slice(index)) {
      if (depth === 0 && /[;\n}>]/.test(char)) return char === '>';
      depth += Number(/[([]/.test(char)) - Number(/[)\]]/.test(char));
      if (depth < 0) return false;
    }
    return false;
  });
