/**
 * True where a pattern names a path, both relative to the same folder: `*` and `?` stand for characters of
 * one name, `**` for any number of names. Everything else is meant as it is written. Takes linear time for
 * a name, whatever the pattern.
 */
export const matchesPath = (pattern: string, path: string): boolean =>
  match(namesOf(pattern), namesOf(path), false);

/** True where something below a folder could be named by a pattern. */
export const reachesBelow = (pattern: string, folder: string): boolean =>
  match(namesOf(pattern), namesOf(folder), true);

const namesOf = (path: string): readonly string[] =>
  path.split('/').filter((name) => name !== '' && name !== '.');

/** `below`: the path may end while there is still something left of the pattern. */
function match(pattern: readonly string[], path: readonly string[], below: boolean): boolean {
  const ends = (at: number): boolean =>
    below ? at < pattern.length : pattern.slice(at).every((name) => name === '**');
  // Everywhere that one may be in the pattern after each name of the path.
  let here = closure(pattern, new Set([0]));
  for (const name of path) {
    const next = new Set<number>();
    for (const at of here) {
      const wanted = pattern[at];
      if (wanted === '**') next.add(at);
      else if (wanted !== undefined && matchesName(wanted, name)) next.add(at + 1);
    }
    here = closure(pattern, next);
  }
  return [...here].some(ends);
}

/** `**` stands for no name as well. */
function closure(pattern: readonly string[], from: ReadonlySet<number>): ReadonlySet<number> {
  const all = new Set(from);
  for (const at of all) if (pattern[at] === '**') all.add(at + 1);
  return all;
}

/** `jail:path`, or a path in one's own; what has a colon and names no jail is a path, as is `./a:b`. */
export function splitJail(text: string): { readonly jail?: string; readonly path: string } {
  const [, jail, path] = /^([a-z0-9][a-z0-9_-]{0,31}):(.*)$/s.exec(text) ?? [];
  return jail === undefined || path === undefined ? { path: text } : { jail, path: path || '.' };
}

/** Goes back to the last star only: a star before it has done enough. */
function matchesName(pattern: string, name: string): boolean {
  let [p, n, star, mark] = [0, 0, -1, 0];
  while (n < name.length) {
    if (pattern[p] === '*') {
      star = p++;
      mark = n;
    } else if (p < pattern.length && (pattern[p] === '?' || pattern[p] === name[n])) {
      p++;
      n++;
    } else if (star >= 0) {
      p = star + 1;
      n = ++mark;
    } else return false;
  }
  while (pattern[p] === '*') p++;
  return p === pattern.length;
}
