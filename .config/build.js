// Builds dist/: the CLI and the SDK as one split ESM bundle, the skill runner as a single file, types.
//   node .config/build.js [--watch] [--no-types]
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { build, context } from 'esbuild';
import { besideInkPlugins, inkContents, inkPlugins } from './ink.js';
import { licensesOf } from './licenses.js';
import { merge } from './merge.js';
import { pictureBundles, pictureCode } from './pictures.js';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// Zod's words for errors in fifty languages, of which only English is ever chosen.
const withoutLanguages = {
  name: 'without-languages',
  setup(build) {
    build.onLoad({ filter: /zod\/v4\/locales\/index\.js$/ }, () => ({
      contents: "export { default as en } from './en.js';",
      resolveDir: join(root, 'node_modules', 'zod', 'v4', 'locales'),
    }));
  },
};

// Imported as modules, Node's own parts are asked for all that they export, and load what nobody uses: with HTTP
// a client of the web, 14 MB that take longer than the rest of a start. As they are, they are asked for what is used.
const nodesOwn = {
  name: 'nodes-own',
  setup(build) {
    build.onResolve({ filter: /^[a-z_:/0-9]+$/ }, ({ path, kind }) =>
      kind === 'import-statement' && isBuiltin(path) ? { path, namespace: 'builtin' } : undefined,
    );
    build.onLoad({ filter: /.*/, namespace: 'builtin' }, ({ path }) => ({
      contents: builtin(path),
      loader: 'js',
    }));
  },
};

function builtin(path) {
  const own = `/* @__PURE__ */ process.getBuiltinModule(${JSON.stringify(path)})`;
  // Some packages take hold of all of it at once, by which it would load the client as well.
  if (/^(node:)?https?$/.test(path)) return `module.exports = ${own};`;
  const names = Object.keys(process.getBuiltinModule(path)).filter(
    (name) => /^[a-z_]\w*$/i.test(name) && name !== 'default',
  );
  const each = names.map((name) => `export const ${name} = /* @__PURE__ */ (() => own.${name})();`);
  return [`const own = ${own};`, 'export default own;', ...each].join('\n');
}

// Bundled CommonJS packages still ask for Node's own modules through require.
const REQUIRE =
  "const require = process.getBuiltinModule('module').createRequire(import.meta.url);";

