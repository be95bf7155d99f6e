import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { summary } from '../../../skills/git-summary/summary.ts';
import { type PlainContext, plainContext } from '../plain-context.ts';

let context: PlainContext;
beforeEach(() => {
  context = plainContext();
});
afterEach(() => context.remove());

describe('the summary of a repository', () => {
  it('has its branch, what is not committed, and who did what', async () => {
    const who = ['-c', 'user.name=Ada', '-c', 'user.email=ada@example.org'];
    const git = (...words: string[]) =>
      execFileSync('git', [...who, ...words], { cwd: context.folder, stdio: 'pipe' });
    git('init', '-q', '-b', 'main');
    expect(await summary(context, undefined)).toBe('On main.\nThere are no commits yet.');
    writeFileSync(join(context.folder, 'a.txt'), '1');
    git('add', '.');
    git('commit', '-q', '-m', 'Begin');
    expect(await summary(context, '.')).toContain('On main.\nEverything is committed.');
    writeFileSync(join(context.folder, 'a.txt'), '2');
    writeFileSync(join(context.folder, 'b.txt'), '2');
    const text = await summary(context, undefined);
    expect(text).toContain('Not committed: 1 changed, 1 new.');
    expect(text).toMatch(
      /Last commits:\n {2}[0-9a-f]{7,} \d{4}-\d\d-\d\d Ada: Begin\n\nBy: Ada \(1\)$/,
    );
  });

  it('is refused in git’s own words where there is none', async () => {
    await expect(summary(context, undefined)).rejects.toThrow('not a git repository');
  });
});
