import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { harmfulSettings, parseGitConfig } from '../../../src/jail/quarantine/git-config.ts';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'atom-config-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** What git itself reads in a file, which it does not act on. */
function asGitReads(text: string): readonly (readonly [string, string])[] | undefined {
  const file = join(folder, 'config');
  writeFileSync(file, text);
  const { status, stdout } = spawnSync('git', ['config', '-f', file, '--list', '-z'], {
    encoding: 'utf8',
    env: { PATH: process.env.PATH ?? '' },
  });
  if (status !== 0) return undefined;
  return stdout
    .split('\0')
    .slice(0, -1)
    .map((entry) => {
      const at = entry.indexOf('\n');
      return at < 0 ? [entry, 'true'] : [entry.slice(0, at), entry.slice(at + 1)];
    });
}

const piece = fc.constantFrom(
  ...[
    '[core]',
    '[remote "o"]',
    '[remote "a\\"b"]',
    '[a.b]',
    '[core',
    ']',
    '[include]',
    '\n',
    '\n\t',
  ],
  ...['fsmonitor', 'url', 'name', ' = ', '=', 'evil', '"', '\\', '\\"', '\\n', '#', ';', ' ', '\t'],
  ...['\r', '\ufeff', 'a b', 'é', '-x', '::', '"a b"', '\\\n', '[x "y"] k = v'],
);

describe('a configuration of git', () => {
  test('is read as git reads it, or not at all', () => {
    let read = 0;
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 14 }), (pieces) => {
        const text = `[core]\n${pieces.join('')}\n`;
        const mine = parseGitConfig(text);
        if (mine === undefined) return;
        read += 1;
        expect(mine.map(({ key, value }) => [key, value])).toEqual(asGitReads(text));
      }),
      { numRuns: 1500 },
    );
    expect(read).toBeGreaterThan(50);
  });

  test.each([
    ['goes on after a section', '[core] fsmonitor = evil'],
    ['continues a line', '[core]\n\tx = a\\\nfsmonitor = evil'],
    ['quotes a part', '[core]\n\tfsmonitor = "ev"il'],
    ['begins with a byte order mark', '\ufeff[core]\n\tbare = false'],
    ['begins without a section', 'bare = false'],
  ])('that %s is not read', (_how, text) => {
    expect(parseGitConfig(text)).toBeUndefined();
  });

  test.each([
    ['core.bare', 'false', true],
    ['remote.origin.url', 'https://example.org/a.git', true],
    ['remote.origin.url', 'git@example.org:a.git', true],
    ['remote.origin.url', '/var/tmp/store.git', true],
    ['remote.origin.url', 'ext::sh -c evil', false],
    ['remote.origin.url', 'ssh://-oProxyCommand=evil/x', false],
    ['remote.origin.url', 'git@-oProxyCommand=evil:x', false],
    ['remote.origin.uploadpack', 'evil', false],
    ['remote.origin.vcs', 'evil', false],
    ['branch.main.remote', 'ext::evil', false],
    ['branch.main.merge', 'refs/heads/main', true],
    ['core.hookspath', 'x', false],
    ['core.worktree', '/', false],
    ['core.bare.x', 'false', false],
    ['extensions.worktreeconfig', 'true', false],
    ['submodule.x.update', '!evil', false],
    ['include.path', 'x', false],
    ['user.name', 'A B', true],
  ])('%s = %s', (key, value, harmless) => {
    expect(harmfulSettings([{ key, value }])).toHaveLength(harmless ? 0 : 1);
  });
});
