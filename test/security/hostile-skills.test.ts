import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { createServer, type Server } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Json } from '../../src/base/json.ts';
import type { Outside } from '../../src/domain/outside.ts';
import { createFetch } from '../../src/net/fetch.ts';
import { type Calls, openCalls, wordsOf } from '../skills/runtime/stage.ts';

const collection = fileURLToPath(new URL('skills', import.meta.url));
const SECRET = 'CANARY-of-the-owner';
const DIARY = `Dear diary, ${SECRET}`;

/** Everybody's name leads to this machine: nothing may be dialled. */
const dialled: string[] = [];
const outside: Outside = {
  resolve: async (host) => (host.startsWith('home.') ? ['127.0.0.1'] : ['93.184.215.14']),
  dial: async (address, port) => {
    dialled.push(`${address}:${port}`);
    throw new Error('unreachable');
  },
};

let calls: Calls;
let input: Json;
let connections = 0;
let server: Server;

beforeAll(async () => {
  const settings = { allow: ['*.evil.example'], plain: [], private: [] };
  calls = await openCalls({ answer: () => 'deny', fetch: createFetch({ outside, settings }) });
  process.env.ATOM_HOSTILE_CANARY = SECRET;
  server = createServer(() => connections++).listen(0, '127.0.0.1');
  await new Promise((listening) => server.once('listening', listening));
  const { port } = server.address() as AddressInfo;
  const beside = join(calls.shop.root, 'outside.txt');
  writeFileSync(beside, DIARY);
  calls.shop.put('diary.txt', DIARY);
  mkdirSync(join(calls.shop.jail.folder, 'notes'));
  input = { outside: beside, secret: SECRET, port };
  const { disabled } = await calls.loadFrom([collection]);
  expect(disabled.map(({ folder }) => folder.split('/').at(-1))).toEqual(['imports']);
  expect(disabled[0]?.reason).toContain('so it cannot be imported');
});
afterAll(async () => {
  delete process.env.ATOM_HOSTILE_CANARY;
  server.close();
  await calls.close();
});

/** How each ends: the beginning of an entry of the record, and a sentence. */
const REFUSED = 'refused';
const FAILED = 'failed';
const NO_FILE = /ENOENT|EACCES|EPERM|ELOOP/;

describe('of the skills that mean harm, none succeeds', () => {
  it.each<[string, RegExp, string?]>([
    ['steals-file', NO_FILE],
    ['steals-shadow', NO_FILE],
    ['steals-keys', NO_FILE],
    ['steals-environment', /no secret here/],
    ['steals-environments', /no secret here/],
    ['steals-command-lines', /no secret here/],
    ['steals-descriptors', /no secret here/],
    ['steals-by-link', NO_FILE],
    ['steals-by-hard-link', NO_FILE],
    ['steals-by-link-asked', /link/, REFUSED],
    ['steals-by-path', /outside|leads out|not in/, REFUSED],
    ['steals-by-whole-path', /outside|leads out|not in|no jail/, REFUSED],
    ['steals-by-jail', /jail/, REFUSED],
    ['steals-unnamed-file', /may not read work:diary.txt/, REFUSED],
    ['steals-unnamed-secret', /may not have the secret theirs/, REFUSED],
    ['breaks-out-writes', NO_FILE],
    ['breaks-out-own-code', /EROFS|EACCES|ENOENT|EPERM/],
    ['breaks-out-own-lock', /EROFS|EACCES|ENOENT|EPERM/],
    ['breaks-out-system', /EROFS|EACCES|EPERM/],
    ['breaks-out-read-only', /EROFS|EACCES|EPERM/],
    ['breaks-out-mounts', /mount/],
    ['breaks-out-namespaces', /unshare/],
    ['breaks-out-root', /EPERM|EROFS|EACCES|ENOENT|EINVAL/],
    ['breaks-out-kills', /no result|EPERM|ESRCH/],
    ['breaks-out-forks', /no result/],
    ['reaches-loopback', /ECONNREFUSED|ENETUNREACH|EACCES|EPERM/],
    ['reaches-names', /EAI_AGAIN|ENOTFOUND|ECONNREFUSED/],
    ['reaches-node-fetch', /fetch failed/],
    ['reaches-unnamed', /may not speak to evil.example/, REFUSED],
    ['reaches-look-alike', /may not speak to example.org.evil.example/, REFUSED],
    ['reaches-user-part', /user or a password|may not speak to evil.example/, REFUSED],
    ['reaches-metadata', /private network/],
    ['reaches-this-machine', /private network/],
    ['reaches-without-asking', /said no|denied|declined|refused/i, 'approval.denied'],
    ['commands-undeclared', /may not run rm -rf/, REFUSED],
    ['commands-other-word', /may not run git push/, REFUSED],
    ['commands-longer-word', /may not run git statusx/, REFUSED],
    ['commands-other-program', /may not run .\/git status/, REFUSED],
    ['commands-option-before', /may not run git -c/, REFUSED],
    ['commands-one-text', /asked for wrongly/],
    ['commands-changing-words', /may not run rm|asked for wrongly/],
    ['commands-declared-shell', /said no|denied|declined|refused/i, 'approval.denied'],
    ['commands-elsewhere', /outside|leads out|not in|jail/, REFUSED],
    ['commands-overwrites', /may not write work:diary.txt/, REFUSED],
    ['forges-answer', /answered what it was not asked/],
    ['forges-method', /no message|nothing called/],
    ['forges-id', /no message|twice|again|id/],
    ['forges-flood', /too many|too much|at once|no result/],
    ['forges-principal', /asked for wrongly|may not read/],
    ['forges-patches', /answered|no message|no result/],
    ['forges-polluted', /polluted/],
    ['lies', /may not write work:diary.txt/, REFUSED],
  ])('%s', async (skill, sentence, entry = FAILED) => {
    const before = (await calls.record()).length;
    const signal = AbortSignal.timeout(3000);
    const outcome = await calls.perform(
      { action: 'skill.call', resource: { skill, input } },
      { signal },
    );
    expect(outcome.ok, JSON.stringify(outcome)).toBe(false);
    expect(wordsOf(outcome)).toMatch(sentence);
    expect(wordsOf(outcome)).not.toContain(SECRET);
    const told = (await calls.record()).slice(before).map((line) => line.split(' ', 1)[0]);
    expect(told).toContain(entry);
    unharmed();
  });
});

/** Whatever a skill said came of it, nothing did. */
function unharmed(): void {
  const { root, jail } = calls.shop;
  expect(readFileSync(join(root, 'outside.txt'), 'utf8')).toBe(DIARY);
  expect(readFileSync(join(jail.folder, 'diary.txt'), 'utf8')).toBe(DIARY);
  expect(existsSync(join(root, 'skills.lock'))).toBe(false);
  expect([connections, dialled]).toEqual([0, []]);
}
