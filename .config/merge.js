// Puts the chunks that are always loaded together in one file: to find, read and link a module takes longer
// than to run most of them.
import { createHash } from 'node:crypto';
import { basename, dirname, join, relative } from 'node:path';
import { build } from 'esbuild';

/** What each process that people wait for loads in any case, by its entry points. */
const HOT = {
  commands: ['src/cli/main.ts', 'src/cli/program.ts', 'src/cli/commands/all.ts'],
  gateway: [
    'src/cli/start/headless-main.ts',
    'src/cli/start/start.ts',
    'src/cli/start/headless.ts',
    'src/gateway/run.ts',
    'src/channels/terminal/create.ts',
  ],
};
/** Whatever else is started by itself: a chunk of theirs is not to bring the whole gateway along. */
const OTHER = /^src\/(?:cli\/|index\.ts|bridge\/)/;
/** Nor is a small one to bring along what only larger ones need. Bytes that one loads in any case. */
const SIZES = [
  ['small', 60_000],
  ['middle', 200_000],
  ['large', Infinity],
];

/**
 * The files (`path` and `text`) of a split build that was not written, fewer of them. `options` are the build's;
 * `metafile` is what it said of them, and `root` the folder that its names are relative to.
 */
export async function merge(files, { metafile, options, root }) {
  const outputs = new Map(
    Object.entries(metafile.outputs).map(([name, output]) => [join(root, name), output]),
  );
  const texts = new Map(files.map(({ path, text }) => [path, text]));
  const homes = homesOf(outputs, root);
  // One that is asked for by `import()` stays, as a door to where it went.
  const isDoor = (path) => homes.has(path) && outputs.get(path).entryPoint !== undefined;
  const entries = [
    ...new Set(homes.values()),
    ...[...texts.keys()].filter((path) => !homes.has(path) || isDoor(path)),
  ];
  const passOn = renamerOf(outputs, homes);
  const homeFrom = (path, folder) => `./${relative(folder, homes.get(path))}`;
  const members = [...homes.keys()];
  const contents = {
    built: (path) => texts.get(path),
    home: (home) =>
      members
        .filter((path) => homes.get(path) === home)
        .map((path) => passOn.out(path, path))
        .join(''),
    // Where an import goes to is written as seen from the folder of who imports.
    via: (path, { folder, names }) => passOn.back(path, homeFrom(path, folder), names),
  };
  const resolve = ({ path, kind, importer, namespace }) => {
    if (kind === 'entry-point' && isDoor(path))
      return via(path, dirname(path), outputs.get(path).exports);
    if (kind === 'entry-point') return { path, namespace: texts.has(path) ? 'built' : 'home' };
    if (namespace === 'home') return { path, namespace: 'built' };
    const target = join(dirname(importer), path);
    if (namespace === 'via' || kind !== 'import-statement' || !homes.has(target))
      return { path, external: true };
    if (homes.get(target) === homes.get(importer)) return { path: target, namespace: 'built' };
    return via(target, dirname(importer), namesFrom(path, texts.get(importer)));
  };
  const via = (path, folder, names) => ({
    path,
    namespace: 'via',
    suffix: `?${folder}?${names}`,
    pluginData: { folder, names },
  });
  const { outputFiles } = await build({
    ...options,
    splitting: false,
    banner: {},
    write: false,
    entryPoints: entries.map((path) => ({
      in: path,
      out: relative(join(root, 'dist'), path).replace(/\.js$/, ''),
    })),
    plugins: [
      {
        name: 'merge',
        setup(it) {
          it.onResolve({ filter: /.*/ }, resolve);
          it.onLoad({ filter: /.*/ }, ({ path, namespace, pluginData }) => ({
            contents: contents[namespace](path, pluginData),
            loader: 'js',
          }));
        },
      },
    ],
  });
  return outputFiles;
}

/** The names that a chunk imports from another. All that it could would be written down in each that imports. */
function namesFrom(path, text) {
  const imports = text.matchAll(/\bimport ?\{([^}]*)\} ?from ?"([^"]+)"/g);
  return [...imports]
    .filter(([, , from]) => from === path)
    .flatMap(([, names]) => names.split(',').map((name) => name.trim().split(' ')[0]));
}

/** The file that each chunk goes to, with all that the same processes load and no other does. */
function homesOf(outputs, root) {
  const loaders = new Map();
  const reached = new Set();
  // Also what it imports later, for nothing says that it would not.
  const reach = (path) => {
    if (reached.has(path) || hot.has(outputs.get(path).entryPoint)) return;
    reached.add(path);
    load(path, SIZES.find(([, most]) => sizeOf(path) < most)[0]);
    for (const one of allOf(path))
      for (const { kind, external, path: name } of outputs.get(one).imports)
        if (kind === 'dynamic-import' && !external) reach(join(root, name));
  };
  const load = (path, who) => {
    for (const one of allOf(path)) loaders.set(one, (loaders.get(one) ?? new Set()).add(who));
  };
  const hot = new Set(Object.values(HOT).flat());
  const allOf = (path, seen = new Set()) => {
    if (seen.has(path)) return seen;
    seen.add(path);
    for (const { kind, external, path: name } of outputs.get(path).imports)
      if (kind === 'import-statement' && !external) allOf(join(root, name), seen);
    return seen;
  };
  const sizeOf = (path) => [...allOf(path)].reduce((sum, one) => sum + outputs.get(one).bytes, 0);
  for (const [path, { entryPoint = '' }] of outputs) {
    for (const [who, entries] of Object.entries(HOT))
      if (entries.includes(entryPoint)) load(path, who);
    if (OTHER.test(entryPoint)) reach(path);
  }
  const together = Map.groupBy(
    [...loaders.keys()].filter((path) => dirname(path).endsWith('chunks')),
    (path) => [...loaders.get(path)].sort().join('-'),
  );
  const homes = new Map();
  for (const [who, paths] of together) {
    if (!who.includes('gateway') || paths.length < 2) continue;
    const hash = createHash('sha256').update(paths.sort().join()).digest('hex').slice(0, 8);
    // Short: every other chunk says these names again for each that it would have loaded.
    const name = who.replace(/(\w)\w*-?/g, '$1');
    for (const path of paths) homes.set(path, join(dirname(path), `${name}-${hash}.js`));
  }
  return homes;
}

/** Passes on all that a chunk exports: `out` of it, under names that are its own in its home, and `back` from there. */
function renamerOf(outputs, homes) {
  const taken = new Map();
  for (const [path, home] of homes)
    for (const name of outputs.get(path).exports) {
      const key = `${home} ${name}`;
      taken.set(key, (taken.get(key) ?? 0) + 1);
    }
  const nameIn = (path, name) => {
    if (name !== 'default' && taken.get(`${homes.get(path)} ${name}`) === 1) return name;
    return `${basename(path, '.js').replace(/\W/g, '_')}_${name}`;
  };
  const exported = (path, from, names, pair) =>
    `export { ${names.map((name) => pair(name, nameIn(path, name))).join(', ')} } from ${JSON.stringify(from)};\n`;
  return {
    out: (path, from) =>
      exported(path, from, outputs.get(path).exports, (name, outside) => `${name} as ${outside}`),
    back: (path, from, names) =>
      exported(path, from, names, (name, outside) => `${outside} as ${name}`),
  };
}
