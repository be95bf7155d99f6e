import { findLibrary, type Library, type LibraryPlaces } from '../../channels/library.ts';
import { sure } from '../ask/sure.ts';
import type { Cli } from '../cli.ts';
import { packageFolder } from '../version.ts';
import { installLibraries, removeLibraries } from './install.ts';

/** Where the libraries of a channel are, and where they go. */
const placesOf = ({ paths }: Cli, channel: string): LibraryPlaces => ({
  packageFolder: packageFolder(),
  data: paths.data,
  channel,
});

/** The folder of a library of a channel; undefined where it is not installed. */
export const folderOf = (cli: Cli, channel: string, library: Library): string | undefined =>
  findLibrary(library, placesOf(cli, channel));

export interface Needed {
  readonly channel: string;
  readonly libraries: readonly Library[];
  /** What they are, for the person who agrees to them. */
  readonly words: readonly string[];
}

/** Installs libraries where one is missing, on agreement. Throws AtomError `declined`. */
export async function agreeToLibraries(cli: Cli, needed: Needed): Promise<void> {
  const { channel, libraries, words } = needed;
  if (libraries.every((library) => folderOf(cli, channel, library) !== undefined)) return;
  for (const line of words) cli.out.say(line);
  await sure(cli, { question: 'Install them and go on?' });
  await installLibraries(libraries, placesOf(cli, channel));
}

/** Removes what was installed for a channel. */
export const dropLibraries = (cli: Cli, channel: string): void =>
  removeLibraries(placesOf(cli, channel));
