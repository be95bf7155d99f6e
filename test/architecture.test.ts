import { readdirSync, readFileSync, statSync } from 'node:fs';
import { builtinModules } from 'node:module';
import { dirname, join, relative, resolve } from 'node:path';
import { describe, expect, test } from 'vitest';
import { LIBRARIES } from '../src/channels/discord/facts.ts';
import { LIBRARY } from '../src/channels/whatsapp/facts.ts';

const ROOT = resolve(import.meta.dirname, '..');
const SRC = join(ROOT, 'src');

/** Floors from the ground up. A file imports its own folder and lower floors, never a neighbour. */
const FLOORS: readonly (readonly string[])[] = [
  ['base'],
  ['domain'],
  ['protocol', 'config', 'store', 'bus', 'secrets', 'metrics'],
  ['governance'],
  [
    'jail',
    'files',
    'undo',
    'net',
    'llm',
    'skills',
    'outbox',
    'feed',
    'channels',
    'trust',
    'jobs',
    'errands',
    'talks',
    'memory',
  ],
  ['ingress', 'sessions', 'agent'],
  ['assembly'],
  ['atom.ts'],
  ['gateway', 'bridge'],
  ['ui'],
  ['cli'],
  ['index.ts'],
];

/** Folders that see less than their floor would let them. */
const NARROW: Readonly<Record<string, readonly string[]>> = {
  bridge: ['protocol', 'domain', 'base'],
  ui: ['bridge', 'protocol', 'domain', 'base'],
  governance: ['store', 'bus', 'domain', 'base'],
  ingress: ['governance', 'store', 'bus', 'protocol', 'domain', 'base'],
  sessions: ['governance', 'store', 'bus', 'protocol', 'domain', 'base'],
  agent: ['governance', 'store', 'bus', 'protocol', 'domain', 'base'],
};

