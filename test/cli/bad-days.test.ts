import { once } from 'node:events';
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { APICallError } from 'ai';
import Database from 'better-sqlite3';
import { expect, onTestFinished, test } from 'vitest';
import { AtomError, exitCodes } from '../../src/base/errors.ts';
import { createLog } from '../../src/base/log.ts';
import { nameOf } from '../../src/cli/channels/telegram.ts';
import { clockFindings } from '../../src/cli/doctor/clock.ts';
import { withGateway } from '../../src/cli/gateway.ts';
import { readEnv } from '../../src/config/env.ts';
import { readConfig } from '../../src/config/file.ts';
import { pathsFor } from '../../src/config/paths.ts';
import { tryPort } from '../../src/gateway/network/try-port.ts';
import { findMechanism } from '../../src/jail/mechanism.ts';
import { requireJail } from '../../src/jail/shell-exec.ts';
import { placeOf } from '../../src/llm/place.ts';
import { inWords } from '../../src/llm/provider-error.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { openStore } from '../../src/store/open.ts';
import { refusal, startScriptedTelegram } from '../peers/scripted-telegram.ts';
import { freshFolder, freshStore } from '../store/fresh.ts';

/** What is told of a day: an error as it reaches whoever reports it, or what a finding comes to. */
type Told = Pick<AtomError, 'code' | 'message' | 'next'>;

const thrown = async (work: () => unknown): Promise<Told> => {
  try {
    await work();
  } catch (error) {
    if (error instanceof AtomError) return error;
    throw error;
  }
  throw new Error('nothing went wrong');
};

const pathsIn = (folder: string) =>
  pathsFor({ ...readEnv(), folders: { atomConfig: join(folder, 'c'), atomState: folder } }, 'mine');

async function listening(where: object) {
  const server = createServer();
  server.listen(where);
  await once(server, 'listening');
  const close = () => new Promise((resolve) => server.close(resolve));
  onTestFinished(async () => void (await close()));
  return { server, close };
}

/** What a provider that gave no answer comes to. */
const silent = (model: string, code: string): Promise<Told> => {
  const place = placeOf(model, {});
  const cause = Object.assign(new Error('fetch failed'), { code });
  const error = new APICallError({
    message: 'Cannot connect',
    url: place.baseUrl,
    requestBodyValues: {},
    cause,
  });
  return inWords(error, { place, key: undefined, said: false });
};

/** Each day by its name in the guide. */
const DAYS: Readonly<Record<string, () => Promise<Told>>> = {
  'a port is taken': async () => {
    const { server } = await listening({ host: '127.0.0.1', port: 0 });
    const { port } = server.address() as { port: number };
    const place = { setting: 'gateway', host: '127.0.0.1', port } as const;
    return (await tryPort(place)) ?? Promise.reject(new Error('the port was free'));
  },
  'a crash left its socket': async () => {
    const paths = pathsIn(freshFolder());
    mkdirSync(paths.run, { recursive: true });
    const { close } = await listening({ path: `${paths.socket}.alive` });
    renameSync(`${paths.socket}.alive`, paths.socket);
    await close();
    return thrown(() => withGateway({ paths } as never, false, async () => undefined));
  },
  'the settings are broken': async () => {
    const paths = pathsIn(freshFolder());
    mkdirSync(paths.config, { recursive: true });
    writeFileSync(paths.configFile, '{ "version": 1, ', { mode: 0o600 });
    return thrown(() => readConfig(paths));
  },
  'another program holds the database': async () => {
    const { store, file } = await freshStore();
    const other = new Database(file);
    onTestFinished(() => void other.close());
    other.exec('BEGIN IMMEDIATE');
    await store.get('PRAGMA busy_timeout = 1');
    return thrown(() => store.run('DELETE FROM phrase'));
  },
  'the database is damaged': async () => {
    const file = join(freshFolder(), 'atom.db');
    writeFileSync(file, 'something else by the name of a database '.repeat(30));
    return thrown(() => openStore({ file }));
  },
  'the disk is full': async () => {
    const { store } = await freshStore();
    const { page_count: pages } = (await store.get('PRAGMA page_count')) ?? {};
    await store.get(`PRAGMA max_page_count = ${Number(pages)}`);
    const add = 'INSERT INTO phrase(text, canonical, at) VALUES($1, $2, 1)';
    return thrown(() => store.run(add, 'a', 'x'.repeat(100_000)));
  },
  'the keychain is locked': async () => {
    const dir = freshFolder();
    const names = { version: 1, names: ['telegram.token'] };
    writeFileSync(join(dir, 'keychain.json'), JSON.stringify(names), { mode: 0o600 });
    const log = createLog(() => undefined);
    const secrets = createSecrets({ dir, profile: 'mine', env: {}, log, keychain: false });
    return thrown(() => secrets.get('telegram.token'));
  },
  'there is no jail': async () => {
    const machine = { platform: 'linux', arch: 'x64', uid: 1000, bwrap: '/nowhere/bwrap' };
    const none = await findMechanism(machine);
    if (none.kind !== 'none') throw new Error('there was one');
    return thrown(() => requireJail({ ...none, state: 'unavailable' }));
  },
  'a token is wrong': async () => {
    const { apiRoot, token, next, close } = await startScriptedTelegram();
    onTestFinished(close);
    next('getMe', refusal(401, 'Unauthorized'));
    return thrown(() => nameOf({ token, apiRoot }));
  },
  'the model is down': () => silent('ollama/small', 'ECONNREFUSED'),
  'the clock is wrong': async () => {
    const now = Date.UTC(2026, 0, 1);
    const look = { now, installed: now, recorded: now + 86_400_000, platform: 'linux' } as const;
    const [found] = clockFindings(look);
    if (found?.state !== 'bad') throw new Error('the clock was right');
    return { code: 'failed', message: found.words, next: found.next };
  },
  'there is no network': () => silent('anthropic/some', 'EAI_AGAIN'),
};

const guide = readFileSync(join(import.meta.dirname, '..', '..', 'docs', 'everyday.md'), 'utf8');
const section = guide.split('## On a bad day')[1]?.split('\n## ')[0] ?? '';
const rows = section
  .split('\n')
  .flatMap((line) => [...line.matchAll(/^\| (.+?) \| (.+) \| `(.+)` \| (\d+) \|$/g)])
  .map(([, day = '', says = '', next = '', exit]) => ({ day, says, next, exit: Number(exit) }));

test('the guide tells of every bad day there is, and of no other', () => {
  expect(rows.map(({ day }) => day)).toEqual(Object.keys(DAYS));
});

test.each(rows)('$day: exit $exit, “$says”', async ({ day, says, next, exit }) => {
  const told = await DAYS[day]?.();
  const pattern = says.split('…').map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'));
  expect(told?.message).toMatch(new RegExp(`^${pattern.join('.*')}$`, 's'));
  expect(told?.next.join('\n')).toContain(next);
  expect(exitCodes[told?.code ?? 'usage']).toBe(exit);
});

test.each([
  ['CERT_NOT_YET_VALID', 'Check the clock'],
  ['CERT_HAS_EXPIRED', 'Check the clock'],
])('a provider whose certificate is refused with %s leads to the clock', async (code, next) => {
  expect((await silent('anthropic/some', code)).next[0]).toContain(next);
});
