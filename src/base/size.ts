/** `310 bytes`, `48 kB`, `1.2 MB`: decimal units, as disks and people count. */
export function sizeWords(bytes: number): string {
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  if (bytes < 1_000_000) return `${Math.round(bytes / 1000)} kB`;
  if (bytes < 1_000_000_000) return `${tenths(bytes / 1_000_000)} MB`;
  return `${tenths(bytes / 1_000_000_000)} GB`;
}

const tenths = (value: number): string =>
  value < 10 ? value.toFixed(1).replace('.0', '') : String(Math.round(value));
