import { spawn } from 'node:child_process';
import { AtomError, asAtomError, systemCode } from '../../base/errors.ts';
import { shellWord } from '../../base/shell-word.ts';
import { visible } from '../../base/visible.ts';
import type { Cli } from '../cli.ts';

/** The words of the person's editor, as they stand: no shell reads them. Throws AtomError `usage` where none is named. */
export function editorOf({ env }: Cli): readonly string[] {
  const words = env.editor?.split(/\s+/) ?? [];
  if (words.length > 0) return words;
  throw new AtomError('usage', 'No editor is named: neither VISUAL nor EDITOR is set.', {
    next: [
      'Name one, then try again:   export EDITOR=nano',
      'Or one at a time:   atom config set KEY VALUE',
    ],
  });
}

/** Opens a file in an editor until that ends. Ctrl-C is meant for it alone. Throws AtomError where it does not end well. */
export async function openIn(
  [program = '', ...words]: readonly string[],
  file: string,
): Promise<void> {
  const ignore = (): void => undefined;
  process.on('SIGINT', ignore);
  try {
    const ended = Promise.withResolvers<number | NodeJS.Signals | null>();
    const child = spawn(program, [...words, file], { shell: false, stdio: 'inherit' });
    child.once('error', ended.reject);
    child.once('exit', (code, signal) => ended.resolve(code ?? signal));
    const end = await ended.promise;
    if (end === 0) return;
    throw new AtomError(
      'declined',
      `${visible(program)} ended with ${end}, so nothing was changed.`,
    );
  } catch (thrown) {
    if (thrown instanceof AtomError) throw thrown;
    const why = systemCode(thrown) ?? asAtomError(thrown).message;
    throw new AtomError('usage', `The editor ${shellWord(program)} cannot be started: ${why}.`, {
      next: ['Name another one, then try again:   export EDITOR=nano'],
    });
  } finally {
    process.off('SIGINT', ignore);
  }
}
