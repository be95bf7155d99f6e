/**
 * What a phone shows of a text, by WhatsApp’s rules as they are public: code first, in which nothing else counts,
 * then quotes, then pairs of signs. Written apart from what it checks.
 */
export function shownByPhone(text: string): string {
  const kept: string[] = [];
  const keep = (inner: string): string => {
    kept.push(inner);
    return String.fromCharCode(0xe000 + kept.length - 1);
  };
  const coded = text
    .replace(/```([\s\S]+?)```/g, (_all, inner: string) => keep(inner))
    .replace(/`([^`\n]+)`/g, (_all, inner: string) => keep(inner));
  const lines = coded.split('\n').map((line) => withoutPairs(line.replace(/^\s*> /, '')));
  return lines
    .join('\n')
    .replace(/[\ue000-\uf8ff]/g, (char) => kept[char.charCodeAt(0) - 0xe000] ?? '');
}

function withoutPairs(line: string): string {
  let out = line;
  for (const sign of ['*', '_', '~']) {
    const pair = new RegExp(
      `(?<![\\p{L}\\p{N}])[${sign}](?=\\S)([^${sign}]*[^\\s${sign}])[${sign}](?![\\p{L}\\p{N}])`,
      'gu',
    );
    out = out.replace(pair, '$1');
  }
  return out;
}
