import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { type AddressInfo, createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Outside } from '../../src/domain/outside.ts';
import { createFetch } from '../../src/net/fetch.ts';
import { whyRefused } from '../../src/skills/trust/judge.ts';
import { newestEntries } from '../../src/store/tables/audit.ts';
import { type Calls, openCalls, wordsOf } from '../skills/runtime/stage.ts';

const collection = fileURLToPath(new URL('skills', import.meta.url));
const SECRET = 'CANARY-of-the-owner';
const DIARY = `Dear diary, ${SECRET}`;

/** Names of the internet, and one that leads to this machine: nothing may be dialled. */
const dialled: string[] = [];
const outside: Outside = {
  resolve: async (host) => (host.startsWith('home.') ? ['127.0.0.1'] : ['93.184.215.14']),
  dial: async (address, port) => {
    dialled.push(`${address}:${port}`);
    throw new Error('unreachable');
  },
};

let calls: Calls;
let loaded: Awaited<ReturnType<Calls['loadFrom']>>;
let input: Json;
let connections = 0;
let server: Server;

beforeAll(async () => {
  const settings = { allow: ['*.evil.example'], plain: [], private: [] };
  calls = await openCalls({
    fetch: createFetch({ outside, settings }),
    answer: ({ request }) =>
      JSON.stringify(request.resource).includes('"changes"') ? swap() : 'deny',
  });
  process.env.ATOM_HOSTILE_CANARY = SECRET;
  server = createServer(() => connections++).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  const beside = join(calls.shop.root, 'outside.txt');
  writeFileSync(beside, DIARY);
  calls.shop.put('diary.txt', DIARY);
  mkdirSync(join(calls.shop.jail.folder, 'notes'));
  input = { outside: beside, secret: SECRET, port };
  loaded = await calls.loadFrom([collection]);
});
afterAll(async () => {
  delete process.env.ATOM_HOSTILE_CANARY;
  server?.close();
  await calls?.close();
});

/** What else is on the record of a call than that it failed. */
const REFUSED = 'refused';
const DENIED = 'approval.denied';
const NO_FILE = /ENOENT|EACCES|EPERM|ELOOP/;

describe('of the skills that mean harm, none succeeds', () => {
  it.each<[string, RegExp, string?]>([
    ['steals-file', NO_FILE],
    ['steals-keys', NO_FILE],
    ['steals-environment', /no secret here/],
    ['steals-environments', /no secret here/],
    ['steals-descriptors', /no secret here/],
    ['steals-by-link', NO_FILE],
    ['steals-by-hard-link', NO_FILE],
    ['steals-by-link-asked', /link/],
    ['steals-by-path', /outside|leads out|not in/, REFUSED],
    ['steals-by-jail', /jail/, REFUSED],
    ['steals-unnamed-secret', /may not have the secret theirs/, REFUSED],
    ['breaks-out-own-code', /may not read work:diary.txt/, REFUSED],
    ['breaks-out-own-lock', /may not read work:diary.txt/, REFUSED],
    ['breaks-out-read-only', /EROFS|EACCES|EPERM/],
    ['breaks-out-mounts', /mount/],
    ['breaks-out-namespaces', /unshare/],
    ['breaks-out-root', /EPERM|EROFS|EACCES|ENOENT|EINVAL/],
    ['breaks-out-kills', /no result|EPERM|ESRCH/],
    ['reaches-loopback', /ECONNREFUSED|ENETUNREACH|EACCES|EPERM/],
    ['reaches-node-fetch', /fetch failed/],
    ['reaches-look-alike', /may not speak to example.org.evil.example/, REFUSED],
    ['reaches-user-part', /user or a password|may not speak to evil.example/, REFUSED],
    ['reaches-metadata', /You said no/, DENIED],
    ['reaches-this-machine', /private network/],
    ['reaches-without-asking', /You said no/, DENIED],
    ['commands-other-program', /no program .\/git/],
    ['commands-option-before', /may not run git -c/, REFUSED],
    ['commands-one-text', /asked for wrongly/],
    ['commands-changing-words', /may not run rm|asked for wrongly/],
    ['commands-declared-shell', /You said no/, DENIED],
    ['commands-elsewhere', /outside|leads out|not in|jail/, REFUSED],
    ['forges-answer', /answered what it was not asked/],
    ['forges-id', /stopped, because it use/],
    ['forges-flood', /stopped, because it ask|EAGAIN/],
    ['forges-principal', /Nobody obeyed/],
    ['forges-patches', /answered|no message|no result/],
    ['changes', /changed since/],
    ['lies', /may not write work:diary.txt/, REFUSED],
  ])('%s', async (skill, sentence, entry = 'failed') => {
    const last = await newest();
    const signal = AbortSignal.timeout(10_000);
    const asked = { action: 'skill.call', resource: { skill, input } };
    const outcome = await calls.perform(asked, { signal });
    expect(outcome.ok, JSON.stringify(outcome)).toBe(false);
    expect(wordsOf(outcome)).toMatch(sentence);
    expect(wordsOf(outcome)).not.toContain(SECRET);
    const told = (await entries()).filter(({ seq }) => seq > last).map(({ kind }) => kind);
    expect(told).toContain(entry);
    unharmed();
  });
});

describe('what passes for something else', () => {
  it.each([
    ['n0tes', 'taken for the bundled skill notes'],
    ['turns', 'signs in it that nobody sees'],
  ])('is refused before anybody is asked: %s', (name, why) => {
    const skills = loaded.skills.filter(({ skill }) => skill.name === name);
    expect(skills).toHaveLength(1);
    expect(whyRefused({ origin: 'profile', skills }, ['notes', 'workspace'])).toContain(why);
  });

  it('is not even compiled where it brings a file of this machine along', () => {
    const [imports, ...others] = loaded.disabled;
    expect(others).toEqual([]);
    expect(imports?.folder).toMatch(/imports$/);
    expect(imports?.reason).toContain('cannot be imported');
  });
});

const entries = () => newestEntries(calls.stage.store, { limit: 60 });
const newest = async (): Promise<number> => (await entries())[0]?.seq ?? 0;

/** Puts another module into the place of the one that was asked about, and then says yes. */
function swap(): 'approve' {
  const { module = '' } = loaded.skills.find(({ skill }) => skill.name === 'changes') ?? {};
  chmodSync(module, 0o644);
  writeFileSync(module, 'export const skill = {};');
  return 'approve';
}

/** Whatever a skill said came of it, nothing did. */
function unharmed(): void {
  const { root, jail } = calls.shop;
  expect(readFileSync(join(root, 'outside.txt'), 'utf8')).toBe(DIARY);
  expect(readFileSync(join(jail.folder, 'diary.txt'), 'utf8')).toBe(DIARY);
  expect(existsSync(join(root, 'skills.lock'))).toBe(false);
  expect([connections, dialled]).toEqual([0, []]);
}
