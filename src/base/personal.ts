/** What tells who somebody is, and the word that takes its place. */
type Shape = readonly [shape: RegExp, word: string, holds?: (found: string) => boolean];

const digitsOf = (text: string): string => text.replace(/\D/g, '');

/** The check digit of cards, and of some national numbers. */
export function passesLuhn(text: string): boolean {
  const sum = [...digitsOf(text)].reverse().reduce((total, digit, at) => {
    const value = Number(digit) * (at % 2 === 1 ? 2 : 1);
    return total + (value > 9 ? value - 9 : value);
  }, 0);
  return sum > 0 && sum % 10 === 0;
}

/** ISO 13616: the first four characters last, letters as 10 to 35, and one is left over from 97. */
export function isIban(text: string): boolean {
  const plain = text.replace(/[ -]/g, '').toUpperCase();
  const moved = plain.slice(4) + plain.slice(0, 4);
  const digits = [...moved].map((one) => Number.parseInt(one, 36)).join('');
  return [...digits].reduce((rest, digit) => (rest * 10 + Number(digit)) % 97, 0) === 1;
}

/** The ranges that networks of cards give out, each with its lengths. */
const OF_NETWORK =
  /^(?:4(?:\d{12}|\d{15}|\d{18})|(?:5[1-5]|222[1-9]|22[3-9]|2[3-6]|27[01]|2720)\d{10,14}|3[47]\d{13}|3(?:0[0-5]|[689])\d{11,16}|35\d{14,17}|220[0-4]\d{12,15}|(?:50|5[6-9]|6\d)\d{10,17})$/;

const isCard = (text: string): boolean => {
  const digits = digitsOf(text);
  return OF_NETWORK.test(digits) && new Set(digits).size > 1 && passesLuhn(digits);
};

const DNI = 'TRWAGMYFPDXBNJZSQVHLCKE';
const isDni = (text: string): boolean => {
  const plain = text.replace(/[ -]/g, '').toUpperCase();
  const number = Number(plain.slice(0, -1).replace('X', '0').replace('Y', '1').replace('Z', '2'));
  return DNI[number % 23] === plain.at(-1);
};

/** France: what is left to 97 stands at its end. */
const isNir = (text: string): boolean => {
  const digits = digitsOf(text);
  return 97n - (BigInt(digits.slice(0, 13)) % 97n) === BigInt(digits.slice(13));
};

const CHINA = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const isResident = (text: string): boolean =>
  '10X98765432'[CHINA.reduce((sum, weight, at) => sum + weight * Number(text[at]), 0) % 11] ===
  text.at(-1)?.toUpperCase();

/** Area 000, 666 and from 900 on, and groups of zeros, were never given out. */
const isSsn = (text: string): boolean => {
  const digits = digitsOf(text);
  return !/^(?:000|666|9)/.test(digits) && !/^\d{3}00|0000$/.test(digits);
};

/** A date or a version has the shape, too. */
const isPhone = (text: string): boolean => {
  const digits = digitsOf(text);
  return (
    digits.length >= 8 &&
    digits.length <= 15 &&
    new Set(digits).size > 2 &&
    !/^\D*(?:\d{1,2}[./-]\d{1,2}[./-](?:19|20)\d{2}|(?:19|20)\d{2}[./-]\d{1,2}[./-]\d{1,2})/.test(
      text,
    )
  );
};

/** A digit, and the space that somebody puts between two to hide them. */
const D = '\\d ?';
const edge = (shape: string): RegExp => new RegExp(`(?<![\\w.-])${shape}(?![\\w-])`, 'g');

/** What a national number is called before it is told. */
const NAMES =
  "ssn|social security|tax(?:payer)? ?(?:id|no|number)|tin|itin|passport|driver'?s?.? licen[cs]e|driving licen[cs]e|dl|national id|identity (?:card|number)|id card|personal id|insurance n(?:o|umber)|nino|nhs|sin|aadhaar|dni|nie|nif|bsn|pesel|cpf|curp|cnp|egn|personnummer|ausweis(?:nummer)?|steuer-?(?:id|nummer)|sozialversicherungsnummer|codice fiscale|reisepass|medicare|nric|tfn|abn|acn|f[øo]dselsnummer|fodselsnummer|cpr|hetu|date of birth|dob|(?:bank(?:ing)? )?account(?: n(?:o|umber))|bank(?:ing)? account|routing number|sort code";
