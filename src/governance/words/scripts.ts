import type { CommandRule, Leading } from '../commands/command-rule.ts';
import { filesInAwk, readAwkScript } from './awk-script.ts';
import { type InnerWords, mayHoldMore } from './command-words.ts';
import type { Finding } from './finding.ts';
import { type Lead, readLeading } from './leading.ts';
import { isSecret, isTrusted, leadsOut } from './paths.ts';
import { readSedScript } from './sed-script.ts';

/** What the script among a command's words does. */
export interface ScriptReading {
  readonly findings: readonly Finding[];
  /** The script's text, so that nobody takes it for the name of a file. */
  readonly scripts: readonly string[];
}

const UNSURE: Finding = { effect: 'beyond', why: 'its script is only known when it runs' };
/** The script itself is known; a name that begins with a dash would add to it. */
const MAYBE_MORE: Finding = {
  effect: 'lose',
  why: 'a file whose name begins with a dash would be taken for an option',
};
/** Characters. Nobody types a longer one, and reading it would take its time. */
const LONGEST = 5000;

const TOO_LONG: Finding = { effect: 'beyond', why: 'its script is too long to be read' };
const FROM_FILE: Finding = { effect: 'lose', why: 'its script is in a file' };
const ODD: Finding = { effect: 'beyond', why: 'what it does with these options is not known' };

/** Reads the script that a command hands to sed or awk: its first word, or what its options give. */
export function readScripts(
  language: NonNullable<CommandRule['script']>,
  command: InnerWords,
  leading: Leading,
): ScriptReading {
  const { scripts, found: extra } = findScripts(command, leading, language === 'sed');
  if (scripts.join('').length > LONGEST) return { findings: [TOO_LONG], scripts };
  const findings: Finding[] = [...extra];
  if (language === 'sed') {
    const { findings: found, files } = readSedScript(scripts.join('\n'));
    findings.push(...found, ...aboutFiles(files, found.length > 0));
  } else {
    for (const text of scripts) {
      const found = readAwkScript(text);
      findings.push(...found, ...aboutFiles(filesInAwk(text), found.length > 0));
    }
  }
  return { findings, scripts };
}

interface Found {
  readonly scripts: readonly string[];
  readonly found: readonly Finding[];
}

/** Options that give a script, and those that give a file with one. */
const TEXT = /^(-e|--expression|--source)$/;
const FILE = /^(-f|--file)$/;

/** sed takes options behind its files as well; awk stops looking at its program. */
function findScripts(command: InnerWords, leading: Leading, permutes: boolean): Found {
  const { options, plain, odd } = readWords(command, leading, permutes);
  if (odd) return { scripts: [], found: [ODD] };
  const given = options.flatMap(([name, value]) => (TEXT.test(name) ? [value] : []));
  const fromFile = options.some(([name]) => FILE.test(name));
  if (given.length === 0 && !fromFile) return firstWord(command, plain, permutes);
  const unsure = mayHoldMore(command, 1) || (command.paths?.size ?? 0) > 0;
  return {
    scripts: given,
    found: [...(fromFile ? [FROM_FILE] : []), ...(unsure ? [UNSURE] : [])],
  };
}

interface Read {
  readonly options: Lead['options'];
  /** Indexes of the words that are no options and no values of any. */
  readonly plain: readonly number[];
  readonly odd: boolean;
}

function readWords(command: InnerWords, leading: Leading, permutes: boolean): Read {
  const options: (readonly [string, string])[] = [];
  const plain: number[] = [];
  for (let at = 1; at < command.argv.length; ) {
    const lead = readLeading(command, at, leading);
    options.push(...lead.options);
    if (lead.at === undefined) return { options, plain, odd: true };
    if (lead.at < command.argv.length) plain.push(lead.at);
    at = permutes ? lead.at + 1 : command.argv.length;
  }
  return { options, plain, odd: false };
}

function firstWord(command: InnerWords, plain: readonly number[], permutes: boolean): Found {
  // `sed -i '' SCRIPT` is how BSD edits in place; GNU takes the empty word for the script.
  const most = permutes && command.argv[plain[0] ?? 0] === '' ? 2 : 1;
  const scripts = plain.slice(0, most).map((at) => command.argv[at] ?? '');
  return { scripts, found: doubtsAbout(command, plain[0], permutes) };
}

/** None where the script at an index is there and known, and no option can follow that gives another. */
function doubtsAbout(
  command: InnerWords,
  script: number | undefined,
  permutes: boolean,
): readonly Finding[] {
  const unknown = [...(command.unknown ?? [])];
  if (script === undefined || command.paths?.has(script) || unknown.some((at) => at <= script))
    return [UNSURE];
  if (!permutes || (unknown.length === 0 && !command.more)) return [];
  return unknown.length > 0 && unknown.every((at) => command.names?.has(at))
    ? [MAYBE_MORE]
    : [UNSURE];
}

function aboutFiles(files: readonly string[], writes: boolean): readonly Finding[] {
  return files.flatMap((file): Finding[] => {
    if (isSecret(file))
      return [{ effect: 'beyond', why: 'its script names a file that holds secrets' }];
    return writes && (leadsOut(file) || isTrusted(file))
      ? [{ effect: 'beyond', why: 'its script writes outside the folder or where others trust' }]
      : [];
  });
}
