import type { KeptMedia } from '../../domain/kept-media.ts';
import { isReadDenied } from '../../domain/protected-names.ts';

/** The folder of a jail that what came in is put into. */
export const INBOX = 'inbox';

const MOST = 60;

/**
 * What a received file is called in a jail: never what another one is called, and only letters, digits,
 * `.`, `_` and `-` of what its sender called it. Nobody chooses it: so nothing is smuggled in by a name.
 */
export function nameInJail({ id, name, kind, type }: KeptMedia): string {
  const plain = (name ?? '')
    .normalize('NFC')
    .replaceAll(/[^\p{L}\p{N}._-]+/gu, '-')
    .replaceAll(/\.{2,}/g, '.')
    .replaceAll(/^[.-]+|[.-]+$/g, '');
  const told = plain === '' ? `${kind}${ENDINGS[type] ?? ''}` : shortened(plain);
  const whole = `${id.slice(-6).toLowerCase()}-${told}`;
  return isReadDenied(whole) ? `${whole}.received` : whole;
}

/** The end stays: programs go by it. */
const shortened = (name: string): string => {
  const letters = Array.from(name);
  return letters.length <= MOST ? name : letters.slice(-MOST).join('');
};

const ENDINGS: Readonly<Record<string, string>> = {
  'image/jpeg': '.jpg',
  'image/png': '.png',
  'image/gif': '.gif',
  'image/webp': '.webp',
  'audio/ogg': '.ogg',
  'audio/mpeg': '.mp3',
  'audio/mp4': '.m4a',
  'video/mp4': '.mp4',
  'application/pdf': '.pdf',
  'text/plain': '.txt',
  'application/zip': '.zip',
};
