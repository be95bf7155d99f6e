import { findLibrary } from '../../channels/whatsapp/library.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';
import { installLibrary } from './install.ts';

const CONSENT = [
  'WhatsApp offers no way to do this: atom would be one more linked device of an account, over an',
  'unofficial library. WhatsApp may block such an account at any time and for good. Use a spare number,',
  'one that you can lose. Whoever has the profile of atom can read and write as that account.',
];
const LIBRARY_WORDS = [
  'The library, Baileys (MIT), is installed by npm into the profile. It brings libsignal, which is',
  'under the GPL-3.0, and some seventy packages more. They run in a process of their own, which may read',
  'nothing of your disk but their code and write none of it. No script of theirs is run by npm.',
];

/** Says what it means, and installs the library where it is missing. Returns what to do next. */
export async function addWhatsApp(cli: Cli): Promise<string> {
  const places = { packageFolder: packageFolder(), data: cli.paths.data };
  const missing = findLibrary(places) === undefined;
  for (const line of [...CONSENT, ...(missing ? ['', ...LIBRARY_WORDS] : [])]) cli.out.say(line);
  await sure(cli, { question: missing ? 'Install it and go on?' : 'Go on?' });
  if (missing) await installLibrary(places);
  return 'Then:   atom start, and   atom channels login whatsapp';
}
