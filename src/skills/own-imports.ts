import { readFile, realpath } from 'node:fs/promises';
import { builtinModules } from 'node:module';
import { dirname, extname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Loader, OnLoadArgs, OnResolveArgs, Plugin } from 'esbuild';
import * as zod from 'zod';
import { sha256 } from '../base/digest.ts';
import { ZOD } from '../base/zod-here.ts';
import { isInside } from '../domain/jail-choice.ts';

/** All that a skill or a channel needs of `atom-agent` when it runs; its types are gone by then. */
export const SDK = `export const defineSkill = (skill) => skill;
export const defineChannel = (channel) => channel;
export class NotSent extends Error {
  constructor(kind, reason) { super(reason); this.name = 'NotSent'; this.kind = kind; }
}
export { z } from 'zod';
`;

/** The zod that the process has loaded already, by every name that zod has. */
export const PRELOADED = `const zod = globalThis[Symbol.for(${JSON.stringify(ZOD.description)})];
const {${Object.keys(zod).map((name, at) => `${name}: _${at}`)}} = zod;
export {${Object.keys(zod).map((name, at) => `_${at} as ${name}`)}};
`;
/** Marks a look-up of our own, which must not be answered by asking again. */
const FROM_HERE = 'from here';

/** Whose imports are looked at, and what is told of them. */
export interface Importing {
  /** The skill's folder, a real path. */
  readonly folder: string;
  /** Packages that its `package.json` names as dependencies. */
  readonly declared: readonly string[];
  /** Told each file of the folder that becomes part of the skill: the SHA-256 of what was taken. */
  readonly onTaken: (path: string, digest: string) => void;
}

/**
 * What a skill may import: files of its own folder, packages that it declares and that lie in its own
 * `node_modules`, `atom-agent`, atom's zod and Node itself. `zod` is not compiled in: the process that runs
 * skills has it already. Anything else is refused, so that compiling a skill cannot carry a file of this
 * machine into its jail, or fetch one.
 */
export const ownImports = (importing: Importing): Plugin => ({
  name: 'own-imports',
  setup: (build) => {
    const { folder } = importing;
    const zod = dirname(fileURLToPath(import.meta.resolve('zod')));
    build.onResolve({ filter: /^atom-agent$/ }, ({ path }) => ({ path, namespace: 'sdk' }));
    build.onLoad({ filter: /.*/, namespace: 'sdk' }, () => ({ contents: SDK, resolveDir: folder }));
    build.onResolve({ filter: /^zod$/ }, ({ path }) => ({ path, namespace: 'preloaded' }));
    build.onLoad({ filter: /.*/, namespace: 'preloaded' }, () => ({ contents: PRELOADED }));
    build.onResolve({ filter: /^zod\// }, ({ path, kind, pluginData }) =>
      pluginData === FROM_HERE
        ? undefined
        : build.resolve(path, { kind, resolveDir: zod, pluginData: FROM_HERE }),
    );
    build.onResolve({ filter: /.*/ }, (asked) =>
      asked.namespace === 'file' && isInside(zod, asked.importer)
        ? undefined
        : whyNot(importing, asked),
    );
    build.onLoad({ filter: /.*/, namespace: 'file' }, async (asked) => {
      const real = await realpath(asked.path);
      if (isInside(zod, real)) return undefined;
      if (isInside(folder, real)) return taken(importing, { ...asked, path: real });
      const text = `${asked.path} is not in the skill's folder, so it cannot be imported.`;
      return { errors: [{ text }] };
    });
  },
});

/** Refuses by name what could not be loaded anyway, in words that say what to do. */
function whyNot({ folder, declared }: Importing, { path, importer, pluginData }: OnResolveArgs) {
  if (pluginData === FROM_HERE || path.startsWith('.') || path.startsWith('node:'))
    return undefined;
  if (builtinModules.includes(path)) return undefined;
  if (/^([a-z][a-z0-9+.-]*:|\/\/)/i.test(path))
    return refused(`${path} is not imported: a skill’s code lies in its own folder.`);
  if (path.startsWith('/'))
    return refused(`${path} is not in the skill's folder, so it cannot be imported.`);
  const name = packageOf(path);
  // What a package needs is its own affair, as long as it lies in the skill’s folder.
  if (isInside(join(folder, 'node_modules'), importer) || declared.includes(name)) return undefined;
  return refused(
    `The package ${name} is not declared. Name it in "dependencies" of the skill’s package.json, and have it installed into the skill’s folder: npm install --ignore-scripts`,
  );
}

const refused = (text: string) => ({ errors: [{ text }] });

const packageOf = (path: string): string =>
  path
    .split('/')
    .slice(0, path.startsWith('@') ? 2 : 1)
    .join('/');

const LOADERS: Readonly<Record<string, Loader>> = {
  '.ts': 'ts',
  '.mts': 'ts',
  '.cts': 'ts',
  '.tsx': 'tsx',
  '.jsx': 'jsx',
  '.js': 'js',
  '.mjs': 'js',
  '.cjs': 'js',
  '.json': 'json',
  '.txt': 'text',
  '.md': 'text',
};

/** Read once, by us: what is compiled is what was told. */
async function taken({ folder, onTaken }: Importing, { path, with: given }: OnLoadArgs) {
  const loader = given.type === 'text' ? 'text' : LOADERS[extname(path)];
  if (loader === undefined)
    return refused(`${relative(folder, path)} is none of ${Object.keys(LOADERS).join(', ')}.`);
  const contents = await readFile(path);
  onTaken(relative(folder, path), sha256(contents));
  return { contents, loader };
}
