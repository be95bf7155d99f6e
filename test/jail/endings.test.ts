import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { createLauncher } from '../../src/jail/launch.ts';
import type { PinnedRequest } from '../../src/jail/request.ts';
import { until } from '../flows/stage/until.ts';
import { leftRunning } from './attack/traces.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
beforeAll(async () => {
  scene = await makeScene();
  // What is made once and kept: the pipes in store, what Node opens by itself.
  await scene.sh('true');
});
afterAll(() => scene.remove());

/** Timers, processes, pipes and watched descriptors that keep this process busy. */
const busy = (): readonly string[] =>
  process
    .getActiveResourcesInfo()
    .filter((name) => /^(Timeout|Immediate|ProcessWrap|PipeWrap|Pipe)/.test(name));

const FAMILY = '(trap "" TERM; sleep 60) & (setsid sleep 60 &) ; sleep 60 &';
const MEGABYTE = 1024 ** 2;

const endings: readonly (readonly [string, string, Partial<PinnedRequest>])[] = [
  ['exit', `${FAMILY} exit 3`, {}],
  ['signal', `${FAMILY} kill -9 $$`, {}],
  ['time', `${FAMILY} trap "" TERM; wait`, { limits: { wallMs: 400 } }],
  ['output', `${FAMILY} yes`, { limits: { outputBytes: 1000 } }],
  [
    'memory',
    `${FAMILY} python3 -c "x = [bytearray(8 << 20) for _ in iter(int, 1)]"`,
    { limits: { memoryBytes: 128 * MEGABYTE } },
  ],
  [
    'disk',
    `${FAMILY} while :; do i=$((i + 1)); head -c 1M /dev/zero > f$i; done`,
    { limits: { fileBytes: MEGABYTE } },
  ],
];

describe('once a command has ended, nothing of it is left:', () => {
  test.each(endings)('%s', async (kind, script, more) => {
    const before = busy();
    const { ending } = await scene.run(['/bin/bash', '-c', script], { ...more, stdin: 'unread' });
    expect(ending.kind).toBe(kind);
    await until('no process', () => leftRunning(scene).length === 0);
    await until('nothing to wait for', () => busy().length <= before.length);
  });

  test('nor of one that was stopped, at whatever moment of its start', async () => {
    const launch = createLauncher(scene.deps);
    const { jail } = scene;
    const request = { jail, argv: ['/bin/bash', '-c', `${FAMILY} wait`], cwd: jail.folder };
    for (let ms = 0; ms < 60; ms += 2) {
      const { ending } = await launch(request, AbortSignal.timeout(ms), () => undefined);
      expect(ending).toEqual({ kind: 'stopped' });
    }
    await until('no process', () => leftRunning(scene).length === 0);
  }, 60_000);
});
