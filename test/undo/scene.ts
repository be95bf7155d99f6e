import { execFileSync } from 'node:child_process';
import { mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { Clock } from '../../src/base/clock.ts';
import { systemClock } from '../../src/base/clock.ts';
import { createLog, type LogLine } from '../../src/base/log.ts';
import type { Store } from '../../src/domain/store.ts';
import type { Restored, UndoPlan } from '../../src/domain/undo.ts';
import { createUndo, type Undo } from '../../src/undo/undo.ts';
import { freshFolder, freshStore } from '../store/fresh.ts';

/** A folder that runs change, and an undo that watches them. */
export interface Scene {
  readonly root: string;
  /** The folder; its store of contents lies beside it. */
  readonly work: string;
  readonly kept: string;
  readonly store: Store;
  readonly undo: Undo;
  readonly lines: readonly LogLine[];
  put(path: string, content?: string | Uint8Array, mode?: number): string;
  /** Everything in the folder: kinds, permissions, times, targets and contents, by other programs. */
  picture(): string;
  /** Runs a script in the folder as a run that undo knows of. */
  run(id: string, script: string, more?: { readonly path?: string }): Promise<void>;
  plan(ref?: string, force?: boolean): Promise<UndoPlan>;
  /** Takes a run back, itself a run, as the governor would. */
  restore(ref?: string, force?: boolean): Promise<Restored>;
  /** The same after a start of the gateway. */
  reopen(): Promise<Scene>;
}

export const NOW = new AbortController().signal;

export async function makeScene(clock: Clock = systemClock, room?: number): Promise<Scene> {
  const root = realpathSync(freshFolder());
  const { store } = await freshStore();
  for (const name of ['work', 'kept']) mkdirSync(join(root, name));
  return openScene(root, { store, clock, room });
}

interface Parts {
  readonly store: Store;
  readonly clock: Clock;
  readonly room: number | undefined;
}

async function openScene(root: string, parts: Parts): Promise<Scene> {
  const { store, clock, room } = parts;
  const [work, kept] = [join(root, 'work'), join(root, 'kept')];
  const lines: LogLine[] = [];
  const undo = await createUndo({
    store,
    clock,
    folder: kept,
    log: createLog((line) => lines.push(line)),
    turn: async () => () => undefined,
    ...(room === undefined ? {} : { room }),
  });
  const change = (run: string, path?: string) => ({
    run,
    action: 'shell.exec',
    words: ['sh', run],
    folder: work,
    session: 's1',
    ...(path === undefined ? {} : { path }),
  });
  let restores = 0;
  const plan: Scene['plan'] = (ref, force = false) => undo.plan({ ref, force });
  return {
    root,
    work,
    kept,
    store,
    undo,
    lines,
    plan,
    put: (path, content = '', mode = 0o644) => {
      const file = join(work, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content, { mode });
      return file;
    },
    picture: () => pictureOf(work),
    run: async (id, script, { path } = {}) => {
      await undo.before(change(id, path), NOW);
      execFileSync('/bin/sh', ['-c', script], { cwd: work, stdio: 'ignore' });
      await undo.after(id);
    },
    restore: async (ref, force = false) => {
      const { digest, of } = await plan(ref, force);
      restores += 1;
      const by = `undo-${process.pid}-${restores}-${of.run}`;
      await undo.before({ ...change(by), action: 'undo.restore' }, NOW);
      try {
        return await undo.restore({ ref: of.run, force, plan: digest, by }, NOW);
      } finally {
        await undo.after(by);
      }
    },
    reopen: () => openScene(root, parts),
  };
}

/** One line a path, sorted: kind, permissions, time in seconds, size of files, target; then digests. */
export function pictureOf(folder: string): string {
  const sh = (script: string): string =>
    execFileSync('/bin/sh', ['-c', script], { cwd: folder, maxBuffer: 64 * 1024 ** 2 }).toString(
      'latin1',
    );
  const entries = sh(
    `find . \\( -type f -printf '%p f %m %T@ %s\\n' -o -printf '%p %y %m %T@ %l\\n' \\)`,
  );
  const rounded = entries.replaceAll(/(\.\d{3})\d+/g, '$1');
  const digests = sh(`find . -type f -exec sha256sum {} +`);
  return [...rounded.split('\n').sort(), ...digests.split('\n').sort()].join('\n');
}
