import { findLibrary } from '../../channels/library.ts';
import { LIBRARY } from '../../channels/whatsapp/facts.ts';
import { loadConfig } from '../../config/load.ts';
import { WHATSAPP_KEY } from '../../secrets/names.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { bad, type Finding, good, note } from '../doctor/finding.ts';
import { openSecrets } from '../secrets/open.ts';
import { packageFolder } from '../version.ts';
import { installLibraries, removeLibraries } from './install.ts';
import type { Platform } from './platform.ts';
import { unlink } from './unlink.ts';

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
async function connect(cli: Cli): Promise<string> {
  const places = placesOf(cli);
  const missing = findLibrary(LIBRARY, places) === undefined;
  for (const line of [...CONSENT, ...(missing ? ['', ...LIBRARY_WORDS] : [])]) cli.out.say(line);
  await sure(cli, { question: missing ? 'Install it and go on?' : 'Go on?' });
  if (missing) await installLibraries([LIBRARY], places);
  return 'Then:   atom start, and   atom channels login whatsapp';
}

const placesOf = ({ paths }: Cli) => ({
  packageFolder: packageFolder(),
  data: paths.data,
  channel: 'whatsapp',
});

async function forget(cli: Cli): Promise<string> {
  const reached = await unlink(cli, 'whatsapp');
  // Everything that is kept of the link is sealed with it.
  await openSecrets(cli).remove(WHATSAPP_KEY);
  removeLibraries(placesOf(cli));
  return reached
    ? 'The phone does not list this device any more.'
    : 'Remove it on the phone, too: Settings, Linked devices.';
}

async function find(cli: Cli): Promise<readonly Finding[]> {
  const allow = (await loadConfig(cli.paths, cli.env)).channels.whatsapp?.allow ?? [];
  const add = 'atom channels add whatsapp';
  if (findLibrary(LIBRARY, placesOf(cli)) === undefined)
    return [bad('whatsapp', 'its library is not installed', `Install it:   ${add}`)];
  return allow.length === 0
    ? [note('whatsapp', 'nobody may write to it yet', `Name who may:   ${add} --allow <number>`)]
    : [good('whatsapp', `${allow.length} may write to it`)];
}

/** A linked device of a WhatsApp account. */
export const whatsapp: Platform = {
  groups: 'groups',
  login: {
    where: 'WhatsApp on the phone: Settings, Linked devices, Link a device. It changes.',
    byNumber: true,
  },
  connect,
  forget,
  find,
};
