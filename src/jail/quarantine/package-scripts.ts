import { z } from 'zod';
import { sha256 } from '../../base/digest.ts';
import type { Eyes } from './eyes.ts';
import type { Item } from './item.ts';

const manifest = z.looseObject({ scripts: z.record(z.string(), z.string()) });

/** The scripts of the project's own package.json: what `npm install` and `npm test` would run. */
export function scriptItems(eyes: Eyes): readonly Item[] {
  const path = 'package.json';
  const scripts = manifest.safeParse(parsed(eyes.read(path))).data?.scripts ?? {};
  return Object.entries(scripts).map(([name, text]) => ({
    path: `${path}: ${name}`,
    fate: 'scripts',
    marks: [`script ${name} ${sha256(text)}`],
  }));
}

function parsed(text: string | undefined): unknown {
  try {
    return JSON.parse(text ?? 'null');
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
