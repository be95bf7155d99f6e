import { mkdirSync, mkdtempSync, realpathSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { createJails, type Jails } from '../../src/assembly/jail.ts';
import type { AtomOptions } from '../../src/assembly/parts.ts';
import { systemClock } from '../../src/base/clock.ts';
import { accountOf } from '../../src/config/account.ts';
import type { JailSpec } from '../../src/domain/jail.ts';

let root: string;
let jail: JailSpec;
let jails: Jails;
beforeAll(async () => {
  // Not below /tmp, which every jail hides.
  root = realpathSync(mkdtempSync('/var/tmp/atom-gateway-jails-'));
  const [config, data, state, home, packageFolder] = ['c', 'd', 's', 'h', 'p'].map((name) =>
    join(root, name),
  ) as [string, string, string, string, string];
  jail = { name: 'work', folder: join(root, 'work'), mode: 'read-write' };
  mkdirSync(jail.folder);
  const paths = { config, data, state } as AtomOptions['paths'];
  const settings = { jails: [jail], private: [] } as unknown as AtomOptions['config'];
  const options = {
    paths,
    config: settings,
    clock: systemClock,
    account: accountOf({ home }),
    packageFolder,
  };
  jails = await createJails(options as AtomOptions);
});
afterAll(() => rmSync(root, { recursive: true, force: true }));

test('commands and skills take turns in one folder', async () => {
  const skills = jails.launchFor(join(root, 'empty'));
  const go = (launch: typeof skills, spec: JailSpec, script: string) =>
    launch(
      { jail: spec, argv: ['sh', '-c', script], cwd: jail.folder },
      AbortSignal.timeout(9000),
      () => undefined,
    );
  const writing = go(jails.shell.launch, jail, 'echo > half; sleep 0.4; mv half whole');
  const looking = go(skills, { ...jail, mode: 'read-only' }, 'ls');
  await writing;
  expect((await looking).stdout).toBe('whole\n');
});

test('a jail whose folder was replaced is used by nobody', () => {
  expect(jails.trouble(jail)).toBeUndefined();
  renameSync(jail.folder, join(root, 'old'));
  mkdirSync(jail.folder);
  expect(jails.trouble(jail)).toContain('no longer the folder it was');
  expect(() => jails.folderOf(jail)).toThrow('no longer the folder it was');
  rmSync(jail.folder, { recursive: true });
  symlinkSync(join(root, 'old'), jail.folder);
  expect(() => jails.folderOf(jail)).toThrow('is a link to');
});
