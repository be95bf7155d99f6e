import { realpathSync } from 'node:fs';
import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { JailSpec } from '../../domain/jail.ts';
import { checkShown } from '../../jail/shown.ts';
import type { Cli } from '../cli.ts';
import { absolute, folderRules } from '../jails/folder.ts';

/** The real path of a folder that a server may be shown. Throws AtomError `not-found` or `blocked`. */
export function shownFolder(cli: Cli, path: string, jails: readonly JailSpec[]): string {
  const whole = absolute(cli.env, path);
  let real: string;
  try {
    real = realpathSync(whole);
  } catch (cause) {
    throw new AtomError('not-found', `There is no folder ${visible(whole)} to show`, { cause });
  }
  checkShown(folderRules(cli), jails, real);
  return real;
}

/** Names and values, as they were typed with `=` between them. Throws AtomError `usage`. */
export function pairs(words: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    words.map((word) => {
      const [, name, value] = /^([^=]+)=(.+)$/s.exec(word) ?? [];
      if (name === undefined || value === undefined)
        // It may be a key that somebody typed where its name belongs.
        throw new AtomError('usage', 'Say it as NAME=<name of a secret>; it is not shown here.', {
          next: ['Such as:   --secret API_TOKEN=mcp.files.token', 'See:   atom help mcp'],
        });
      return [name, value];
    }),
  );
}
