import { resolve } from 'node:path';
import { AtomError } from '../base/errors.ts';
import { type Script, type SimpleCommand, type Step, textOf } from '../domain/shell-line/script.ts';
import { simpleCommands } from '../domain/shell-line/walk.ts';
import { folderInside } from './folder.ts';

/** Where each command of a line starts: an absolute folder, undefined where only running it would tell. */
export type LineFolders = ReadonlyMap<SimpleCommand, string | undefined>;

/**
 * Follows every `cd FOLDER` that stands by itself in a line and names a folder that is there; `cwd` is
 * where the line starts. Anything else that goes to a folder leaves the rest of the line unknown.
 */
export function lineFolders(script: Script, folder: string, cwd: string): LineFolders {
  const found = new Map<SimpleCommand, string | undefined>();
  let at: string | undefined = cwd;
  /** True while a `cd` that another command decides about may not have been made. */
  let maybe = false;
  for (const step of script.steps) {
    if (maybe && step.join !== '&&') at = undefined;
    const commands = simpleCommands({ steps: [step] });
    const target = plainCd(step);
    const goes = commands.some(isCd);
    const here = goes && target === undefined ? undefined : at;
    for (const command of commands) found.set(command, here);
    if (!goes) continue;
    maybe ||= step.join !== ';';
    at = target === undefined || at === undefined ? undefined : below(folder, resolve(at, target));
  }
  return found;
}

const isCd = ({ words: [name = []] }: SimpleCommand): boolean => textOf(name) === 'cd';

/** The folder of `cd FOLDER` where that is all of a step. */
function plainCd({ stages: [command, ...others], negated, join }: Step): string | undefined {
  if (command?.kind !== 'simple' || others.length > 0 || negated || join === '||') return undefined;
  const [, target = [], ...more] = command.words;
  const plain = isCd(command) && more.length === 0 && command.redirects.length === 0;
  const text = plain ? textOf(target) : undefined;
  return text === undefined || text === '' || text.startsWith('-') ? undefined : text;
}

function below(folder: string, path: string): string | undefined {
  try {
    return folderInside(folder, path);
  } catch (error) {
    if (error instanceof AtomError) return undefined;
    throw error;
  }
}