const NAMED = new RegExp(
  `(\\b(?:${NAMES})\\b[^\\n\\d]{0,24}?[:#= ])(?:[A-Z]{1,3}-?)?(?:\\d[ ./-]?){4,20}[A-Z]?(?![A-Za-z])`,
  'gi',
);

const SHAPES: readonly Shape[] = [
  [
    // `git@` is nobody, `icon@2x.png` a file, `19:…@thread.v2` a room, and before a host is whom it knows.
    /(?<![A-Za-z0-9._%+-]|\b\d{1,2}:|:\/\/[^\s/@]{0,80})(?!git@)[A-Za-z0-9._%+-]{1,64}@(?![0-9]x\.|unq\.gbl\.|thread\.)(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z]{2,24}(?![A-Za-z0-9-])/g,
    '[e-mail]',
  ],
  [
    edge('[A-Za-z]{2}\\d{2}(?:[ -]?[A-Za-z0-9]{4}){2,7}(?:[ -]?[A-Za-z0-9]{1,3})?'),
    '[iban]',
    isIban,
  ],
  [edge('(?:\\d[ -]?){12,18}\\d'), '[card]', isCard],
  [edge(`(?:${D}){3}[-–](?:${D}){2}[-–](?:${D}){3}\\d`), '[id]', isSsn],
  [edge('(?:\\d{8}|[XYZ]-?\\d{7})-?[A-Z]'), '[id]', isDni],
  [edge('[12] ?\\d{2} ?(?:0[1-9]|1[0-2]|[2-9]\\d) ?\\d{2} ?\\d{3} ?\\d{3} ?\\d{2}'), '[id]', isNir],
  [edge('[1-9]\\d{5}(?:19|20)\\d{2}(?:0[1-9]|1[0-2])\\d{5}[\\dXx]'), '[id]', isResident],
  [edge('(?:19|20)?\\d{6}[-+]\\d{4}'), '[id]', (text) => passesLuhn(digitsOf(text).slice(-10))],
  [edge('\\d{3}[ -]\\d{3}[ -]\\d{3}'), '[id]', passesLuhn],
  [edge('[A-CEGHJ-PR-TW-Z][A-CEGHJ-NPR-TW-Z] ?(?:\\d{2} ?){3}[A-D]'), '[id]'],
  [edge('[A-Z]{6}\\d{2}[A-EHLMPRST]\\d{2}[A-Z]\\d{3}[A-Z]'), '[id]'],
  [edge('\\d{3}\\.\\d{3}\\.\\d{3}-\\d{2}'), '[id]'],
  [edge('756\\.\\d{4}\\.\\d{4}\\.\\d{2}'), '[id]'],
  [edge('[A-Z]{5}\\d{4}[A-Z]'), '[id]'],
  [NAMED, '$1[id]'],
  [/(?<![\w+])\+(?:\d[ ()./-]{0,3}){7,14}\d(?!\d)/g, '[phone]', isPhone],
  [/(?<![\w.-])00[1-9](?:[ ()/.-]{0,2}\d){8,13}(?!\d)/g, '[phone]', isPhone],
  [
    new RegExp(
      `(?<![\\w.-])(?:1[ .-])?(?:\\((?:${D}){3}\\) ?|(?:${D}){3}[ .-])(?:${D}){3}[.-](?:${D}){3}\\d(?![\\d-])`,
      'g',
    ),
    '[phone]',
  ],
  [
    /(?<![\w.+-]|\d[ -])(?!\d{5}-\d{4}(?!\d))\(?0(?!\d ?(?:\d\d ){4})\d{1,5}\)?[ /-]{1,3}\d{2,9}(?:[ /-]\d{2,6}){0,4}(?![\w-])/g,
    '[phone]',
    isPhone,
  ],
  [
    /((?<![\w[])(?:phone|tel|telephone|telefon|mobile|cell|handy|whatsapp|fax|call|text|sms)\b[^\n\d+]{0,16}(?<!\w))(?![01]{4})(?:\d[ ()./-]{0,2}){6,14}\d(?!\w)/gi,
    '$1[phone]',
  ],
];

/** The text with what tells who somebody is, or how to pay as them, replaced by what it was. */
export const withoutPersonal = (text: string): string =>
  SHAPES.reduce(
    (rest, [shape, word, holds]) =>
      holds
        ? rest.replace(shape, (found) => (holds(found) ? word : found))
        : rest.replace(shape, word),
    text,
  );
