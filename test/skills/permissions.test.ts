import { expect, it } from 'vitest';
import { noPermissions } from '../../src/domain/skill.ts';
import { permissionsShape, whyNotTogether } from '../../src/skills/permissions.ts';

it('allows nothing that is not named', () => {
  expect(permissionsShape.parse({})).toEqual(noPermissions);
  expect(permissionsShape.parse({ fs: { read: ['notes/**'] } })).toEqual({
    ...noPermissions,
    fs: { read: ['notes/**'], write: [] },
  });
});

it.each([
  ['a permission that there is not', { shell: true }],
  ['a command without a program', { commands: [[]] }],
  ['a command whose program is empty', { commands: [['']] }],
  ['a secret that could be another’s', { secrets: ['../telegram.token'] }],
  ['files by another name', { files: 'all' }],
  ['a pattern that is empty', { fs: { read: [''] } }],
])('refuses %s', (_, asked) => {
  expect(permissionsShape.safeParse(asked).success).toBe(false);
});

it('refuses what would wait for itself', () => {
  const both = permissionsShape.parse({ files: 'write', commands: [['ls']] });
  expect(whyNotTogether(both)).toContain('fs.write');
  expect(whyNotTogether({ ...both, files: 'read' })).toBeUndefined();
});
