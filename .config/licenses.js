// What stands in dist/ of others' work, with its licence: written beside the bundles by build.js.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** Licences under which code may be given on inside a bundle, with their text beside it. */
const PERMISSIVE = [
  'MIT',
  'ISC',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  '0BSD',
  'BlueOak-1.0.0',
];
/**
 * Packages that are in no bundle but beside them, as files of their own that may be exchanged for others, which is
 * what their licence asks for beside its text: what is to be said of them, and those texts.
 */
const BESIDE = {
  '@img/sharp-wasm32': {
    license: 'Apache-2.0 AND LGPL-3.0-or-later AND MIT',
    note: `It stands in dist/outbox: sharp.cjs is its JavaScript in one file with what it needs, changed in the one line
that unpacks its code; *.wasm.zst is that code as its makers compiled it, packed by zstd and otherwise unchanged.
Both may be exchanged for others of the same interface. Their source, and how they are made:
https://github.com/lovell/sharp and https://github.com/lovell/sharp-libvips, at the versions below.`,
    files: ['README.md', 'versions.json'],
    texts: ['LGPL-3.0.txt', 'GPL-3.0.txt'],
  },
};
/** Packages that come without the text that must go with them, and our copy of it. */
const WITHOUT_TEXT = {
  'yoga-layout': ['yoga-layout.txt'],
  '@ai-sdk/provider-utils': ['ai-sdk.txt'],
};
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of all packages that esbuild put into its outputs, by their metafiles, as one text. Throws
 * where one of them may not be bundled, or comes without the text of its licence.
 */
export function licensesOf(root, metafiles) {
  const outputs = metafiles.flatMap((file) => Object.values(file.outputs));
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput ? [path] : [],
    ),
  );
  const folders = new Set(inputs.flatMap((path) => PACKAGE.exec(path) ?? []));
  const found = [
    ...new Set([...folders].map((folder) => JSON.stringify(licenceIn(join(root, folder))))),
  ];
  const each = found.map((one) => JSON.parse(one)).sort(([a], [b]) => (a < b ? -1 : 1));
  // Many come with the same text to the letter: it stands once, below all of their names.
  const alike = new Map();
  for (const [heading, text] of each) alike.set(text, [...(alike.get(text) ?? []), heading]);
  const texts = [...alike].map(([text, of]) => `${'='.repeat(80)}\n${of.join('\n')}\n\n${text}\n`);
  return `atom's bundles hold code of these packages.\n\n${texts.join('\n')}`;
}

/** What a package is called, and the text of its licence. */
function licenceIn(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8').trim();
  const { name, version, license, repository } = JSON.parse(read('package.json'));
  const beside = BESIDE[name];
  if (!PERMISSIVE.includes(license) && beside?.license !== license)
    throw new Error(`${name} may not be bundled: its licence is ${license}.`);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map(read);
  const source = repository?.url ?? repository;
  if (texts.length === 0) texts.push(...(WITHOUT_TEXT[name] ?? []).map(ownCopy));
  if (texts.length === 0)
    throw new Error(`${name} brings no text of its licence: keep a copy in .config/licences.`);
  if (beside) texts.push(beside.note, ...beside.files.map(read), ...beside.texts.map(ownCopy));
  return [`${name} ${version} (${license}), ${source}`, texts.join('\n\n')];
}

/** Of a licence that its package only names. */
const ownCopy = (name) => readFileSync(new URL(`licences/${name}`, import.meta.url), 'utf8').trim();
