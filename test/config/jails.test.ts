import { describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import { checkConfig } from '../../src/config/check.ts';
import { writtenJail } from '../../src/config/jail-schema.ts';

const check = (jail: Record<string, Json>) =>
  checkConfig({ version: 1, jails: [{ name: 'work', folder: '/w', ...jail }] });
const problem = (jail: Record<string, Json>): string => {
  const checked = check(jail);
  return checked.ok ? 'none' : checked.problems.map(({ message }) => message).join();
};

describe('a jail in the settings', () => {
  it('says which hosts, repositories, names, folders and limits it allows', () => {
    const written = {
      name: 'work',
      folder: '/w',
      mode: 'read-write',
      network: ['*.example.org:8443'],
      git: 'open',
      unprotected: ['node_modules'],
      shows: ['/opt/x'],
      limits: { wallSeconds: 120, memoryMb: 2048, outputKb: 10, openFiles: 64 },
    };
    const checked = check(written);
    if (!checked.ok) throw new Error(problem(written));
    const [jail] = checked.config.jails;
    expect(jail).toEqual({
      ...written,
      limits: { wallMs: 120_000, memoryBytes: 2 * 1024 ** 3, outputBytes: 10_240, openFiles: 64 },
    });
    expect(jail && writtenJail(jail)).toEqual(written);
  });

  it('needs nothing but a name and a folder', () => {
    const checked = check({});
    expect(checked.ok && checked.config.jails).toEqual([
      { name: 'work', folder: '/w', mode: 'read-write' },
    ]);
  });

  it.each<[Record<string, Json>, string]>([
    [{ network: ['*'] }, 'a host such as example.org'],
    [{ network: ['10.0.0.1'] }, 'write a name in place of an address'],
    [{ network: ['Example.org'] }, 'lower case'],
    [{ git: 'closed' }, '"read-only" or "guarded" or "open"'],
    [{ unprotected: ['.git'] }, 'what may change of .git is set by "git"'],
    [{ unprotected: ['node_module'] }, 'did you mean "node_modules"?'],
    [{ unprotected: ['src'] }, 'a name that atom protects'],
    [{ shows: ['data'] }, 'an absolute path'],
    [{ shows: ['/opt/../etc'] }, 'without . and ..'],
    [{ limits: { wallSeconds: 601 } }, 'at most 600'],
    [{ limits: { wallSeconds: 0 } }, 'at least 1'],
    [{ limits: { memoryMb: 1.5 } }, 'int'],
    [{ limits: { wallSecond: 5 } }, 'did you mean "jails.0.limits.wallSeconds"?'],
  ])('%j is refused with what to write: %s', (jail, words) => {
    expect(problem(jail)).toContain(words);
  });
});
