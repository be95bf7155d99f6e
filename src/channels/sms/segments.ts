/**
 * What one septet of GSM-7 can be; a text of nothing else takes 160 of them, or 153 in each of several
 * segments. Source: 3GPP TS 23.038, section 6.2.1.
 */
const BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
/** Two septets each. */
const EXTENDED = new Set('\f^{}\\[~]|€');

/** Septets in a segment of GSM-7, and UTF-16 units in one of UCS-2: alone, and as one of several. */
const ROOM = { gsm: { one: 160, many: 153 }, ucs: { one: 70, many: 67 } } as const;

/** How many segments a text is sent as. */
export function segmentsOf(text: string): number {
  const { room, widths } = measured(text);
  const whole = widths.reduce((sum, width) => sum + width, 0);
  if (whole <= room.one) return 1;
  let [count, used] = [1, 0];
  for (const width of widths) {
    // A character never lies in two segments.
    if (used + width > room.many) [count, used] = [count + 1, 0];
    used += width;
  }
  return count;
}

/** How many UTF-16 units from the start of a text fit in so many segments. */
export function roomInSegments(text: string, most: number): number {
  if (segmentsOf(text) <= most) return text.length;
  const { room, widths, units } = measured(text);
  let [left, segments, at] = [room.many, most, 0];
  for (const [index, width] of widths.entries()) {
    if (width > left) [left, segments] = [room.many, segments - 1];
    if (segments === 0) break;
    left -= width;
    at += units[index] ?? 1;
  }
  return at;
}

/** Character by character: how wide each is, and how many UTF-16 units it has. */
function measured(text: string): {
  readonly room: { readonly one: number; readonly many: number };
  readonly widths: readonly number[];
  readonly units: readonly number[];
} {
  const letters = [...text];
  const units = letters.map((letter) => letter.length);
  if (!letters.every((letter) => BASIC.has(letter) || EXTENDED.has(letter)))
    return { room: ROOM.ucs, widths: units, units };
  return {
    room: ROOM.gsm,
    widths: letters.map((letter) => (EXTENDED.has(letter) ? 2 : 1)),
    units,
  };
}
