import type { MediaKind } from './message.ts';

/** How many bytes of a file `sniff` looks at. */
export const SNIFFED_BYTES = 4096;

/** What a file is where its first bytes say nothing. */
export const UNKNOWN_TYPE = 'application/octet-stream';
const TEXT = 'text/plain';

/** Source: www.iana.org/assignments/media-types, mimesniff.spec.whatwg.org. */
const SIGNATURES: readonly (readonly [at: number, bytes: string, type: string])[] = [
  [0, '\x89PNG\r\n\x1a\n', 'image/png'],
  [0, '\xff\xd8\xff', 'image/jpeg'],
  [0, 'GIF87a', 'image/gif'],
  [0, 'GIF89a', 'image/gif'],
  [8, 'WEBP', 'image/webp'],
  [8, 'WAVE', 'audio/wav'],
  [0, 'II*\0', 'image/tiff'],
  [0, 'MM\0*', 'image/tiff'],
  [0, 'BM', 'image/bmp'],
  [0, '%PDF-', 'application/pdf'],
  [0, 'ID3', 'audio/mpeg'],
  [0, 'fLaC', 'audio/flac'],
  [0, '#!AMR', 'audio/amr'],
  [0, '\x1aE\xdf\xa3', 'video/webm'],
  [0, 'PK\x03\x04', 'application/zip'],
  [0, 'PK\x05\x06', 'application/zip'],
  [0, '\x1f\x8b', 'application/gzip'],
  [0, '7z\xbc\xaf\x27\x1c', 'application/x-7z-compressed'],
  [0, 'Rar!\x1a\x07', 'application/vnd.rar'],
  [0, '\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1', 'application/x-ole-storage'],
  [0, '\x7fELF', 'application/x-executable'],
  [0, 'MZ', 'application/x-executable'],
];

/** The media type of a file by its first bytes: `text/plain` for any text, `UNKNOWN_TYPE` for the rest. */
export function sniff(head: Uint8Array): string {
  const bytes = Buffer.from(head.subarray(0, SNIFFED_BYTES));
  const text = bytes.toString('latin1');
  if (isText(bytes)) return text.startsWith('%PDF-') ? 'application/pdf' : TEXT;
  const known = SIGNATURES.find(([at, mark]) => text.startsWith(mark, at));
  if (known) return known[2];
  if (text.startsWith('OggS')) return text.includes('theora') ? 'video/ogg' : 'audio/ogg';
  if (text.startsWith('ftyp', 4)) return BRANDS[text.slice(8, 12)] ?? 'video/mp4';
  return framed(bytes) ?? UNKNOWN_TYPE;
}

const HEIC = 'image/heic';

/** Source: mp4ra.org/registered-types/brands. */
const BRANDS: Readonly<Record<string, string>> = {
  'M4A ': 'audio/mp4',
  'M4B ': 'audio/mp4',
  'qt  ': 'video/quicktime',
  // What cameras write with more bits, or several pictures in one file.
  ...Object.fromEntries(['heic', 'heix', 'heim', 'heis', 'mif1'].map((brand) => [brand, HEIC])),
  ...Object.fromEntries(['hevc', 'hevx', 'hevm', 'hevs', 'msf1'].map((brand) => [brand, HEIC])),
  avif: 'image/avif',
  avis: 'image/avif',
};

/** The frames of MP3 and AAC have no other mark than eleven set bits. */
function framed([first = 0, second = 0]: Uint8Array): string | undefined {
  if (first !== 0xff || (second & 0xe0) !== 0xe0) return undefined;
  const layer = second & 0x06;
  if (layer === 0) return (second & 0xf0) === 0xf0 ? 'audio/aac' : undefined;
  return layer === 0x02 ? 'audio/mpeg' : undefined;
}

function isText(bytes: Buffer): boolean {
  if (bytes.some((byte) => byte < 0x20 && ![0x09, 0x0a, 0x0c, 0x0d, 0x1b].includes(byte)))
    return false;
  try {
    // `stream` forgives a character that the cut went through.
    new TextDecoder('utf-8', { fatal: true }).decode(bytes, { stream: true });
    return bytes.length > 0;
  } catch (error) {
    if (error instanceof TypeError) return false;
    throw error;
  }
}

