import { literal } from '../base/literal.ts';
import type { Redact } from '../base/redact.ts';
import type { Account } from '../config/account.ts';
import { machinePlaces, type Reach, reachOf, userPlaces } from './account-names.ts';
import { pathShapes } from './account-paths.ts';

/** What is known of whose account and machine this is, and must not be told. */
export interface OwnPlace {
  readonly account: Account;
  /** atom's own folders, which have the name of the profile. */
  readonly folders: readonly string[];
}

type Shape = readonly [shape: RegExp, word: string];

/** Takes out of a text where this account's home folder is, and how its user and machine are called. */
export function withoutAccount({ account, folders }: OwnPlace, reach: Reach): Redact {
  const shapes: readonly Shape[] = [
    ...shapesOf(folders, '[profile]'),
    ...shapesOf(account.homes, '~'),
    ...usersOf(account).flatMap((name) => namesOf(name, { reach, word: '[user]', in: userPlaces })),
    ...machinesOf(account).flatMap((name) =>
      namesOf(name, { reach, word: '[machine]', in: machinePlaces }),
    ),
  ];
  return (text) => shapes.reduce((rest, [shape, word]) => rest.replace(shape, word), text);
}

/** The longest first: one may lie within another. */
const shapesOf = (paths: readonly string[], word: string): readonly Shape[] =>
  paths
    .toSorted((a, b) => b.length - a.length)
    .flatMap((path) => pathShapes(path).map((shape): Shape => [shape, word]));

/** A home folder may be called as people call its owner, whatever the account is called. */
const usersOf = ({ user, homes }: Account): readonly string[] => [
  ...new Set([...(user === undefined ? [] : [user]), ...homes.flatMap(lastOf)]),
];

const lastOf = (path: string): readonly string[] =>
  path
    .split(/[\\/]+/)
    .filter(Boolean)
    .slice(-1);

/** With its domain, and without. */
const machinesOf = ({ machine }: Account): readonly string[] => [
  ...new Set([machine, machine.split('.', 1)[0] ?? '']),
];

interface Naming {
  readonly reach: Reach;
  readonly word: string;
  readonly in: (name: string) => RegExp;
}

function namesOf(name: string, { reach, word, in: places }: Naming): readonly Shape[] {
  const found = reachOf(name, reach);
  if (found === 'common') return [];
  return [[found === 'places' ? places(name) : wordShape(name), word]];
}

/** A name wherever it stands as a word. */
export const wordShape = (name: string): RegExp =>
  new RegExp(`(?<![\\p{L}\\p{N}])${literal(name)}(?![\\p{L}\\p{N}])`, 'giu');
