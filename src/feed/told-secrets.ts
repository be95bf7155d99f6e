import { isCode, isStandIn } from './stand-ins.ts';

/** A password, as people call it. */
const PASSWORD =
  /pass(?:word|wd|phrase|code)|passwort|kennwort|contraseña|(?<![a-z])(?:(?:user|db|root|admin|ftp|sql|smtp|mail|ssh)?(?:pass|pwd)|pin|pw|otp)|(?:one.?time|verification|security|2fa|mfa) (?:pass)?code/;
/** What machines give out. A word before it is part of its name: `authToken`, `DB_SECRET`. */
const TOKEN =
  /(?:api|access|private|auth|encryption|master|signing|license|account|secret|shared.?access|client|app|admin|service|webhook|storage)[ _.-]?key|(?:recovery|backup)[ _.-]?code|secret|(?<!public[ _.-]?)token|credential|(?<![a-z])creds?|(?<![a-z])auth(?:orization)?/;
/** What is a secret only where it looks like one at length. A public key is none, nor is that of a table. */
const KEY =
  /(?<!(?:public|publishable|site|primary|foreign|sort|cache|partition|idempotency|gpg|pgp|bucket|schema|sequence|unique)[ _.-]?|don|mon|tur)key|(?<![a-z])sess(?:ion)?(?:[_-]?id)?|(?<![a-z])sid(?==)|(?<=[?&](?:x-amz-)?)sig(?:nature)?/;
