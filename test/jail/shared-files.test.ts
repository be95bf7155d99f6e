import { linkSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
beforeEach(async () => {
  scene = await makeScene();
});
afterEach(() => scene.remove());

/** A file outside that somebody else linked into the jail. */
function linked(name: string): string {
  const outside = join(scene.root, name.replaceAll('/', '-'));
  writeFileSync(outside, 'before\n');
  mkdirSync(dirname(join(scene.jail.folder, name)), { recursive: true });
  linkSync(outside, join(scene.jail.folder, name));
  return outside;
}

describe('a file outside that is hard-linked into a jail', () => {
  test.each(['notes', 'deep/er/notes', '.git/objects/pack/p.pack', 'part/node_modules/x/index.js'])(
    'keeps its content: %s',
    async (name) => {
      mkdirSync(join(scene.jail.folder, '.git/hooks'), { recursive: true });
      const outside = linked(name);
      const { stdout } = await scene.sh(
        `cat ${name}; echo after >> ${name}; chmod 777 ${name}; ln ${name} more; echo after >> more
         mv ${dirname(name)} moved; echo after >> moved/*; echo after > ${name}`,
      );
      expect(stdout).toContain('before');
      expect(readFileSync(outside, 'utf8')).toBe('before\n');
    },
  );

  test('can be read, and everything around it can be written', async () => {
    linked('notes');
    const { stdout } = await scene.sh(
      'cat notes; echo x > other; ln other again; echo y >> again; cat other',
    );
    expect(stdout).toBe('before\nx\ny\n');
    expect((await scene.sh('echo z >> again; cat other')).stdout).toBe('x\ny\nz\n');
  });

  test('is one of too many: then nothing runs, and there is a way out', async () => {
    for (let i = 0; i < 151; i++) linked(`f${i}`);
    await expect(scene.sh('true')).rejects.toMatchObject({
      code: 'blocked',
      message: expect.stringContaining('151 hard links to files outside'),
      next: [expect.stringContaining('cp -R')],
    });
    const jail = { ...scene.jail, mode: 'read-only' as const };
    expect((await scene.sh('cat f7', { jail })).stdout).toBe('before\n');
  });
});
