// What the build changes in Ink and in what it stands on, so that it starts without waiting.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

// Ink waits at its start for tools of developers who set DEV=true, which are not installed.
const withoutDevtools = {
  name: 'without-devtools',
  setup(build) {
    build.onLoad({ filter: /[\\/]ink[\\/]build[\\/]reconciler\.js$/ }, ({ path }) => ({
      contents: replaced(path, "process.env['DEV'] === 'true'", 'false'),
    }));
  },
};

// Yoga lays Ink out, in WebAssembly. Compiled as its package does it, all of it and in other threads, it
// takes five times as long as here, where each function is compiled once it is called.
const layoutAtOnce = {
  name: 'layout-at-once',
  setup(build) {
    build.onLoad({ filter: /[\\/]yoga-layout[\\/]dist[\\/]src[\\/]index\.js$/ }, ({ path }) => ({
      contents: `const lib = {
          instantiateWasm(imports, done) {
            const code = new WebAssembly.Module(Buffer.from('${codeIn(join(dirname(path), '../binaries/yoga-wasm-base64-esm.js'))}', 'base64'));
            const instance = new WebAssembly.Instance(code, imports);
            done(instance);
            return instance.exports;
          },
        };
        loadYoga(lib);
        ${replaced(path, 'await loadYoga()', 'lib')}`,
    }));
    build.onLoad({ filter: /[\\/]yoga-wasm-base64-esm\.js$/ }, ({ path }) => ({
      contents: replaced(path, codeIn(path), ''),
    }));
  },
};

// The pattern of all emoji that are one picture takes longer to compile than Ink to draw, and to try it takes
// as long as a hundred others. Each of them has an emoji beyond ASCII or encloses a key: that is asked first.
const emojiWhereTheyMayBe = {
  name: 'emoji-where-they-may-be',
  setup(build) {
    build.onLoad({ filter: /[\\/]string-width[\\/]index\.js$/ }, ({ path }) => ({
      contents: replaced(
        path,
        'const rgiEmojiRegex = /^\\p{RGI_Emoji}$/v;',
        `let whole;
        const part = /(?!\\p{ASCII})\\p{Emoji}|\\u20E3/u;
        const rgiEmojiRegex = {
          test: (text) => part.test(text) && (whole ??= /^\\p{RGI_Emoji}$/v).test(text),
        };`,
      ),
    }));
  },
};

const codeIn = (path) =>
  /data:application\/octet-stream;base64,([A-Za-z0-9+/=]+)"/.exec(readFileSync(path, 'utf8'))[1];

// Found two levels deep in dist/ by all that draw with it, which are as deep.
const FILE = '../ui/ink.cjs';
const PARTS = { ink: 'ink', react: 'react', 'react/jsx-runtime': 'jsx' };

/** Ink and React, as one file. */
export const inkContents = Object.entries(PARTS)
  .map(([name, part]) => `export * as ${part} from '${name}';`)
  .join('\n');

const inkBeside = {
  name: 'ink-beside',
  setup(build) {
    const filter = new RegExp(`^(${Object.keys(PARTS).join('|')})$`);
    build.onResolve({ filter }, ({ path }) => ({ path, namespace: 'beside' }));
    build.onLoad({ filter: /.*/, namespace: 'beside' }, ({ path }) => ({
      contents: `module.exports = require('${FILE}').${PARTS[path]};`,
    }));
    build.onResolve({ filter: /\/ink\.cjs$/ }, () => ({ path: FILE, external: true }));
  },
};

/** For the build of that file. */
export const inkPlugins = [withoutDevtools, layoutAtOnce, emojiWhereTheyMayBe];

/** For the build of what draws with it. */
export const besideInkPlugins = [inkBeside, emojiWhereTheyMayBe];

/** The text of a file with something in it changed. Fails where a newer version has no such thing. */
function replaced(path, before, after) {
  const text = readFileSync(path, 'utf8');
  const changed = text.replaceAll(before, () => after);
  if (changed === text) throw new Error(`${path} has no ${before.slice(0, 80)} any more`);
  return changed;
}
