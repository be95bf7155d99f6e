/**
 * How people say that something holds from now on: a word that stands at the beginning of a sentence, or
 * anywhere in it where it means nothing else. Plain words in code, so that nobody has to guess which are kept.
 */
const FIRST = [
  ...['always', 'never', 'remember', 'do not ever', 'don’t ever', "don't ever", 'no matter what'],
  ...['please always', 'please never', 'please remember', 'you must always', 'you must never'],
  ...['immer', 'niemals', 'nie', 'merk dir', 'merke dir', 'denk daran', 'bitte immer', 'bitte nie'],
  ...['toujours', 'jamais', 'siempre', 'nunca', 'recuerda', 'sempre', 'ricorda', 'lembre'],
];
const ANYWHERE = [
  ...[
    'from now on',
    'from here on',
    'in future',
    'in the future',
    'every time',
    'whenever',
    'by default',
  ],
  ...[
    'as a rule',
    'keep in mind',
    'for all future',
    'until i say',
    'unless i say',
    'i always',
    'i never',
  ],
  ...['you always', 'you never', 'should always', 'should never', 'must always', 'must never'],
  ...['ab jetzt', 'von nun an', 'in zukunft', 'jedes mal', 'ab sofort', 'künftig'],
  ...[
    'désormais',
    'à partir de maintenant',
    'a partir de ahora',
    'de ahora en adelante',
    'd’ora in poi',
  ],
];

/** Whoever pastes a page does not give an instruction with each “always” in it. */
const MOST = 2000;

/** True for a message that holds an instruction for later, by its words. */
export function isStanding(text: string): boolean {
  if (text.length > MOST) return false;
  const words = ` ${text.toLowerCase().replaceAll(/\s+/g, ' ').trim()} `;
  if (ANYWHERE.some((phrase) => hasPhrase(words, phrase))) return true;
  const sentences = words.split(/[.!?;:\n…]+|\s[-–—]\s|,\s/).map((one) => one.trim());
  return sentences.some((one) => FIRST.some((phrase) => `${one} `.startsWith(`${phrase} `)));
}

const hasPhrase = (words: string, phrase: string): boolean => {
  const at = words.indexOf(phrase);
  const [before = ' ', after = ' '] = [words[at - 1], words[at + phrase.length]];
  return at >= 0 && !isLetter(before) && !isLetter(after);
};

const isLetter = (sign: string): boolean => /[\p{L}\p{N}]/u.test(sign);
