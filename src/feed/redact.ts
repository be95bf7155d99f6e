import { capped } from '../base/capped.ts';
import { AtomError } from '../base/errors.ts';
import { withoutPersonal } from '../base/personal.ts';
import { type Redact, withoutKeyEnds } from '../base/redact.ts';
import { providerKeys, secretShapes, secretUrls } from '../base/secret-shapes.ts';
import { MOST_POST } from '../domain/feed-post.ts';
import { withoutKubernetes } from './kubernetes.ts';
import { decoded, plainOf, withoutEncoded } from './plain-text.ts';
import { isSampleKey } from './stand-ins.ts';
import { withoutTold } from './told-secrets.ts';
import { withoutUrlPasswords } from './url-passwords.ts';

/** Where people's folders are, and the name of one: whose machine it is need nobody know. */
const HOME =
  /(?:(?<![A-Za-z])[A-Za-z]:)?[\\/¥]{1,2}(?:home|Users|Documents and Settings)[\\/¥]{1,2}(?![$<{%*])[^\\/¥\s"'`:;,|<>()]{1,64}/g;
/** The page of a site may be called so, too. */
const OF_SITE = /https?:\/\/[^\s"'`<>()]+$/i;

/** A key of 32 bytes in hex. Of the same look are digests: of what was paid, of a block. */
const HEX =
  /(?<!(?:hash|tx|txn|transaction|block|root|digest|topic|sha|keccak|commit|proof)[^\n]{0,40})(?<![A-Za-z0-9])(?:0x)?(?!0{64})[0-9a-f]{64}(?![A-Za-z0-9])/
    .source;
/** Where a word before says what it is, `0x` or not. */
const HEX_KEY = new RegExp(
  `((?<![a-z])(?:wallet|private|priv|mnemonic|seed|signing)[^\\n]{0,80}?)${HEX}`,
  'gi',
);
const BARE_HEX_KEY = new RegExp(`(?=0x)${HEX}`, 'gi');
/** A key of a wallet, and the words that one is made again from. */
const WALLET_KEY =
  /((?<![a-z])(?:wallet|private|priv|wif)[^\n]{0,80}?)(?<![A-Za-z0-9])[5KL][1-9A-HJ-NP-Za-km-z]{50,51}(?![A-Za-z0-9])/gi;
const PHRASE = /(?:seed|mnemonic|recovery|backup|secret)(?: phrase| words?)?/.source;
/** One of them, unless the next name begins with it. */
const WORD = `(?![a-z]+\\s?[:=]|${PHRASE}\\s?[:=])[a-z]{3,8}`;
const WORDS = new RegExp(
  `((?<![a-z])${PHRASE}[^\\n:=]{0,16}[:=]\\s?["']?)(?:${WORD}[ ,]{1,2}){11,}${WORD}`,
  'gi',
);

/** Signs that turn what follows round: a chat would show a post as something else than it says. */
const TURNS = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g;

/** What is private here, and cannot be told by what it looks like. */
export interface Own {
  /** Takes out the secrets that are known. */
  readonly secrets: Redact;
  /** Takes out whose account this is and on which machine, see `withoutAccount`. */
  readonly account: Redact;
}

const asItIs: Redact = (text) => text;
/** For texts of which nothing is known. */
const NONE: Own = { secrets: asItIs, account: asItIs };

/** So much of a text is looked at. A secret that is cut in two there stands far behind what is kept. */
const MOST_LOOKED_AT = 100_000;

/**
 * A text as it may stand in the feed, see `withoutPrivate`: at most `MOST_POST` of it, cut once what is private
 * is out, since nothing knows half a secret. Throws AtomError `blocked` where that cannot be told: then
 * nothing may be posted.
 */
export function redactPost(text: string, own: Own = NONE): string {
  try {
    const told = withoutPrivate(capped(text, MOST_LOOKED_AT), own).replace(TURNS, '');
    return capped(told, MOST_POST);
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
 * A text without secrets, the `own` ones among them, e-mail addresses, numbers of telephones, cards, accounts
 * and people, the names of home folders and what tells whose account this is. One with nothing of it is as it was.
 */
export function withoutPrivate(text: string, own: Own): string {
  // Addresses of e-mail go first: without the name before it, nothing knows the rest of one.
  const hide = (one: string): string =>
    withoutHomes(own.account(withoutPersonal(withoutSecrets(own.secrets(one)))));
  const hideAll = (one: string): string => hide(withoutEncoded(one, (said) => hide(said) !== said));
  // What was changed to be understood is shown only where something was found in it.
  const lookAt = (one: string, understood: string): string => {
    const kept = hideAll(understood);
    return kept === understood ? one : kept;
  };
  const rest = own.secrets(text);
  const seen = lookAt(rest, plainOf(rest));
  const said = decoded(seen);
  return (said === seen ? seen : lookAt(seen, said)).toWellFormed();
}

const withoutHomes = (text: string): string =>
  text.replace(HOME, (home, at: number) =>
    OF_SITE.test(text.slice(Math.max(0, at - 200), at)) ? home : '~',
  );

/** What goes on in the next lines after a secret was cut by the width of a terminal: nothing else is on them. */
const GOES_ON =
  /(\[secret\])(?:\r?\n[ \t]{0,8}(?=[A-Za-z_+/=-]{0,40}\d)(?=[\d_+/=-]{0,40}[A-Za-z])[A-Za-z0-9_+/=-]{12,200}(?=\r?\n|$)){1,8}/g;

const withoutSecrets = (text: string): string => allSecretsOut(text).replace(GOES_ON, '$1');

const allSecretsOut = (text: string): string =>
  withoutTold(
    withoutUrlPasswords(
      [...secretShapes, providerKeys]
        .reduce(
          (rest, shape) => rest.replace(shape, (key) => (isSampleKey(key) ? key : '[secret]')),
          withoutKeyEnds(withoutKubernetes(text).replace(secretUrls, '$1[secret]')),
        )
        .replace(HEX_KEY, '$1[secret]')
        .replace(WALLET_KEY, '$1[secret]')
        .replace(WORDS, '$1[secret]')
        .replace(BARE_HEX_KEY, '[secret]'),
    ),
  );
