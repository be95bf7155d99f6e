// The library that writes pictures anew, as dist/ holds it: sharp as its own makers compiled it to WebAssembly,
// which needs nothing of the platform and reaches no memory but its own. Three files: what runs in the jail,
// the threads' part of the library, and its code, packed.
import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { constants, zstdCompress } from 'node:zlib';

const FOLDER = 'dist/outbox';
/** Beside what it is loaded by: its threads load that file once more, and nothing else. */
const LIBRARY = 'sharp.cjs';
const { resolve } = createRequire(import.meta.url);

/** Sharp asks the platform which native library would fit; here there is only the one. */
const withoutNativeCode = {
  name: 'without-native-code',
  setup(build) {
    build.onLoad({ filter: /sharp\/dist\/sharp\.mjs$/ }, () => ({
      contents: `import { createRequire } from 'node:module';
        export default createRequire(import.meta.url)('./${LIBRARY}');`,
    }));
  },
};

const READS = 'return readBinary(file)';
const UNPACKS = 'return require("node:zlib").zstdDecompressSync(readBinary(file + ".zst"))';

/** A third of its size as packed, and unpacked in less time than it takes to compile. */
const withPackedCode = {
  name: 'with-packed-code',
  setup(build) {
    build.onLoad({ filter: /sharp-wasm32-[^/]*\.node\.js$/ }, ({ path }) => {
      const parts = readFileSync(path, 'utf8').split(READS);
      if (parts.length !== 2) throw new Error(`${path} reads its code in another way by now.`);
      return { contents: parts.join(UNPACKS) };
    });
  },
};

/** The bundles, for esbuild. */
export const pictureBundles = (shared) => [
  // Decodes pictures in a jail, which is shown this folder.
  {
    ...shared,
    plugins: [withoutNativeCode],
    entryPoints: ['src/outbox/pictures/child.ts'],
    outfile: `${FOLDER}/picture.mjs`,
  },
  {
    ...shared,
    banner: {},
    format: 'cjs',
    plugins: [withPackedCode],
    entryPoints: [resolve('@img/sharp-wasm32/sharp.node')],
    outfile: join(FOLDER, LIBRARY),
  },
];

/** The code of the library, packed; to pack it takes seconds, so what an earlier build left is taken. */
export async function pictureCode(root) {
  const code = codeFile();
  const path = join(root, FOLDER, `${basename(code)}.zst`);
  if (existsSync(path)) return { path, contents: readFileSync(path) };
  const params = { [constants.ZSTD_c_compressionLevel]: 19 };
  return { path, contents: await promisify(zstdCompress)(readFileSync(code), { params }) };
}

function codeFile() {
  const folder = dirname(resolve('@img/sharp-wasm32/sharp.node'));
  const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
  return join(folder, 'lib', `sharp-wasm32-${version}.node.wasm`);
}
