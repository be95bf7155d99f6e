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
  const code = bare(program);
  if (code === undefined) return [{ effect: 'beyond', why: 'its script could not be read' }];
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
function bare(program: string): string | undefined {
  let code = '';
  let at = 0;
  while (at < program.length) {
    const char = program.charAt(at);
    if (char === '#') at = lineEnd(program, at);
    else if (char === '"' || (char === '/' && BEFORE_OPERAND.test(code.slice(-12)))) {
      const end = closing(program, at, char);
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

/**
 * Behind the closing quote or slash. Undefined where awks disagree on where that is: a slash within
 * brackets, or brackets that hold a bracket first.
 */
function closing(program: string, start: number, quote: string): number | undefined {
  let inBrackets = false;
  for (let at = start + 1; at < program.length; at++) {
    const char = program.charAt(at);
    if (char === '\\') at += 1;
    else if (char === '\n') return undefined;
    else if (char === quote) return inBrackets ? undefined : at + 1;
    else if (quote === '/' && char === '[') {
      if (/^\[\^?\]/.test(program.slice(at, at + 3))) return undefined;
      inBrackets = true;
    } else if (char === ']') inBrackets = false;
  }
  return undefined;
}

/** True where `>` stands after `print` in one statement, outside of parentheses: there it writes. */
function printsToFile(code: string): boolean {
  for (const { index } of code.matchAll(/\bprintf?\b/g)) {
    let depth = 0;
    for (let at = index; at < code.length && depth >= 0; at++) {
      const char = code.charAt(at);
      if (depth === 0 && /[;\n}]/.test(char)) break;
      if (depth === 0 && char === '>') return true;
      if (/[([]/.test(char)) depth += 1;
      if (/[)\]]/.test(char)) depth -= 1;
    }
  }
  return false;
}
