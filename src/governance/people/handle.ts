import type { Candidate } from './people.ts';

const MOST = 24;

/**
 * What the owner calls somebody on the command line: `dana` of “Dana K. @dana”, with a number behind it
 * where somebody else is called that already. Names are claims, so it is only ever shown with the fixed id.
 */
export function handleFor(
  { name = '', id }: Pick<Candidate, 'name' | 'id'>,
  taken: ReadonlySet<string>,
): string {
  const user = /@([a-z0-9_]+)\s*$/i.exec(name)?.[1];
  const [first = ''] = name.trim().split(/\s+/);
  const plain = (user ?? first)
    .toLowerCase()
    .replace(/[^a-z0-9_-]/g, '')
    .replace(/^[-_\d]+/, '')
    .slice(0, MOST);
  const wanted = plain === '' ? `user-${id.toLowerCase().replace(/[^a-z0-9]/g, '')}` : plain;
  let handle = wanted;
  for (let number = 2; taken.has(handle); number++) handle = `${wanted}-${number}`;
  return handle;
}