/** Which of several it is. With any other word behind, it is about one: `token_count`, `passwordHash`. */
const WHICH =
  /s?(?:\d{1,3}|[_-](?:\d{1,3}|v\d|prod(?:uction)?|dev|staging|stage|live|main|value|base|backup|old|new))?(?![a-z])(?:\[\]|["']\]?|[\])])?/;
/** A sign, as in settings, code and XML. What follows it is on the same line, or set in on the next. */
const SIGN =
  /(?: ?value)?\s{0,8}(?:={1,3}>?|:=|:)[ \t]{0,8}(?:\r?\n[ \t]{1,24})?(?:[brufl@](?=["']))?|(?<=<[\w:.-]{1,40}|["'])>/;
/** What stands for one: an option's space, that before a quote, a dash, what holds where a setting is missing. */
const SPACE =
  /(?<=--[a-z-]{1,40}|login \S{1,60} password) | (?=["'`])| {1,24}[-–—]{1,4} |(?<=(?:env\w{0,20}|environ\.get|config|property)\(["'][\w.-]{0,60}["']),\s{0,4}(?=["'])/;
/** A few words, as people say it. */
const SPOKEN =
  /[^\n\\=:"'`,;(){}<>]{0,24}(?::|(?<![a-z])(?:is|to|ist|lautet|es)(?![a-z])(?: now| set to)?:?)\s{1,4}/;
/** What may stand before the value itself: a scheme, or whose it is. */
const BEFORE =
  /(?:(?:bearer|basic|(?:api-?)?(?:token|key)|bot|digest|ssws|geniekey|splunk) +)?(?:[\w.@-]{1,40} ?\/ )?/;
const QUOTED = /(["'`“])([^\n"'`”]{4,400})/;
const BARE = /([^\s"'`“,;<]{4,400})/;

const SHAPE = new RegExp(
  `(?<!\\.svg\\?|\\[)((?:(${PASSWORD.source})|(${TOKEN.source})|${KEY.source})${WHICH.source}(?:${SIGN.source}|${SPACE.source}|${SPOKEN.source})${BEFORE.source})(?:${QUOTED.source}|${BARE.source})`,
  'gi',
);

type Kind = 'password' | 'token' | 'key';

/** Text in which each value that a name announces, and that is one, is `[secret]`. */
export function withoutTold(text: string): string {
  const shape = new RegExp(SHAPE);
  let kept = '';
  let from = 0;
  for (let found = shape.exec(text); found; found = shape.exec(text)) {
    const [all, before = '', password, token, quote, quoted, bare = ''] = found;
    const kind = password ? 'password' : token ? 'token' : 'key';
    const value = quoted ?? withoutEnd(bare, kind);
    if (isTold({ kind, value, whole: quoted ?? bare, before, isQuoted: quoted !== undefined })) {
      kept += `${text.slice(from, found.index)}${before}${quote ?? ''}[secret]`;
      from = found.index + all.length - (quoted ?? bare).length + value.length;
      shape.lastIndex = from;
      // What is no value may begin with the next name.
    } else shape.lastIndex = found.index + 1;
  }
  return kept + text.slice(from);
}

/** What follows in a sentence, a program or an address is no part of it. */
const withoutEnd = (bare: string, kind: Kind): string =>
  (kind === 'password' ? bare : bare.replace(/&\w{1,40}=.*$/, '')).replace(/[.,:)\]}>\\]+$/, '');

interface Told {
  readonly kind: Kind;
  readonly value: string;
  /** The value with what may follow it, such as the bracket that closes a place to fill in. */
  readonly whole: string;
  /** The name, and what stands between. */
  readonly before: string;
  readonly isQuoted: boolean;
}

function isTold({ kind, value, whole, before, isQuoted }: Told): boolean {
  // To pass something on is what programs do all day.
  if (
    /(?<![a-z])(?:pass(?![a-z])(?! is)[^=:<]*|pin )$/i.test(before) ||
    /^(?:[,);]|\+\s)/.test(value) ||
    value.length < 4
  )
    return false;
  if (/\s/.test(value)) return isQuoted && (/phrase/i.test(before) || hasAllKinds(value));
  if (kind === 'password' && isPin(value)) return true;
  if (isStandIn(value) || isStandIn(whole) || (!isQuoted && isCode(value))) return false;
  if (kind === 'key') return isLong(value);
  if (kind === 'token') return value.length >= 6 && isMade(value);
  return isPassword(value, before, isQuoted);
}

/** A name alone, behind a sign and a space, may be that of a variable. */
const isPassword = (value: string, before: string, isQuoted: boolean): boolean =>
  isQuoted || before.endsWith('=')
    ? value.length >= 5
    : isMixed(value) || (/=\s+$/.test(before) && /[a-z]-[a-z]/i.test(value));

const isPin = (value: string): boolean => /^\d{4,32}$/.test(value) && new Set(value).size > 1;

/** Letters and digits or a sign, or letters of both sizes within. */
const isMixed = (value: string): boolean =>
  /[a-z]/i.test(value) && /\d|[^\w.!?-]|[a-z][A-Z]/.test(value);

/** What nobody writes but as a password, even with spaces in it. */
const hasAllKinds = (value: string): boolean =>
  value.length <= 40 && [/[a-z]/, /[A-Z]/, /\d/, /[!@#$%^&*+?]/].every((kind) => kind.test(value));

/** As machines make them: letters and digits together, or long and of both sizes, and no words. */
const isMade = (value: string): boolean =>
  (/[a-z]/i.test(value) && /\d/.test(value)) ||
  /^\d{12,}$/.test(value) ||
  (value.length >= 16 && new Set(value.match(/[^\w\s]/g)).size >= 5) ||
  (value.length >= 20 && /[a-z][A-Z]/.test(value) && /[A-Z]{2}/.test(value));

/** So that a name such as `key` will do. */
const isLong = (value: string): boolean =>
  value.length >= (/[A-Z]/.test(value) && /[a-z]/.test(value) ? 16 : 24) &&
  /^[\w+/=~.%:|-]+$/.test(value) &&
  isMade(value) &&
  !UUID.test(value) &&
  (value.length >= 40 || !WORDS.test(value));

const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
const WORDS = /[a-z]{3,}[-_./][a-z]{3,}|[A-Za-z]{5,}[-_./][A-Za-z]{4,}/;
