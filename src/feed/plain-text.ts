/** Signs that nobody sees, by which a secret would be cut in two. */
const UNSEEN =
  /\u034f|[\ufe00-\ufe0f]|[\u00ad\u061c\u115f\u1160\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufeff]|\udb40[\udc00-\udc7f]/g;
/** What is written over a letter, and is no part of it. */
const STRUCK = /[\u0300-\u036f]/g;
/** Latin letters, digits and signs of other widths and faces: as wide as Chinese ones, raised, in circles, bold. */
const FACES =
  /[\uff01-\uff5e\u00b2\u00b3\u00b9\u2070-\u209c\u2460-\u24ff\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}]/gu;

/** Letters of others that look like Latin ones, each with the one that it looks like behind it. */
const ALIKE =
  'аaеeоoрpсcуyхxіiјjѕsһhԁdԛqԝwӏlАAВBЕEКKМMНHОOРPСCТTХXІIЈJЅSοoνvαaρpιiκkυuΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧX';
const LATIN: ReadonlyMap<string, string> = new Map(
  Array.from(ALIKE.matchAll(/(.)(.)/gu), ([, alike = '', latin = '']) => [alike, latin] as const),
);
const FOREIGN = /[\u0370-\u03ff\u0400-\u052f]/;

/** In words with letters of both: a word of one language has none of the other. */
const unmixed = (text: string): string =>
  FOREIGN.test(text)
    ? text.replace(/[\p{L}\p{N}_-]+/gu, (word) =>
        FOREIGN.test(word) && /[A-Za-z]/.test(word)
          ? Array.from(word, (sign) => LATIN.get(sign) ?? sign).join('')
          : word,
      )
    : text;

/** A text as who reads it on a screen understands it: without signs that nobody sees, and in plain letters. */
export const plainOf = (text: string): string =>
  unmixed(
    text
      .replace(UNSEEN, '')
      .replace(STRUCK, '')
      .replace(FACES, (face) => face.normalize('NFKC')),
  );

/** A sign by its number, as in JSON, JavaScript, HTML and addresses. */
const BY_NUMBER = /\\u00([2-7][\da-f])|\\x([2-7][\da-f])|&#x0*([2-7][\da-f]);|%([2-7][\da-f])/gi;
const BY_DECIMAL = /&#0*(3[2-9]|[4-9]\d|1[01]\d|12[0-6]);/g;

/** A text as a program that is given it understands it: signs that are written by their number as themselves. */
export const decoded = (text: string): string =>
  text
    .replace(BY_NUMBER, (_all, ...found: (string | undefined)[]) =>
      String.fromCharCode(Number.parseInt(found.slice(0, 4).find(Boolean) ?? '', 16)),
    )
    .replace(BY_DECIMAL, (_all, code: string) => String.fromCharCode(Number(code)));

const BASE64 =
  /(?<![A-Za-z0-9+/_-])(?=[A-Za-z0-9+/_-]{0,200}\d|[a-z]{0,200}[A-Z])[A-Za-z0-9+/_-]{16,}={0,2}(?![A-Za-z0-9+/_=-])/g;

/** Text in which each piece of base64 that holds a text of which `isPrivate` is true is `[secret]`. */
export const withoutEncoded = (text: string, isPrivate: (said: string) => boolean): string =>
  text.replace(BASE64, (piece) => {
    const said = Buffer.from(piece, 'base64').toString('latin1');
    return /^[\t\n\r -~]{8,}$/.test(said) && isPrivate(said) ? '[secret]' : piece;
  });
