const SAFE: readonly string[] = ['http:', 'https:', 'mailto:'];

/**
 * Where a link goes, where it may be shown as one: to the web or to a mailbox, without a name before the
 * host that could pass for it, and not below words that name another place. `said`: its words as they are read.
 */
export function linkTo(href: string, said: string): string | undefined {
  const url = URL.parse(href);
  if (!url || !SAFE.includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const words = bare(said);
  const [named] = namedIn(words).filter(({ host }) => host !== url.host);
  // A file's name reads like a host's.
  if (named && !url.pathname.endsWith(`/${words}`)) return undefined;
  return url.href;
}

/** Words without what nobody sees, and without the signs around them: neither makes them name another place. */
const bare = (said: string): string =>
  /[^\p{P}\p{S}\s](?:.*[^\p{P}\p{S}\s])?/su.exec(
    said.normalize('NFKC').replaceAll(/\p{Default_Ignorable_Code_Point}/gu, ''),
  )?.[0] ?? '';

/** The addresses in words, or that they look like: `https://a.example`, `www.a.example/b`, `a.example:80`. */
function namedIn(words: string): readonly URL[] {
  const whole = [...words.matchAll(/\b(?:https?|ftp):\/\/\S+/gi)].map(([text]) => text);
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(words)) whole.push(words);
  const [host = ''] = words.split(/[/?#]/, 1);
  if (/^[^\s@]+[.。]\p{L}[\p{L}\d-]+(?::\d{1,5})?$/u.test(host)) whole.push(`http://${words}`);
  return whole.map((text) => URL.parse(text) ?? NOWHERE);
}

const NOWHERE = new URL('http://invalid');
