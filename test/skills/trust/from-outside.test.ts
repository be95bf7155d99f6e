import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import { noPermissions } from '../../../src/domain/skill.ts';
import type { SkillApproval } from '../../../src/domain/skill-trust.ts';
import { skillRoots } from '../../../src/skills/find-folders.ts';
import { seenFromOutside } from '../../../src/skills/trust/from-outside.ts';
import { readSources } from '../../../src/skills/trust/sources.ts';
import { freshFolder } from '../../store/fresh.ts';

let root: string;
let own: string;
beforeEach(() => {
  root = freshFolder();
  own = join(root, 'own');
});

const put = (folder: string, file = 'skill.ts', text = 'export default 1;\n'): string => {
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, file), text);
  return folder;
};

const approvalOf = async (id: string, folder: string): Promise<SkillApproval> => ({
  id,
  digest: 'd',
  permissions: noPermissions,
  at: 1,
  by: 'terminal/owner',
  files: (await readSources(folder)).files,
});

const seen = async (
  approvals: readonly SkillApproval[] = [],
  { off = [], agrees = true }: { readonly off?: readonly string[]; readonly agrees?: boolean } = {},
) => {
  const jail = { name: 'work', folder: join(root, 'work') };
  const roots = skillRoots({ packageFolder: join(root, 'package'), own, jails: [jail] });
  const found = await seenFromOutside(roots, {
    approvals: new Map(approvals.map((one) => [one.id, one])),
    off: new Set(off),
    agrees: () => agrees,
  });
  return found.map(({ id, state, why }) => [id, state, why ?? ''].join(' ').trimEnd());
};

test('those of the package are ready, and all others wait until they are approved', async () => {
  put(join(root, 'package', 'skills', 'tea'));
  put(join(own, 'greet'));
  put(join(own, 'words'), 'SKILL.md', '---\nname: words\ndescription: Says it.\n---\nSay it.\n');
  put(join(root, 'work', '.atom', 'skills', 'made'));
  expect(await seen()).toEqual([
    'tea ready',
    'greet waiting it is new',
    'words waiting it is new',
    'work/made waiting it is new',
  ]);
});

test('one is ready as long as its files are those that were approved', async () => {
  const folder = put(join(own, 'greet'));
  const approval = await approvalOf('greet', folder);
  expect(await seen([approval])).toEqual(['greet ready']);
  expect(await seen([approval], { agrees: false })).toEqual([
    'greet waiting skills.lock does not say what you approved',
  ]);
  expect(await seen([approval], { off: ['greet'] })).toEqual(['greet off']);
  const changed = ['greet waiting it is not what you approved: it changed since'];
  put(folder, 'more.ts');
  expect(await seen([approval])).toEqual(changed);
});

test('one that holds a link out of its folder is broken', async () => {
  symlinkSync('/etc', join(put(join(own, 'greet')), 'out'));
  expect(await seen()).toEqual([
    'greet broken out is a link that leads out of the skill’s folder.',
  ]);
});
