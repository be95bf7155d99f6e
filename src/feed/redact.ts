import { AtomError } from '../base/errors.ts';
import { withoutPersonal } from '../base/personal.ts';
import { redact } from '../base/redact.ts';
import { providerKeys, secretUrls } from '../base/secret-shapes.ts';
import { MOST_POST } from '../domain/feed-post.ts';

/** Where people's folders are, and the name of one: whose machine it is need nobody know. */
const HOME =
  /(?:(?<![A-Za-z])[A-Za-z]:)?[\\/¥](?:home|Users|Documents and Settings)[\\/¥][^\\/¥\s"'`:;,|<>()]{1,64}/g;

/** What a password or key is called, however it is told: `password = x`, `the pin is x`, `passwort: x`. */
const TOLD =
  /((?<![A-Za-z[])(?:pass(?:word|wd|phrase|code)?|passwort|kennwort|pwd|pin|credentials?|api.?key|access.?key|secret(?:.?(?:access.?)?key)?|private.?key|auth.?key|auth|token|client.?secret|license.?key|recovery.?code)s?["'\])]?[^\n=:"'`]{0,24}(?:=>|[=:]|\b(?:is|to|as|ist|lautet)\b)\s{0,4}(?:[\w.@-]{1,40} ?\/ ?)?["'`]?)([^\s"'`,;]{5,200})/gi;

/** A value that is none: a place for one, a type, a call, or a word of everybody's. */
const PLACE =
  /^(?:[<${%[(]|\*+$|x+$|\.+$|(?:true|false|null|none|undefined|string|required|optional|missing|wrong|valid|invalid|empty|set|not|the|your)\b)/i;

/** It has letters and a digit or a sign, or letters of both sizes; where a code is told, digits will do. */
function looksMade(before: string, value: string): boolean {
  if (PLACE.test(value) || value.includes('[secret]')) return false;
  if (!/[a-z]/i.test(value))
    return /\d{4}/.test(value) && /^(?:pass|pin|pwd|kennwort)/i.test(before);
  return /\d|[^\w.-]|[a-z][A-Z]/.test(value.slice(0, -1));
}

/** A key of 32 bytes in hex, where a word says that it is no digest. */
const HEX_KEY =
  /((?<![a-z])(?:wallet|private|priv|mnemonic|seed|signing)[^\n]{0,80}?)(?<![A-Za-z0-9])(?:0x)?[0-9a-f]{64}(?![A-Za-z0-9])/gi;
const BARE_HEX_KEY = /(?<![A-Za-z0-9])0x[0-9a-f]{64}(?![A-Za-z0-9])/gi;

/** Signs that nobody sees, by which a secret would be cut in two. */
const UNSEEN = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff]/g;
/** Latin letters, digits and signs as wide as Chinese ones. */
const WIDE = /[\uff01-\uff5e]/g;

/** Takes secrets that are known out of a text. */
type Known = (text: string) => string;

/**
 * A text as it may stand in the feed, see `withoutPrivate`. Its time grows with the text alone, which is
 * bounded. Throws AtomError `blocked` where that cannot be told: then nothing may be posted.
 */
export function redactPost(text: string, known: Known = (one) => one): string {
  if (text.length > MOST_POST)
    throw new AtomError('usage', `A post has ${MOST_POST} characters at most.`);
  try {
    return withoutPrivate(text, known);
  } catch (cause) {
    throw new AtomError(
      'blocked',
      'What is private in it could not be taken out, so it was not posted.',
      {
        cause,
      },
    );
  }
}

/**
 * A text without secrets, `known` ones among them, e-mail addresses, numbers of telephones, cards, accounts
 * and people, and the names of home folders.
 */
export const withoutPrivate = (text: string, known: Known): string =>
  withoutTold(withoutPersonal(withoutSecrets(known(plainOf(text)))))
    .replace(HOME, '~')
    .toWellFormed();

const plainOf = (text: string): string =>
  text
    .replace(UNSEEN, '')
    .replace(WIDE, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0));

const withoutSecrets = (text: string): string =>
  redact(
    text
      .replace(secretUrls, '$1[secret]')
      .replace(providerKeys, '[secret]')
      .replace(HEX_KEY, '$1[secret]')
      .replace(BARE_HEX_KEY, '[secret]'),
  );

function withoutTold(text: string): string {
  const shape = new RegExp(TOLD);
  let kept = '';
  let from = 0;
  for (let found = shape.exec(text); found; found = shape.exec(text)) {
    const [all, before = '', value = ''] = found;
    if (looksMade(before, value)) {
      kept += `${text.slice(from, found.index)}${before}[secret]`;
      from = found.index + all.length;
      // What is no value may begin with the next name.
    } else shape.lastIndex = found.index + 1;
  }
  return kept + text.slice(from);
}
