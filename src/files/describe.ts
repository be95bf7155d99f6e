import { lstatSync } from 'node:fs';
import { isAbsolute, join, normalize } from 'node:path';
import type { Json } from '../base/json.ts';
import type { Prepared, Touch } from '../domain/action.ts';
import type { Agent } from '../domain/agent.ts';
import type { JailSpec } from '../domain/jail.ts';
import { undoWords } from '../domain/undo.ts';
import type { Place } from './place.ts';

type Verb = 'read' | 'list' | 'write';

/** What every file action says about itself; `write` adds its own facts and diff. */
export function describe(verb: Verb, place: Place, target: string): Prepared {
  const { jail, folder, path } = place;
  return {
    resource: { path, jail: jail.name },
    facts: { jail: jailFacts(jail, folder), path },
    jail: jail.name,
    targets: [target],
    ...touched(verb, join(folder, ...place.parts)),
    // Of one file a copy can always be taken.
    ...(verb === 'write' ? { reversible: { folder, path } } : {}),
    card: {
      kind: 'file',
      words: [`${verb} ${path}`],
      folder: join(folder, ...place.parts.slice(0, -1)),
      jail: `${jail.name} (${jail.mode})`,
      may: [verb === 'write' ? `change one file in ${folder}` : `read files in ${folder}`],
      undo: verb === 'write' ? undoWords() : 'changes nothing',
    },
  };
}

function touched(verb: Verb, path: string): Pick<Prepared, 'reads' | 'writes'> {
  const touch: Touch = { path, how: verb === 'list' ? 'names' : 'file' };
  return verb === 'write' ? { writes: [touch] } : { reads: [touch] };
}

/**
 * The name by which the owner would have to have named a place: as it was asked for where that is
 * absolute, else as it reads in the agent's own jail, else with the jail's name before it.
 */
export function targetOf(wish: string, { jail, path }: Place, agent: Agent | undefined): string {
  if (isAbsolute(wish)) return normalize(wish);
  return jail.name === agent?.workspace ? path : `${jail.name}:${path}`;
}

function jailFacts({ name, mode }: JailSpec, folder: string): Json {
  const { dev, ino } = lstatSync(folder);
  return { name, mode, folder, id: `${dev}:${ino}` };
}