/** What kind of thing a type is, where nobody says otherwise. */
export function kindOf(type = ''): MediaKind {
  const family = type.split('/', 1)[0];
  return family === 'image' || family === 'audio' || family === 'video' ? family : 'file';
}

/** What a sender says that a file is. */
export interface Claimed {
  readonly kind: MediaKind;
  readonly type?: string | undefined;
  readonly name?: string | undefined;
}

/** True where a file may be what it is said to be: by its kind, its type and the end of its name. */
export function mayBe({ kind, type, name = '' }: Claimed, sniffed: string): boolean {
  const ending = /\.([a-z0-9]{1,5})$/i.exec(name)?.[1]?.toLowerCase() ?? '';
  const claims = [type?.split(';', 1)[0]?.trim().toLowerCase(), ENDINGS[ending]];
  return KINDS[kind].test(sniffed) && claims.every((claim) => isNoLie(claim, sniffed));
}

/** Of an MP4, WebM or Ogg file only its inside tells whether there are pictures in it. */
const KINDS: Readonly<Record<MediaKind, RegExp>> = {
  image: /^image\//,
  audio: /^audio\/|^video\/(mp4|webm|ogg)$/,
  video: /^video\/|^image\/gif$/,
  file: /^/,
};

const ENDINGS: Readonly<Record<string, string>> = {
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  png: 'image/png',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  avif: 'image/avif',
  pdf: 'application/pdf',
  ogg: 'audio/ogg',
  oga: 'audio/ogg',
  opus: 'audio/ogg',
  mp3: 'audio/mpeg',
  m4a: 'audio/mp4',
  wav: 'audio/wav',
  mp4: 'video/mp4',
  mov: 'video/quicktime',
  webm: 'video/webm',
  zip: 'application/zip',
  gz: 'application/gzip',
  docx: 'application/zip',
  xlsx: 'application/zip',
  pptx: 'application/zip',
  odt: 'application/zip',
  ods: 'application/zip',
  epub: 'application/zip',
  txt: TEXT,
  md: TEXT,
  csv: TEXT,
  json: TEXT,
  html: TEXT,
  xml: TEXT,
  svg: TEXT,
};

/** Types that are one container by their first bytes. */
const FAMILIES: readonly RegExp[] = [
  /^(audio|video)\/(mp4|x-m4a|m4a|3gpp2?|quicktime|x-m4v|aac)$/,
  /^(audio|video|application)\/(ogg|opus)(\+.*)?$/,
  /^(audio|video)\/(webm|x-matroska)$/,
  /^audio\/(mpeg|mp3|x-mp3|mpeg3|x-mpeg)$/,
  /^audio\/(wav|x-wav|wave|vnd\.wave)$/,
  /^image\/(jpeg|jpg|pjpeg)$/,
  /^image\/(heic|heif)$/,
  /^application\/(zip|x-zip.*|vnd\.(openxmlformats|oasis)\..*|epub\+zip|java-archive|vnd\.android\..*)$/,
  /^application\/(x-ole-storage|msword|vnd\.ms-.*)$/,
  /^application\/(gzip|x-gzip|x-tgz|x-gtar|x-compressed-tar)$/,
  /^application\/(vnd\.rar|x-rar.*)$/,
  /^text\/|^application\/(.*[+-])?(json|xml|javascript|yaml|toml|sh|csv|sql|rtf|x-httpd-php)$|^(image\/svg\+xml|message\/.*|application\/(pgp|x-pem|vcard).*)$/,
];

function isNoLie(claim: string | undefined, sniffed: string): boolean {
  if (claim === undefined || claim === '' || claim === sniffed) return true;
  if (/^(application|binary)\/octet-stream$/.test(claim)) return true;
  if (FAMILIES.some((family) => family.test(claim) && family.test(sniffed))) return true;
  // Nobody here can tell what it would look like, and it looks like nothing else.
  return !isTold(claim) && [UNKNOWN_TYPE, TEXT].includes(sniffed);
}

/** True for types that `sniff` would have known. */
const isTold = (claim: string): boolean =>
  KNOWN.has(claim) || FAMILIES.some((family) => family.test(claim));

const KNOWN: ReadonlySet<string> = new Set([
  ...SIGNATURES.map(([, , type]) => type),
  ...Object.values(BRANDS),
  ...Object.values(ENDINGS),
]);
