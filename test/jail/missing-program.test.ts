import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import { readLine } from '../../src/domain/shell-line/read-line.ts';
import { resolveLine } from '../../src/jail/line.ts';
import { placeOf } from '../../src/jail/place.ts';
import { createPrograms, type ProgramPlace, type Programs } from '../../src/jail/program.ts';
import { makeScene, type Scene } from './scene.ts';

let scene: Scene;
let place: ProgramPlace;
let programs: Programs;
beforeAll(async () => {
  scene = await makeScene();
  const { folder } = scene.jail;
  place = placeOf(scene.deps.mechanism, [], { folder, cwd: folder, readOnly: [], jail: 'work' });
  programs = createPrograms(scene.home);
});
afterAll(() => scene.remove());

/** Puts a program somewhere in the owner's home, where no jail shows it. */
function put(...path: readonly string[]): string {
  const file = join(scene.home, ...path);
  mkdirSync(join(file, '..'), { recursive: true });
  writeFileSync(file, '#!/bin/sh\n');
  chmodSync(file, 0o755);
  return file;
}

async function missing(name: string): Promise<AtomError> {
  const error = await programs.resolve(place, name).catch((thrown: unknown) => thrown);
  if (error instanceof AtomError) return error;
  throw new Error(`${name} was not missing: ${String(error)}`);
}

describe('a program that is missing', () => {
  it('is named, with where it was looked for and what to do', async () => {
    const { code, message, next } = await missing('no-such-program');
    expect(code).toBe('not-found');
    expect(message).toBe(
      'There is no program no-such-program for the jail: looked in /usr/local/bin, /usr/bin, /bin.',
    );
    expect(next.join()).toContain('name it by its whole path');
  });

  it('is found where this machine has it and the jail does not show it', async () => {
    const file = put('.pyenv', 'shims', 'poetry');
    const { message, next } = await missing('poetry');
    expect(message).toContain(`It is at ${file}, which the jail does not show.`);
    expect(next).toEqual([
      `To let commands see it: atom jails set work --show ${join(scene.home, '.pyenv', 'shims')}`,
    ]);
  });

  it('is found in the versions that a version manager keeps', async () => {
    const file = put('.nvm', 'versions', 'node', 'v22', 'bin', 'corepack-of-mine');
    expect((await missing('corepack-of-mine')).message).toContain(file);
  });

  it('is told apart from one that a whole path outside the jail names', async () => {
    const file = put('tools', 'deploy');
    const { message, next } = await missing(file);
    expect(message).toContain(`It is at ${file}, which the jail does not show.`);
    expect(next.join()).toContain('atom jails set work --show');
    expect((await missing('/opt/nothing/here')).message).toContain(
      'there is no program at /opt/nothing/here',
    );
  });

  it.each([
    ['gti', 'git'],
    ['pyhton3', 'python3'],
    ['sedd', 'sed'],
  ])('was a slip: %s', async (typed, meant) => {
    expect((await missing(typed)).next).toContain(`Did you mean ${meant}?`);
  });

  it.each(['x', 'zq', 'qqqqqqqq'])('is not guessed at where nothing is near: %s', async (typed) => {
    expect((await missing(typed)).next.join()).not.toContain('Did you mean');
  });

  it('cannot draw anything else with its name', async () => {
    expect((await missing('a\u202eb')).message).toContain('a⟦U+202E⟧b');
  });

  it('of a line that may not need it is kept for whoever misses it', async () => {
    const text = 'test -f x && gti status';
    const reading = readLine(text);
    if (!reading.ok) throw new Error(reading.kind);
    const line = await resolveLine({ programs, place }, text, reading.script);
    expect(line.missing.join()).toContain('There is no program gti for the jail');
    expect(line.missing.join()).toContain('Did you mean git?');
  });
});