/** What only one place may do, with the files that are allowed beside it and why. */
const DOORS: readonly {
  readonly what: string;
  readonly pattern: RegExp;
  readonly where: readonly string[];
}[] = [
  {
    what: 'start a process',
    pattern: /from '(?:node:)?child_process'|import\('(?:node:child_process|execa)'\)|from 'execa'/,
    where: [
      'jail/',
      // The terminal UI starts the gateway beside it: the one process that is no agent's.
      'cli/start/spawn-gateway.ts',
      // npm, once the owner has agreed to what it installs or fetches.
      'cli/npm.ts',
      // The editor that the owner named, at the owner's terminal, on a copy of the settings.
      'cli/config/editor.ts',
      // systemctl and launchctl, where the owner makes a service of it.
      'cli/daemon/supervisor.ts',
    ],
  },
  { what: 'open the database', pattern: /from 'better-sqlite3'/, where: ['store/drivers/'] },
  {
    what: 'listen on or open a socket',
    pattern: /from 'node:net'|from 'node:http'|from 'ws'|import\('ws'\)/,
    where: [
      'gateway/',
      'bridge/',
      // Socket Mode of Slack: a connection that we open, and are called back on.
      'channels/slack/socket.ts',
      // The probe listens on loopback to see that a jail cannot reach it.
      'jail/probe/loopback.ts',
      // Reads the pipes that commands write to.
      'jail/pipes.ts',
      // Tells addresses from names, and which range one is in; opens nothing.
      'base/address-list.ts',
      // The proxy of a jail that may reach some hosts.
      'jail/net/',
      // Fetches pages, by connections that it is handed.
      'net/',
      // Says what a connection is; opens none.
      'domain/outside.ts',
      // What channels of the owner's own speak besides HTTP, within their jail.
      'channels/own/child/connect.ts',
      // signal-cli, which listens on one.
      'channels/signal/socket-wire.ts',
      // Telegram without `fetch`, which costs memory.
      'channels/telegram/ask.ts',
      // Setting up looks whether a model server answers on this machine.
      'cli/init/',
    ],
  },
  {
    what: 'draw with Ink',
    pattern: /from '(?:ink|react)'|import\('(?:ink|react)'\)/,
    where: ['ui/'],
  },
  { what: 'use commander', pattern: /'commander'/, where: ['cli/'] },
  {
    what: 'read the environment',
    pattern: /process\.env/,
    where: [
      'config/',
      // What other programs configure with theirs; the gateway and its children never load it.
      'bridge/from-env.ts',
      // Where the proxy of the jail is, which its process is told in this way alone.
      'channels/own/child/main.ts',
    ],
  },
  {
    what: 'read the clock or roll dice',
    pattern: /Date\.now|Math\.random|randomUUID/,
    where: ['base/'],
  },
  { what: 'use a channel SDK', pattern: /'grammy/, where: ['channels/telegram/'] },
  { what: 'use Discord’s library', pattern: /'@discordjs/, where: ['channels/discord/'] },
  // It is looked for at run time: a literal import would bundle it.
  { what: 'name Baileys', pattern: /@whiskeysockets/, where: ['channels/whatsapp/facts.ts'] },
  { what: 'make a grant', pattern: /\bissue\b.*from '.*grant\.ts'/, where: ['governance/runs.ts'] },
];

const FORBIDDEN_NAMES =
  /^(utils?|helpers?|common|misc|types|constants)$|(manager|service|handler|helper|util|impl|wrapper)$/;

interface Source {
  readonly path: string;
  readonly text: string;
  readonly imports: readonly string[];
}

const sources = readdirSync(SRC, { recursive: true, encoding: 'utf8' })
  .filter((path) => /\.tsx?$/.test(path))
  .map(read);

function read(path: string): Source {
  const text = readFileSync(join(SRC, path), 'utf8');
  const found = [...text.matchAll(/(?:from|import\()\s*'(\.[^']+)'/g)].map((match) =>
    relative(SRC, resolve(SRC, dirname(path), match[1] ?? '')),
  );
  return { path, text, imports: [...new Set(found)] };
}

const roomOf = (path: string): string => path.split('/', 1)[0] ?? path;
const floorOf = (room: string): number => FLOORS.findIndex((floor) => floor.includes(room));

describe('the house', () => {
  test('has rooms on known floors only', () => {
    expect(sources.filter(({ path }) => floorOf(roomOf(path)) < 0).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('is built so that a file imports its own folder and lower floors only', () => {
    const wrong = sources.flatMap(({ path, imports }) =>
      imports
        .filter((to) => !mayImport(roomOf(path), roomOf(to)))
        .map((to) => `${path} imports ${to}`),
    );
    expect(wrong).toEqual([]);
  });

  test('decides the same in every edition: what decides can reach no edition and no setting', () => {
    const byPath = new Map(sources.map((source) => [source.path, source]));
    const reached = new Set(
      sources.map(({ path }) => path).filter((path) => path.startsWith('governance/')),
    );
    for (const path of reached) for (const to of byPath.get(path)?.imports ?? []) reached.add(to);
    expect([...reached].filter((path) => path.startsWith('config/'))).toEqual([]);
    // Nor does it know who somebody is elsewhere, or that there are such people at all.
    const whom =
      /^(domain[/](user|user-widening|identity|owned-device)[.]ts$|trust[/]|assembly[/])/;
    expect([...reached].filter((path) => whom.test(path))).toEqual([]);
    expect(byPath.has('domain/identity.ts') && byPath.has('domain/owned-device.ts')).toBe(true);
    const asks = sources.filter(({ imports }) => imports.includes('config/edition.ts'));
    expect(asks.map(({ path }) => path).sort()).toEqual([
      // Whether use is told apart.
      'assembly/analytics/keep.ts',
      'assembly/analytics/read.ts',
      'atom.ts',
      'cli/edition/edition.ts',
      'config/schema.ts',
    ]);
  });

  test('has no import cycles', () => {
    expect(cycles()).toEqual([]);
  });

  for (const { what, pattern, where } of DOORS) {
    test(`lets only ${where[0]} ${what}`, () => {
      const wrong = sources.filter(
        ({ path, text }) => pattern.test(text) && !where.some((place) => path.startsWith(place)),
      );
      expect(wrong.map(({ path }) => path)).toEqual([]);
    });
  }

  test('has no index files inside', () => {
    expect(sources.filter(({ path }) => /\/index\.tsx?$/.test(path))).toEqual([]);
  });

  test('has files of at most 250 lines and 12 imports', () => {
    const large = sources.filter(
      ({ path, text }) =>
        text.split('\n').length > 251 || (importCount(text) > 12 && !composes(path)),
    );
    expect(large.map(({ path }) => path)).toEqual([]);
  });

  test('has files of at most 80 lines in the middle', () => {
    const lengths = sources.map(({ text }) => text.split('\n').length).sort((a, b) => a - b);
    expect(lengths[Math.floor(lengths.length / 2)]).toBeLessThanOrEqual(80);
  });

  test('writes a field as a field, and spreads no literal into another', () => {
    expect(sources.filter(({ text }) => /\.\.\.\(?\{/.test(text)).map(({ path }) => path)).toEqual(
      [],
    );
  });

  test('calls nothing utils, helpers, manager or service', () => {
    const named = sources.filter(({ path }) =>
      path.split('/').some((part) => FORBIDDEN_NAMES.test(part.replace(/\.tsx?$/, ''))),
    );
    expect(named.map(({ path }) => path)).toEqual([]);
  });

  test('is written in kebab-case', () => {
    expect(
      sources.filter(({ path }) => !/^[a-z0-9/-]+\.tsx?$/.test(path)).map(({ path }) => path),
    ).toEqual([]);
  });

  test('never speaks of a test in what it ships', () => {
    expect(
      sources.filter(({ text }) => /VITEST|NODE_ENV|isTest\b/.test(text)).map(({ path }) => path),
    ).toEqual([]);
  });

  test('declares every package it imports', () => {
    const { dependencies, optionalDependencies, devDependencies } = JSON.parse(
      readFileSync(join(ROOT, 'package.json'), 'utf8'),
    );
    const types = new Set([
      ...Object.keys({ ...dependencies, ...optionalDependencies, ...devDependencies }),
      ...builtinModules,
    ]);
    // Types are gone once it is built: those of libraries that are installed on agreement do no harm.
    const known = new Set(types);
    for (const { name } of [...Object.values(LIBRARIES), LIBRARY]) known.delete(name);
    const wrong = sources.flatMap(({ path, text }) =>
      [
        ...packagesIn(text.replace(TYPE_IMPORT, '')).filter((name) => !known.has(name)),
        ...packagesIn(text).filter((name) => !types.has(name)),
      ].map((name) => `${path} imports ${name}`),
    );
    expect(wrong).toEqual([]);
  });

  test('has nothing at the top but what the README names', () => {
    const allowed = [
      'bin',
      'docs',
      'src',
      'skills',
      'test',
      'package.json',
      'package-lock.json',
      'tsconfig.json',
      'README.md',
      'CHANGELOG.md',
      'LICENSE',
    ];
    const made = ['node_modules', 'dist'];
    const found = readdirSync(ROOT).filter((name) => !name.startsWith('.') && !made.includes(name));
    expect(found.filter((name) => !allowed.includes(name) && !name.endsWith('.tgz'))).toEqual([]);
    expect(statSync(join(ROOT, 'bin')).isDirectory()).toBe(true);
  });
});

function mayImport(from: string, to: string): boolean {
  if (from === to) return true;
  const narrow = NARROW[from];
  if (narrow) return narrow.includes(to);
  // The public SDK shows what skills and programs may use, wherever it lives.
  return floorOf(to) < floorOf(from);
}

/** What introduces everybody has to know everybody. */
const composes = (path: string): boolean =>
  path === 'atom.ts' || path.startsWith('assembly/') || path === 'store/migrations/all.ts';

const importCount = (text: string): number => [...text.matchAll(/^import /gm)].length;

const TYPE_IMPORT = /^import type [^;]*;$/gm;

const packagesIn = (text: string): readonly string[] =>
  [...text.matchAll(/(?:^import .*from|^\} from|\bimport\()\s*'([^'.][^']*)'/gm)]
    .map((match) => (match[1] ?? '').replace(/^node:/, ''))
    .map((name) =>
      name
        .split('/')
        .slice(0, name.startsWith('@') ? 2 : 1)
        .join('/'),
    );

function cycles(): readonly string[] {
  const graph = new Map(sources.map(({ path, imports }) => [path, imports]));
  const done = new Set<string>();
  const found: string[] = [];
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) found.push([...trail.slice(trail.indexOf(path)), path].join(' > '));
    if (done.has(path) || trail.includes(path)) return;
    for (const next of graph.get(path) ?? []) visit(next, [...trail, path]);
    done.add(path);
  };
  for (const path of graph.keys()) visit(path, []);
  return found;
}
