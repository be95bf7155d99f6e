import type { Tokens } from 'marked';

const SAFE: readonly string[] = ['http:', 'https:', 'mailto:'];

/**
 * Where a link goes, where it may be shown as one: to the web or to a mailbox, without a name before the
 * host that could pass for it, and not below words that name another place.
 */
export function linkTo({ href, text }: Tokens.Link | Tokens.Image): string | undefined {
  const url = URL.parse(href);
  if (!url || !SAFE.includes(url.protocol)) return undefined;
  if (url.username !== '' || url.password !== '') return undefined;
  const words = text.trim();
  const shown = namedIn(words);
  // A file's name reads like a host's.
  if (shown && shown.host !== url.host && !url.pathname.endsWith(`/${words}`)) return undefined;
  return url.href;
}

/** The address that words are, or look like: `https://a.example`, `www.a.example/b`, `a.example`. */
function namedIn(words: string): URL | undefined {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(words)) return URL.parse(words) ?? new URL('http://invalid');
  const [host = ''] = words.split(/[/?#]/, 1);
  if (!/^[^\s@]+\.[a-z]{2,}$/i.test(host)) return undefined;
  return URL.parse(`http://${words}`) ?? undefined;
}
