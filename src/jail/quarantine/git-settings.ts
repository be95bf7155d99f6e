import { resolve } from 'node:path';
import { sha256 } from '../../base/digest.ts';
import { isInside } from '../../domain/jail-choice.ts';
import { asBytes, below } from './byte-path.ts';
import { type Eyes, stampOf } from './eyes.ts';
import { harmfulSettings, parseGitConfig } from './git-config.ts';
import type { Item } from './item.ts';
import { itemAt } from './item-at.ts';

/**
 * The configuration of a repository, where it says more than ordinary work needs; known by its harmful
 * settings, so that another remote beside them is nothing. And the folder of hooks that it names.
 */
export function configItems(eyes: Eyes, git: string): readonly Item[] {
  const path = below(git, 'config');
  const stats = eyes.stat(path);
  if (!stats) return [];
  const settings = stats.isFile() ? parseGitConfig(eyes.read(path) ?? '\0') : undefined;
  const mine: Item = { path, fate: 'move', marks: [stampOf(stats)] };
  if (!settings) return [mine];
  const harmful = harmfulSettings(settings);
  if (harmful.length === 0) return [];
  const or = harmful.map(({ key, value }) => `setting ${path} ${sha256(`${key}=${value}`)}`);
  const hooks = harmful.filter(({ key }) => key === 'core.hookspath');
  return [{ ...mine, or }, ...hooks.flatMap(({ value }) => hooksItems(eyes, git, value))];
}

/** Git reads the path from the folder that the repository is for. */
function hooksItems(eyes: Eyes, git: string, value: string): readonly Item[] {
  const path = resolve(eyes.top, git, '..', asBytes(value));
  if (path === eyes.top || !isInside(eyes.top, path)) return [];
  return itemAt(eyes, path.slice(eyes.top.length + 1));
}
