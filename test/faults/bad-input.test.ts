import { chmodSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { takeSeat } from '../flows/stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  gateway = await startGateway(profile, { people: true });
});
afterAll(async () => {
  await gateway?.kill();
  profile?.remove();
});

/** Escape, a terminal's 8-bit escape, and characters that reorder or hide text. */
const NASTY = '\u001b]0;owned\u0007\u001b[31m\u009b31m\u202e\u2066\u200b';
/** What may never reach a terminal. */
const RAW = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u200b\u202a-\u202e\u2066-\u2069]/;

describe('a message', () => {
  it('of a megabyte is refused with a sentence, and the next one is answered', async () => {
    const huge = await atom(profile, ['chat', '-'], 'word '.repeat(200_000));
    expect(huge.code).toBe(2);
    expect(huge.err).toContain('of at most 65,536 characters');
    expect(huge.err).toContain('Put it into a file');
    const beyond = await atom(profile, ['chat', '-'], 'word '.repeat(1_000_000));
    expect(beyond.code).toBe(2);
    expect(beyond.err).toMatch(/longer than 1 MB/);
    expect((await atom(profile, ['chat', 'list files'])).code).toBe(0);
  });

  it('with escape sequences and bidi characters never reaches a terminal raw', async () => {
    writeFileSync(join(profile.jail, 'nasty.txt'), `a${NASTY}b`);
    writeFileSync(join(profile.jail, `name${NASTY}`), '');
    const lines = [
      'show me nasty.txt',
      'run cat nasty.txt',
      'list files',
      `show me ${NASTY}.txt`,
      `run cat ${NASTY}`,
      `list files in x${NASTY}`,
      `${NASTY} what is this`,
      `/skill ${NASTY}`,
      `/${NASTY}`,
      `search for ${NASTY}`,
    ];
    for (const line of lines) {
      const { out, err } = await atom(profile, ['chat', '--timeout', '2s', line]);
      expect(out + err, JSON.stringify(line)).not.toMatch(RAW);
      expect(out + err, JSON.stringify(line)).not.toBe('');
    }
    const { out } = await atom(profile, ['chat', 'show me nasty.txt']);
    expect(out).toContain('⟦U+001B⟧[31m');
    for (const words of [
      ['status'],
      ['approvals', 'list', '--all'],
      ['audit', 'list', '--limit', '50'],
      ['approvals', 'show', NASTY],
      ['chat', ''],
    ]) {
      const said = await atom(profile, words);
      expect(said.out + said.err, words.join(' ')).not.toMatch(RAW);
    }
    expect(gateway.stderr()).not.toMatch(RAW);
  });

  it('with a key in it leaves the key in no log and in no record', async () => {
    const key = 'sk-abcdefghijklmnopqrstuvwxyz0123456789';
    const seat = await takeSeat(profile);
    // Nor in what is shown of it: a chat keeps what it was told.
    expect(await seat.ask(`run echo ${key}`)).toBe('[secret]');
    await seat.ask(`run cat ${key}`);
    const { lines } = await seat.gateway.request('log.recent', {});
    const log = readFileSync(join(profile.paths.logs, 'gateway.log'), 'utf8');
    const record = profile.rows('SELECT body FROM audit');
    for (const kept of [gateway.stderr(), JSON.stringify(lines), log, JSON.stringify(record)]) {
      expect(kept).toContain('[secret]');
      expect(kept).not.toContain(key);
    }
    seat.leave();
  });

  it('that is not valid text is kept whole or refused, and breaks nothing', async () => {
    const seat = await takeSeat(profile);
    for (const text of [
      '\ud800',
      'run cat \udfff',
      '\0',
      'show me a\0b',
      ' ',
      '\n',
      '💥'.repeat(1000),
    ])
      expect(await seat.ask(text), JSON.stringify(text)).not.toBe('');
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
    seat.leave();
  });
});

describe('a configuration', () => {
  const other = () => {
    const fresh = createProfile();
    const start = async () => {
      const said = await atom(fresh, ['start', '--headless']);
      fresh.remove();
      return said;
    };
    return { fresh, start };
  };

  it('with a wrong value stops the start with 78 and names the key and the command that mends it', async () => {
    const { fresh, start } = other();
    fresh.configure({ approvals: { expireSeconds: 1 } });
    const { code, err } = await start();
    expect(code).toBe(78);
    expect(err).toContain('"approvals.expireSeconds" is 1; expected at least 5');
    expect(err).toContain('atom config set approvals.expireSeconds');
  });

  it('with an unknown key names it and what was meant', async () => {
    const { fresh, start } = other();
    fresh.configure({ jail: [] } as object);
    const { code, err } = await start();
    expect(code).toBe(78);
    expect(err).toContain('did you mean "jails"');
  });

  it('that is not JSON stops the start with 78 and is left as it is', async () => {
    const { fresh, start } = other();
    writeFileSync(fresh.paths.configFile, '{"version": 1,');
    const { code, err } = await start();
    expect(code).toBe(78);
    expect(err).toContain('is not valid JSON');
  });

  it('that others may read stops the start with 78 and the command that closes it', async () => {
    const { fresh, start } = other();
    chmodSync(fresh.paths.configFile, 0o640);
    const { code, err } = await start();
    expect(code).toBe(78);
    expect(err).toContain(`chmod 600 ${fresh.paths.configFile}`);
  });
});
