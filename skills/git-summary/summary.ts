import type { SkillContext } from 'atom-agent';

const MOST = 10;

/** What a repository looks like now: its branch, what is not committed, the last commits, who made them. */
export async function summary(
  { exec }: Pick<SkillContext, 'exec'>,
  folder: string | undefined,
): Promise<string> {
  const git = async (...words: string[]): Promise<readonly string[]> => {
    const where = folder === undefined ? {} : { cwd: folder };
    const { code, stdout, stderr } = await exec(['git', ...words], where);
    if (code !== 0) throw new Error(stderr.trim().split('\n')[0] || 'git did not work here.');
    return stdout.split('\n').filter((line) => line !== '');
  };
  const [head = '', ...changes] = await git('status', '--porcelain=v1', '--branch');
  if (head.includes('No commits yet')) return `${branchLine(head)}\nThere are no commits yet.`;
  const log = await git('log', '-n', String(MOST), '--date=short', '--format=%h %ad %an: %s');
  const authors = await git('shortlog', '-s', '-n', 'HEAD');
  return [
    branchLine(head),
    changesLine(changes),
    '',
    'Last commits:',
    ...log.map((line) => `  ${line}`),
    '',
    `By: ${authors.slice(0, 5).map(authorText).join(', ')}`,
  ].join('\n');
}

/** `## main...origin/main [ahead 1]` is what git prints. */
function branchLine(head: string): string {
  const [, branch = '', , far = ''] =
    /^## (?:No commits yet on )?(.+?)(\.\.\.\S+)?(?: \[(.+)\])?$/.exec(head) ?? [];
  return `On ${branch}${far === '' ? '' : `, ${far} of its remote branch`}.`;
}

function changesLine(changes: readonly string[]): string {
  if (changes.length === 0) return 'Everything is committed.';
  const fresh = changes.filter((line) => line.startsWith('??')).length;
  const parts = [
    [changes.length - fresh, 'changed'],
    [fresh, 'new'],
  ] as const;
  const said = parts.filter(([count]) => count > 0).map(([count, how]) => `${count} ${how}`);
  return `Not committed: ${said.join(', ')}.`;
}

const authorText = (line: string): string => {
  const [, count = '', name = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? [];
  return `${name} (${count})`;
};
