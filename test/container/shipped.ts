import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ContainerPlan } from '../../src/jail/compose.ts';

export const root = join(import.meta.dirname, '..', '..');

/** A file of `.container`, as it is shipped. */
export const shipped = (name: string): string =>
  readFileSync(join(root, '.container', name), 'utf8');

/** What the shipped compose file is made of: one jail, and what the engine fills in. */
export const anyone: ContainerPlan = {
  jails: [
    {
      name: 'work',
      folder: '${ATOM_WORK:?the folder that commands may touch, absolute}',
      mode: 'read-write',
    },
  ],
  uid: '${ATOM_UID:?your user id, as id -u says it; never 0}',
  gid: '${ATOM_GID:?your group id, as id -g says it}',
  source: '..',
};
