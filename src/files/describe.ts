import { lstatSync } from 'node:fs';
import { join } from 'node:path';
import type { Json } from '../base/json.ts';
import type { Prepared } from '../domain/action.ts';
import type { JailSpec } from '../domain/jail.ts';
import { undoWords } from '../domain/undo.ts';
import type { Place } from './place.ts';

type Verb = 'read' | 'list' | 'write';

/** What every file action says about itself; `write` adds its own facts and diff. */
export function describe(verb: Verb, place: Place): Prepared {
  const { jail, folder, path } = place;
  return {
    resource: { path, jail: jail.name },
    facts: { jail: jailFacts(jail, folder), path },
    jail: jail.name,
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

function jailFacts({ name, mode }: JailSpec, folder: string): Json {
  const { dev, ino } = lstatSync(folder);
  return { name, mode, folder, id: `${dev}:${ino}` };
}
