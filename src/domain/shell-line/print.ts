import type {
  Assignment,
  Command,
  Part,
  Redirect,
  Script,
  SimpleCommand,
  Step,
  Word,
} from './script.ts';

/** Words of a simple command as they shall be printed; the same if left out. */
export type Rewrite = (command: SimpleCommand) => readonly Word[];

/**
 * The script as a text that every POSIX shell reads in one way: each text in single quotes, each
 * variable in braces. A shell that is given it does what the script says and nothing else.
 */
export const printScript = (script: Script, rewrite: Rewrite = ({ words }) => words): string =>
  script.steps
    .map((step, at) => (at === 0 ? '' : JOINS[step.join]) + printStep(step, rewrite))
    .join('');

const JOINS = { ';': '; ', '&&': ' && ', '||': ' || ' } as const;

const printStep = ({ negated, stages }: Step, rewrite: Rewrite): string =>
  (negated ? '! ' : '') + stages.map((stage) => printCommand(stage, rewrite)).join(' | ');

function printCommand(command: Command, rewrite: Rewrite): string {
  const redirects = command.redirects.map((redirect) => printRedirect(redirect, rewrite));
  return [printBody(command, rewrite), ...redirects].filter(Boolean).join(' ');
}

function printBody(command: Command, rewrite: Rewrite): string {
  const inner = (script: Script): string => printScript(script, rewrite);
  const list = (words: readonly Word[]): readonly string[] =>
    words.map((word) => printWord(word, rewrite));
  switch (command.kind) {
    case 'simple':
      return [
        ...command.assignments.map((one) => printAssignment(one, rewrite)),
        ...list(rewrite(command)),
      ].join(' ');
    case 'group':
      return command.subshell ? `( ${inner(command.body)} )` : `{ ${inner(command.body)}; }`;
    case 'for':
      return `for ${[command.name, 'in', ...list(command.words)].join(' ')}; do ${inner(command.body)}; done`;
    case 'loop':
      return `${command.until ? 'until' : 'while'} ${inner(command.test)}; do ${inner(command.body)}; done`;
    case 'if': {
      const branches = command.branches.map(
        ({ test, body }) => `${inner(test)}; then ${inner(body)}; `,
      );
      const otherwise = command.otherwise ? `else ${inner(command.otherwise)}; ` : '';
      return `if ${branches.join('elif ')}${otherwise}fi`;
    }
  }
}

const printAssignment = ({ name, value }: Assignment, rewrite: Rewrite): string =>
  `${name}=${printWord(value, rewrite)}`;

function printRedirect(redirect: Redirect, rewrite: Rewrite): string {
  if (redirect.kind === 'copy') return `${redirect.fd}>&${redirect.from}`;
  const { fd, op, target } = redirect;
  return `${fd === (op === '<' ? 0 : 1) ? '' : fd}${op} ${printWord(target, rewrite)}`;
}

/** One word as a shell is given it. */
export const printWord = (word: Word, rewrite?: Rewrite): string =>
  word.map((part) => printPart(part, rewrite)).join('');

function printPart(part: Part, rewrite: Rewrite | undefined): string {
  switch (part.kind) {
    case 'text':
      return quote(part.text);
    case 'pattern':
      return part.text;
    case 'variable': {
      const { name, length, change } = part.variable;
      return printQuoted(`\${${length ? '#' : ''}${name}${change}}`, part.quoted);
    }
    case 'output':
      return printQuoted(`$( ${printScript(part.script, rewrite)} )`, part.quoted);
    case 'process':
      return `${part.direction}( ${printScript(part.script, rewrite)} )`;
  }
}

const printQuoted = (text: string, quoted: boolean): string => (quoted ? `"${text}"` : text);

/** A text between single quotes, in which a shell changes nothing. */
const quote = (text: string): string => `'${text.replaceAll("'", `'\\''`)}'`;
