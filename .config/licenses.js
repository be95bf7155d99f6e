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
const PACKAGE = /^.*node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/;
const LICENCE_FILE = /^(licen[cs]e|copying|notice)/i;

/**
 * The licences of all packages that esbuild put into its outputs, by their metafiles, as one text. Throws
 * where one of them may not be bundled.
 */
export function licensesOf(root, metafiles) {
  const outputs = metafiles.flatMap((file) => Object.values(file.outputs));
  const inputs = outputs.flatMap((output) =>
    Object.entries(output.inputs).flatMap(([path, { bytesInOutput }]) =>
      bytesInOutput ? [path] : [],
    ),
  );
  const folders = new Set(inputs.flatMap((path) => PACKAGE.exec(path) ?? []));
  const texts = new Set([...folders].map((folder) => licenceIn(join(root, folder))));
  return `atom's bundles hold code of these packages.\n\n${[...texts].sort().join('\n')}`;
}

function licenceIn(folder) {
  const read = (name) => readFileSync(join(folder, name), 'utf8').trim();
  const { name, version, license, repository } = JSON.parse(read('package.json'));
  if (!PERMISSIVE.includes(license))
    throw new Error(`${name} may not be bundled: its licence is ${license}.`);
  const texts = readdirSync(folder)
    .filter((file) => LICENCE_FILE.test(file))
    .map(read);
  const source = repository?.url ?? repository;
  const body = texts.length > 0 ? texts.join('\n\n') : `No text comes with it; see ${source}.`;
  return `${'='.repeat(80)}\n${name} ${version} (${license})\n\n${body}\n`;
}
