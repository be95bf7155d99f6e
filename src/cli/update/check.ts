import { AtomError } from '../../base/errors.ts';
import type { Cli } from '../cli.ts';
import { npmSays } from '../npm.ts';
import { packageFolder, packageName, packageVersion } from '../version.ts';

/**
 * Asks the owner's npm which atom is the newest, and changes nothing. Throws AtomError `unavailable`
 * where npm cannot say.
 */
export async function checkUpdate(cli: Cli): Promise<void> {
  const name = packageName();
  // From atom's own folder: settings of npm that lie where somebody stands are not ours to follow.
  const newest = (await npmSays(['view', name, 'version'], packageFolder()))?.trim();
  if (newest === undefined || !VERSION.test(newest)) {
    throw new AtomError('unavailable', 'npm could not say which atom is the newest.', {
      next: [`Ask it yourself:   npm view ${name} version`],
    });
  }
  const version = packageVersion();
  const newer = isNewer(newest, version);
  if (cli.out.json) return cli.out.object({ version, newest, newer });
  cli.out.data(newer ? `${newest} is out; this is ${version}.` : `${version} is the newest.`);
  if (newer) cli.out.say(`Get it:   npm install --global ${name}@${newest}`);
}

const VERSION = /^\d{1,6}\.\d{1,6}\.\d{1,6}$/;

/** Whether one version, three numbers, comes after another. */
export function isNewer(one: string, other: string): boolean {
  const [a, b] = [one, other].map((version) =>
    version.split('.').map((part) => Number.parseInt(part, 10)),
  );
  const at = [0, 1, 2].find((place) => a?.[place] !== b?.[place]);
  return at !== undefined && (a?.[at] ?? 0) > (b?.[at] ?? 0);
}
