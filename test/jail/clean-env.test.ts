import { expect, test } from 'vitest';
import { bwrapWorld, cleanEnv } from '../../src/jail/clean-env.ts';
import { makeScene } from './scene.ts';

test('a command finds exactly the environment that atom made up, and nothing of the gateway’s', async () => {
  const scene = await makeScene();
  try {
    const made = cleanEnv(['/usr/local/bin', '/usr/bin', '/bin'], bwrapWorld(true));
    const { stdout } = await scene.run(['env']);
    // What bubblewrap adds is where it goes to.
    const found = stdout.split('\n').filter((line) => line !== '' && !line.startsWith('PWD='));
    expect(found.sort()).toEqual(
      Object.entries(made)
        .map(([name, value]) => `${name}=${value}`)
        .sort(),
    );
  } finally {
    scene.remove();
  }
});

test('only without a network are programs told that there is none', () => {
  const names = (offline: boolean) => Object.keys(cleanEnv([], bwrapWorld(offline)));
  expect(names(true)).toContain('NPM_CONFIG_OFFLINE');
  expect(names(false).filter((name) => /OFFLINE|NO_INDEX|GOPROXY/.test(name))).toEqual([]);
});
