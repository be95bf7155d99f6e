import { mkdirSync, readFileSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { createReadyWorld, type World } from './world.ts';

let world: World;
let site: string;
async function setUp(): Promise<void> {
  world = await createReadyWorld();
  site = join(realpathSync(world.home), 'site');
}

const jails = (...words: readonly string[]) => world.run(['jails', ...words]);
const configured = () => JSON.parse(readFileSync(world.config, 'utf8')).jails;

describe('atom jails', () => {
  beforeEach(setUp);
  afterEach(() => world.remove());

  it('adds a folder with everything it allows, in units that people write', async () => {
    const ref = join(world.home, 'ref');
    mkdirSync(ref);
    const { code, stderr } = await jails(
      ...['add', '~/site', '--mode', 'read-only', '--network', 'a.example.org,*.example.net:8443'],
      ...['--git', 'read-only', '--unprotected', 'node_modules', '--show', '~/ref'],
      ...['--limit', 'wall=2m', '--limit', 'memory=2GB,processes=64'],
    );
    expect([code, stderr]).toEqual([0, expect.stringContaining('Undo:   atom jails remove site')]);
    expect(configured()[1]).toEqual({
      name: 'site',
      folder: site,
      mode: 'read-only',
      git: 'read-only',
      network: ['a.example.org', '*.example.net:8443'],
      unprotected: ['node_modules'],
      shows: [realpathSync(ref)],
      limits: { wallSeconds: 120, memoryMb: 2048, processes: 64 },
    });
    const { stdout } = await jails('list');
    expect(stdout).toMatch(/^NAME +MODE +NETWORK +GIT +MAY CHANGE +SHOWS +LIMITS/);
    expect(stdout).toMatch(/work +read-write +none/);
  });

  it('changes what is given, keeps the rest, and says how to go back', async () => {
    await jails('set', 'work', '--git', 'open', '--limit', 'wall=9s');
    const { code, stderr } = await jails(
      ...['set', 'work', '--network', 'example.org', '--limit', 'cpu=7s'],
    );
    expect([code, stderr]).toEqual([
      0,
      expect.stringContaining('atom jails set work --network none --limit none --limit wall=9s'),
    ]);
    expect(configured()[0]).toMatchObject({
      git: 'open',
      network: ['example.org'],
      limits: { wallSeconds: 9, cpuSeconds: 7 },
    });
    const back = ['--network', 'none', '--limit', 'none', '--limit', 'wall=9s', '--git', 'guarded'];
    expect((await jails('set', 'work', ...back)).code).toBe(0);
    expect(configured()[0]).toMatchObject({ git: 'guarded', limits: { wallSeconds: 9 } });
    expect(configured()[0].network).toBeUndefined();
  });

  it('leaves no folder behind that it made for what was refused', async () => {
    expect((await jails('add', '~/site', '--network', '127.0.0.1')).code).toBe(2);
    expect((await jails('set', 'site', '--mode', 'read-only')).code).toBe(1);
    expect((await jails('add', '~/site')).stderr).toContain('Made and added');
  });

  it('shows in words what a jail allows, what it protects and hides right now, and its limits', async () => {
    mkdirSync(join(world.home, 'atom-work/node_modules'));
    writeFileSync(join(world.home, 'atom-work/.env'), 'KEY=1');
    await jails('set', 'work', '--limit', 'wall=9s');
    const { stdout } = await jails('show', 'work');
    expect(stdout).toMatch(/network +none/);
    expect(stdout).toMatch(/git +guarded: commits and branches may be made/);
    expect(stdout).toMatch(/protected +node_modules/);
    expect(stdout).toMatch(/hidden +\.env/);
    expect(stdout).toMatch(/LIMIT +STUDENT +INTERN +SUPERVISED +AUTONOMOUS/);
    expect(stdout).toMatch(/wall \* +9 s +9 s +9 s +9 s/);
    expect(stdout).toMatch(/memory +256 MB +512 MB +1 GB +2 GB/);
    expect(JSON.parse((await jails('show', 'work', '--json')).stdout)).toMatchObject({
      schema: 1,
      workspace: true,
      protected: ['node_modules'],
      hidden: ['.env'],
      limits: { student: { wallMs: 9000 }, autonomous: { processes: 512 } },
    });
    expect((await jails('show', 'nowhere')).code).toBe(1);
  });

  it('checks a jail without a gateway: a table of what was tried and what came of it', async () => {
    const { code, stdout } = await jails('check', 'work');
    expect([code, stdout]).toEqual([0, expect.stringContaining('work holds')]);
    expect(stdout).toMatch(/^ {2}TRIED +WHAT CAME OF IT\n✓ files in the folder can be read +held/);
    expect(JSON.parse((await jails('check', 'work', '--json')).stdout)).toMatchObject({
      jail: 'work',
      holds: true,
    });
  });
});

describe('atom jails set', () => {
  // Each looks that nothing changed.
  beforeAll(setUp);
  afterAll(() => world.remove());

  it.each([
    [['--network', '10.0.0.1'], 2, 'a name in place of an address'],
    [['--network', '*'], 2, 'write example.org'],
    [['--unprotected', 'node_module'], 2, 'did you mean "node_modules"?'],
    [['--limit', 'wall=2h'], 2, 'write it like wall=120s'],
    [['--limit', 'wall=11m'], 2, 'wall may be 1 s to 600 s'],
    [['--limit', 'size=2'], 2, 'write one of wall=120s'],
    [['--limit', 'memory=512'], 2, 'write it like memory=512MB'],
    [['--show', '~'], 7, 'your home folder'],
    [['--show', '~/atom-work'], 7, 'the jail work lie one inside the other'],
    [['--show', '~/gone'], 1, 'There is no folder'],
    [['--git', 'closed'], 2, 'read-only'],
    [[], 2, 'Nothing was said'],
  ])('refuses %j with what to write, and changes nothing', async (words, exit, why) => {
    const before = configured();
    const { code, stderr } = await jails('set', 'work', ...words);
    expect([code, stderr]).toEqual([exit, expect.stringContaining(why)]);
    expect(configured()).toEqual(before);
  });
});
