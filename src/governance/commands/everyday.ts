import { archives } from './archives.ts';
import { builtins } from './builtins.ts';
import type { CommandRule } from './command-rule.ts';
import { finders } from './finders.ts';
import { git } from './git/rules.ts';
import { readers } from './readers.ts';
import { wrappers } from './wrappers.ts';
import { writers } from './writers.ts';

/** What people type all day: files, text, archives, git, and what the shell does itself. */
export const everyday: readonly CommandRule[] = [
  ...[readers, writers, finders, git, wrappers, builtins, archives].flat(),
];
