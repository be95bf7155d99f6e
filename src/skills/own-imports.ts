import { realpath } from 'node:fs/promises';
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Plugin } from 'esbuild';
import * as zod from 'zod';
import { isInside } from '../domain/jail-choice.ts';
import { ZOD } from './zod-here.ts';

/** All that a skill needs of `atom-agent` when it runs; its types are gone by then. */
export const SDK = "export const defineSkill = (skill) => skill;\nexport { z } from 'zod';\n";

/** The zod that the process has loaded already, by every name that zod has. */
export const PRELOADED = `const zod = globalThis[Symbol.for(${JSON.stringify(ZOD.description)})];
const {${Object.keys(zod).map((name, at) => `${name}: _${at}`)}} = zod;
export {${Object.keys(zod).map((name, at) => `_${at} as ${name}`)}};
`;
/** Marks a look-up of our own, which must not be answered by asking again. */
const FROM_HERE = 'from here';

/**
 * What a skill may import: files of its own folder, `atom-agent`, atom's zod and Node itself. `zod` is not
 * compiled in: the process that runs skills has it already. Anything
 * else is refused, so that compiling a skill cannot carry a file of this machine into its jail.
 */
export const ownImports = (folder: string): Plugin => ({
  name: 'own-imports',
  setup: (build) => {
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
    build.onLoad({ filter: /.*/, namespace: 'file' }, async ({ path }) => {
      const real = await realpath(path);
      if ([folder, zod].some((allowed) => isInside(allowed, real))) return undefined;
      const text = `${path} is not in the skill's folder, so it cannot be imported.`;
      return { errors: [{ text }] };
    });
  },
});
