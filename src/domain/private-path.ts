import { join, normalize } from 'node:path';

/**
 * The absolute paths that the owner marked private in one jail. Each setting is a path relative to a
 * jail's folder (`taxes.pdf`, in every jail) or one jail's (`work:letters`).
 */
export function privatePaths(
  settings: readonly string[],
  { name, folder }: { readonly name: string; readonly folder: string },
): readonly string[] {
  return settings.flatMap((setting) => {
    const colon = setting.indexOf(':');
    if (colon >= 0 && setting.slice(0, colon) !== name) return [];
    const path = normalize(setting.slice(colon + 1));
    return [join(folder, path).replace(/\/$/, '')];
  });
}
