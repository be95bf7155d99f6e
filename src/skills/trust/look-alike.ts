/** How near a name is to another: to be read as the same, or only a slip of the pen away. */
export type Likeness = 'same' | 'near';

/** The known name that another one could be taken for; undefined where there is none, or it is that name. */
export function lookAlike(
  name: string,
  known: readonly string[],
): { readonly name: string; readonly likeness: Likeness } | undefined {
  if (known.includes(name)) return undefined;
  const same = known.find((one) => skeleton(one) === skeleton(name));
  if (same !== undefined) return { name: same, likeness: 'same' };
  const near = known.find((one) => one.length > 3 && isOneAway(skeleton(one), skeleton(name)));
  return near === undefined ? undefined : { name: near, likeness: 'near' };
}

/** What the eye makes of a name of a–z, 0–9 and `-`: digits that look like letters, `rn` like `m`. */
const skeleton = (name: string): string =>
  name
    .replaceAll('-', '')
    .replaceAll('0', 'o')
    .replaceAll(/[1i]/g, 'l')
    .replaceAll('5', 's')
    .replaceAll('rn', 'm')
    .replaceAll('vv', 'w')
    .replaceAll('cl', 'd');

/** True where one letter was put in, left out, changed, or swapped with its neighbour. */
function isOneAway(a: string, b: string): boolean {
  if (Math.abs(a.length - b.length) > 1) return false;
  const at = [...a].findIndex((letter, index) => letter !== b[index]);
  const first = at < 0 ? a.length : at;
  const [restA, restB] = [a.slice(first), b.slice(first)];
  const swapped = `${restA[1] ?? ''}${restA[0] ?? ''}${restA.slice(2)}`;
  return [restA.slice(1) === restB.slice(1), restA.slice(1) === restB, restA === restB.slice(1)]
    .concat(swapped === restB)
    .includes(true);
}