// What a command may need and most do not: loaded once something of it is used.
const LATE = ['assert', 'child_process', 'crypto'];
const lateBuiltins = {
  name: 'late-builtins',
  setup(build) {
    const filter = new RegExp(`^(node:)?(${LATE.join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'late' }));
    build.onLoad({ filter: /.*/, namespace: 'late' }, async ({ path }) => ({
      contents: `for (const name of ${JSON.stringify(Object.keys((await import(path)).default))})
        Object.defineProperty(exports, name, {
          enumerable: true,
          get: () => process.getBuiltinModule(${JSON.stringify(path)})[name],
        });`,
    }));
  },
};

const shared = {
  absWorkingDir: root,
  bundle: true,
  platform: 'node',
  format: 'esm',
  target: 'node22',
  // V8 keeps the text of what is loaded: in one byte for each character where all are ASCII. Names stay as
  // they are, for whoever reads a stack.
  charset: 'ascii',
  minifyWhitespace: true,
  minifySyntax: true,
  logLevel: 'warning',
  banner: { js: REQUIRE },
  define: { 'process.env.NODE_ENV': '"production"' },
  external: ['better-sqlite3', 'keytar', 'esbuild'],
  plugins: [...besideInkPlugins, withoutLanguages, nodesOwn],
};

const bundles = [
  {
    ...shared,
    entryPoints: {
      'cli/main': 'src/cli/main.ts',
      'cli/headless': 'src/cli/start/headless-main.ts',
      index: 'src/index.ts',
      bridge: 'src/bridge/public.ts',
    },
    outdir: 'dist',
    splitting: true,
    // Two levels deep, like src/cli and dist/cli: files beside dist/ are found the same way from each.
    chunkNames: 'chunks/[name]-[hash]',
  },
  // One file each, without what the other commands need: reading many takes longer than running them. As
  // CommonJS: to import `node:fs` reads all that it may ever need, and to require it does not.
  {
    ...shared,
    banner: {},
    format: 'cjs',
    // Also what is imported when it is needed.
    supported: { 'dynamic-import': false },
    plugins: [...besideInkPlugins, withoutLanguages, lateBuiltins],
    entryPoints: {
      'cli/status': 'src/cli/status/main.ts',
      'cli/chat': 'src/cli/chat/main.ts',
      'cli/attach': 'src/cli/start/attach-main.ts',
    },
    outdir: 'dist',
    outExtension: { '.js': '.cjs' },
  },
  // What draws, once for all commands that do.
  {
    ...shared,
    banner: {},
    format: 'cjs',
    stdin: { contents: inkContents, resolveDir: root },
    outfile: 'dist/ui/ink.cjs',
    plugins: [...inkPlugins, lateBuiltins],
  },
  { ...shared, entryPoints: ['src/skills/runner.ts'], outfile: 'dist/skills/runner.js' },
  // What a skill in Python begins with, as it is.
  {
    absWorkingDir: root,
    entryPoints: ['atom_skill.py', 'skill.py', 'skill.json'].map(
      (name) => `src/skills/program/python/${name}`,
    ),
    loader: { '.py': 'copy', '.json': 'copy' },
    outdir: 'dist/skills/python',
  },
  // A process of its own, which may read nothing but this file and the library that it loads.
  {
    ...shared,
    banner: {},
    entryPoints: ['src/channels/whatsapp/child/main.ts'],
    outfile: 'dist/channels/whatsapp.mjs',
  },
  // Shown to the jail of a channel of the owner's own, as the one file that it is.
  {
    ...shared,
    banner: {},
    entryPoints: ['src/channels/own/child/main.ts'],
    outfile: 'dist/channels/own.mjs',
  },
  ...pictureBundles(shared),
  // Shown to a jail as the one file that it is, so without the others' banner.
  {
    ...shared,
    banner: {},
    entryPoints: ['src/jail/net/hand-over.ts'],
    outfile: 'dist/jail/hand-over.js',
  },
];

const PRECOMPILED = join('dist', 'skills', 'precompiled');

if (process.argv.includes('--watch')) {
  // Of today's skills, but of yesterday's code by the first change.
  rmSync(join(root, PRECOMPILED), { recursive: true, force: true });
  replace(await pictureCode(root));
  for (const options of bundles) await (await context({ ...options, logLevel: 'info' })).watch();
} else {
  const [code, ...built] = await Promise.all([
    pictureCode(root),
    ...bundles.map((options) => build({ ...options, write: false, metafile: true })),
  ]);
  const licences = licensesOf(
    root,
    built.map(({ metafile }) => metafile),
  );
  const files = built.map(({ outputFiles }) => outputFiles.map(finished));
  const skills = await precompiledSkills();
  files[0] = await merge(files[0], { metafile: built[0].metafile, options: bundles[0], root });
  publish([
    ...files.flat(),
    code,
    ...skills,
    { path: join(root, 'dist', 'LICENSES.txt'), contents: licences },
  ]);
  writeHelp();
  if (!process.argv.includes('--no-types')) writeTypes();
}

/** What a gateway takes instead of making it of the package's own skills, where they are as they are now. */
async function precompiledSkills() {
  // A Node that cannot read it is too old for the program, too.
  if (!process.features.typescript) return [];
  const { precompile } = await import('./precompile.ts');
  const folders = readdirSync(join(root, 'skills')).map((name) => join(root, 'skills', name));
  const made = await Promise.all(folders.map(precompile));
  return made.map(({ name, contents }) => ({ path: join(root, PRECOMPILED, name), contents }));
}

/**
 * Chunks carry a hash, so they are written first, then the files that name them, then the old ones are
 * removed: whoever starts atom meanwhile finds the old or the new whole.
 */
function publish(files) {
  const isChunk = ({ path }) => path.includes(`${sep}chunks${sep}`);
  for (const file of files.filter(isChunk)) replace(file);
  for (const file of files.filter((file) => !isChunk(file))) replace(file);
  const fresh = new Set(files.map(({ path }) => path));
  for (const entry of readdirSync(join(root, 'dist'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    const isType = path.startsWith(join(root, 'dist', 'types') + sep);
    if (entry.isFile() && !isType && !fresh.has(path)) rmSync(path, { force: true });
  }
}

/**
 * Without a `require` that nobody asks for: to make one takes longer than most chunks. What esbuild leaves
 * of other characters stands in patterns, which know the same escapes.
 */
function finished({ path, contents, text }) {
  if (!/\.[cm]?js$/.test(path)) return { path, contents, text };
  const code = text.includes('typeof require') ? text : text.replace(REQUIRE, '').trimStart();
  const escaped = (one) => `\\u${one.charCodeAt(0).toString(16).padStart(4, '0')}`;
  const ascii = code.replace(/[^\0-\x7f]/g, escaped);
  return { path, contents: ascii, text: ascii };
}

function replace({ path, contents }) {
  const draft = `${path}.${process.pid}`;
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(draft, contents);
  renameSync(draft, path);
}

/** The help as the program itself says it, a file for each command, so that nobody who asks for it waits for the program. */
function writeHelp() {
  const main = JSON.stringify(new URL('../dist/cli/main.js', import.meta.url));
  const script = `console.log(JSON.stringify(await (await import(${main})).helpTexts()));`;
  const { status, stdout } = spawnSync(process.execPath, ['--input-type=module', '-e', script]);
  // A Node too old for the program: without the files, the program is asked each time.
  if (status !== 0) return;
  for (const [words, contents] of Object.entries(JSON.parse(stdout)))
    replace({
      path: join(root, 'dist', 'help', `${['atom', words].join(' ').trim()}.txt`),
      contents,
    });
}

function writeTypes() {
  const compiler = join(root, 'node_modules', 'typescript', 'bin', 'tsc');
  const project = join(root, '.config', 'tsconfig.types.json');
  const { status } = spawnSync(process.execPath, [compiler, '-p', project], { stdio: 'inherit' });
  process.exitCode = status ?? 1;
}
