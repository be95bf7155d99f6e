import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { printScript } from '../../src/domain/shell-line/print.ts';
import { readLine } from '../../src/domain/shell-line/read-line.ts';
import { goodLines, wordLists } from '../domain/shell-line/lines.ts';
import { makeScene, type Scene } from './scene.ts';

// Shells disagree with each other in corners; nothing here is ever run outside a jail with limits.
let scene: Scene;
beforeEach(async () => {
  scene = await makeScene();
  mkdirSync(join(scene.jail.folder, 'd'));
  for (const name of ['a', 'b.c', 'bx', '-x', 'x y']) write(name, `${name}\n`);
});
afterEach(() => scene.remove());

const write = (name: string, text: string) => writeFileSync(join(scene.jail.folder, name), text);

/** Stands before both, and is never read by atom: a program that tells its words. */
const TELLING = `a() { printf '<%s>' "$@"; };`;

/** How many run in one jail. */
const BATCH = 50;

/** Runs texts in a jail, each in a fresh folder and a shell of its own, and gives what each wrote. */
async function outputs(texts: readonly string[]): Promise<readonly string[]> {
  if (texts.length > BATCH)
    return [...(await outputs(texts.slice(0, BATCH))), ...(await outputs(texts.slice(BATCH)))];
  write('texts', texts.map((text) => `${TELLING} ${text}\0`).join(''));
  // Only bash knows here-strings.
  const loop = `mapfile -d '' texts < texts; rm texts
    for text in "\${texts[@]}"; do
      case $text in *'<<<'*) shell=bash;; *) shell=sh;; esac
      cp -r . /tmp/w; cd /tmp/w; A='p  q' timeout 3 $shell -c "$text" 2>/dev/null </dev/null
      echo "<$?>"; grep -r . . | sort; cd - >/dev/null; rm -rf /tmp/w; printf '\\0'
    done`;
  // Long, since a busy machine takes many times as long for as many shells.
  const limits = { wallMs: 90_000 };
  const { stdout, stderr, ending } = await scene.run(['bash', '-c', loop], { limits });
  expect({ ending, stderr }).toEqual({ ending: { kind: 'exit', code: 0 }, stderr: '' });
  // Where it stands in the text is the one thing that printing may change.
  return stdout
    .replace(/sh: \d+:/g, 'sh:')
    .split('\0')
    .slice(0, -1);
}

/** What can be read of many random lines, and what becomes of it. */
function sample(kind: fc.Arbitrary<string>, seed: number) {
  return [...new Set(fc.sample(kind, { numRuns: 1500, seed }))].flatMap((text) => {
    // Nobody says when a random loop or `<(…)` ends, and every shell has a number of its own.
    const reading = readLine(/while|\$\$|<\(/.test(text) ? '' : text);
    return reading.ok ? [{ text, printed: printScript(reading.script) }] : [];
  });
}

async function differences(found: ReturnType<typeof sample>) {
  const written = await outputs(found.map(({ text }) => text));
  const printed = await outputs(found.map((one) => one.printed));
  return found.flatMap((one, at) =>
    written[at] === printed[at] ? [] : [{ ...one, was: written[at], is: printed[at] }],
  );
}

test('words are printed as what a shell would have made of them', async () => {
  const found = sample(
    wordLists.map((words) => `a ${words}`),
    1,
  );
  expect(found.length).toBeGreaterThan(200);
  expect(await differences(found)).toEqual([]);
}, 200_000);

test('lines do what they would have done', async () => {
  const found = sample(goodLines, 2);
  expect(found.length).toBeGreaterThan(100);
  expect(await differences(found)).toEqual([]);
}, 200_000);
