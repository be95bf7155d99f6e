import type { Classification, CommandWords } from '../classify.ts';
import { finding } from './finding.ts';

/** Programs that run what they are given on standard input. */
const RUNS_INPUT =
  /^((ba|da|z|k|fi|a|c|tc)?sh|busybox|toybox|node|nodejs|deno|bun|tsx|python[\d.]*|pypy[\d.]*|perl[\d.]*|ruby[\d.]*|php[\d.]*|lua[\d.]*|luajit|tclsh[\d.]*|expect|Rscript|R|julia|gdb|ed|ex|at|batch|crontab|psql|mysql|mariadb|sqlite3|mongosh?|redis-cli|ftp|sftp|telnet|nc|ssh|parallel|osascript|pwsh|m4|guile|sbcl|clojure|scala|ghci|irb|octave)$/;

/**
 * A program that is handed a text by a pipe or a file, and would run it. Only a script that is named
 * in the first place, and is no other name for standard input, says that it does not.
 */
export function classifyGiven({ argv, unknown }: CommandWords): Classification | undefined {
  const [program = '', script = ''] = argv;
  const name = program.slice(program.lastIndexOf('/') + 1);
  if (!RUNS_INPUT.test(name)) return undefined;
  const named = script !== '' && !unknown?.has(1) && !/^[-+]|^\/(dev|proc)\//.test(script);
  return named ? undefined : finding(4, `${name} would run what it is given to read`);
}
