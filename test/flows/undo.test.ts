import {
  existsSync,
  mkdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { pictureOf } from '../undo/scene.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { type Insist, insistAt } from './stage/insist.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
let insist: Insist;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
  insist = insistAt(seat);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

const inJail = (path: string): string => join(profile.jail, path);

describe('what was deleted through chat', () => {
  it('comes back by atom undo, byte for byte, as an action on the record', async () => {
    mkdirSync(inJail('src/deep'), { recursive: true });
    writeFileSync(inJail('src/deep/code.ts'), 'export const answer = 42;\n', { mode: 0o640 });
    writeFileSync(inJail('src/run.sh'), '#!/bin/sh\n', { mode: 0o755 });
    symlinkSync('deep/code.ts', inJail('src/link'));
    const before = pictureOf(profile.jail);
    const { answer, card } = await insist('run rm -rf src');
    expect(card).toMatchObject({ risk: 'medium', undo: 'can be undone for 30 days: atom undo' });
    expect(answer).not.toContain('error');
    expect(existsSync(inJail('src'))).toBe(false);
    const listed = await atom(profile, ['undo', '--list']);
    const code = /^(\w{6}) .* 5 .*rm -rf src/m.exec(listed.out)?.[1] ?? '';
    expect((await atom(profile, ['runs', 'list'])).out).toMatch(
      new RegExp(`^${code} .*rm -rf src`, 'm'),
    );
    const unasked = await atom(profile, ['undo']);
    expect(unasked.code).toBe(2);
    expect(unasked.err).toContain('--yes');
    expect(existsSync(inJail('src'))).toBe(false);
    const undone = await atom(profile, ['undo', code, '--yes']);
    const out = `Took back run ${code} (rm -rf src): 5 made again.\n`;
    expect(undone).toMatchObject({ code: 0, out });
    expect(undone.err).toContain('+ src/deep/code.ts');
    expect(pictureOf(profile.jail)).toBe(before);
    const record = profile.rows<{ body: string }>(
      `SELECT body FROM audit WHERE kind = 'begun' AND body LIKE '%take back run ${code}: rm -rf src%'`,
    );
    expect(record).toHaveLength(1);
    expect(JSON.parse(record[0]?.body ?? '{}')).toMatchObject({ principal: { kind: 'owner' } });
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });

  it('comes back by /undo in the same chat; what was changed since stays and is named', async () => {
    writeFileSync(inJail('a.txt'), 'a');
    writeFileSync(inJail('b.txt'), 'b');
    await insist('run rm a.txt b.txt');
    writeFileSync(inJail('b.txt'), 'by hand');
    expect(await seat.ask('/undo list')).toMatch(/^\w{6} {2}rm a\.txt b\.txt$/m);
    const said = await seat.ask('/undo');
    expect(said).toMatch(/^Took back run \w{6} \(rm a\.txt b\.txt\): 1 made again\./);
    expect(said).toContain('= b.txt: changed again since, stays as it is');
    expect(readFileSync(inJail('a.txt'), 'utf8')).toBe('a');
    expect(readFileSync(inJail('b.txt'), 'utf8')).toBe('by hand');
    expect(await seat.ask('/undo')).toContain('nothing that can be taken back');
    expect(await seat.ask('/undo list')).toContain('(taken back)');
  });

  it('of a taking back comes again by its code', async () => {
    const { runs } = await seat.gateway.request('undo.list', {});
    const [latest] = runs;
    expect(latest?.action).toBe('undo.restore');
    const again = await atom(profile, ['undo', latest?.code ?? '', '--json', '--yes']);
    expect(JSON.parse(again.out)).toMatchObject({
      restored: { changes: [{ path: 'a.txt', what: 'remove' }], failed: [] },
    });
    expect(existsSync(inJail('a.txt'))).toBe(false);
  });
});

describe('what nothing is kept of', () => {
  it('is a look, and the copies are for nobody else', async () => {
    const count = () => profile.rows('SELECT number FROM undo_run').length;
    const before = count();
    await seat.ask('run ls -la');
    expect(count()).toBe(before);
    expect(statSync(join(profile.paths.data, 'undo')).mode & 0o777).toBe(0o700);
  });

  it('is a folder too large to copy: then a delete is asked about as the worst', async () => {
    writeFileSync(inJail('huge'), '');
    truncateSync(inJail('huge'), 1024 ** 3 + 1);
    writeFileSync(inJail('c.txt'), 'c');
    await gateway.kill();
    seat.leave();
    gateway = await startGateway(profile);
    seat = await takeSeat(profile);
    const { card } = await insistAt(seat)('run rm c.txt');
    expect(card).toMatchObject({ risk: 'high' });
    expect(card?.undo).toContain('cannot be undone: the folder holds more than');
    rmSync(inJail('huge'));
  });
});

describe('atom undo', () => {
  it('says what to do where nothing can be taken back, and where no such run is', async () => {
    const { code, err } = await atom(profile, ['undo', '4711']);
    expect(code).toBe(1);
    expect(err).toContain('There is no run 4711');
    expect(err).toContain('atom undo --list');
  });
});
