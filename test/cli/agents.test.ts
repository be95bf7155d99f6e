import stringWidth from 'string-width';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { drawReport } from '../../src/cli/agents/draw.ts';
import { bar, short, sparkline } from '../../src/cli/out/bars.ts';
import { plainly } from '../../src/cli/out/plain.ts';
import { createStyle } from '../../src/cli/out/style.ts';
import type { AgentReport } from '../../src/domain/agent-report.ts';
import { noTally, type Tally } from '../../src/domain/track-record.ts';
import { atom } from '../flows/stage/atom.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { builtAtom } from './built.ts';

const huge: Tally = {
  actions: [123_456, 9_999, 1_000_000, 5],
  granted: 99_999,
  denied: 10_000,
  expired: 3,
  failed: 99_999,
  undone: 99_999,
  harmful: 99_999,
  supervised: 4,
};

const report = (more: Partial<AgentReport['agent']> = {}): AgentReport => ({
  agent: {
    id: 'writer',
    name: 'writer',
    maturity: 'intern',
    model: 'offline',
    workspace: 'work',
    paused: false,
    createdAt: 1_700_000_000_000,
    wakes: [],
    training: 2,
    users: [],
    readiness: { to: 'supervised', ready: true, missing: [] },
    verdict: 'ready for supervised: 52 actions, 0 denied, 0 undone in 14 days',
    ...more,
  },
  record: {
    days: 14,
    since: 1,
    perDay: [0, 0, 1, 3, 9, 4, 0, 0, 0, 2, 5, 7, 11, 1],
    recent: huge,
    ever: huge,
    counted: huge,
    capabilities: [
      { capability: 'shell.exec git', recent: huge, ever: huge },
      { capability: 'git\u202egpj', recent: noTally, ever: huge },
      { capability: '漢字漢字漢字漢字漢字漢字', recent: noTally, ever: noTally },
    ],
  },
  changes: [
    {
      agent: 'writer',
      from: 'supervised',
      to: 'intern',
      by: 'atom',
      at: 1_700_000_000_000,
      why: 'It asked again for what you had denied: '.repeat(5),
    },
  ],
  deeds: [],
  secondFactor: false,
});

const draw = (plain: boolean, more: Partial<AgentReport['agent']> = {}): readonly string[] =>
  drawReport(report(more), { style: createStyle({ colors: 'none', plain }), plain });

describe('the picture of a record', () => {
  it('has at most 80 columns, whatever is in it', () => {
    const long = {
      name: 'a'.repeat(32),
      model: `x/${'y'.repeat(200)}`,
      paused: true,
      jails: Array.from({ length: 40 }, (_, n) => `jail-${n}`),
      verdict: 'not ready '.repeat(30),
    };
    for (const plain of [true, false])
      for (const line of [...draw(plain), ...draw(plain, long)])
        expect(stringWidth(line), line).toBeLessThanOrEqual(80);
  });

  it('shows a line for the days, a bar a capability and the verdict', () => {
    const lines = draw(false);
    expect(lines.find((line) => line.startsWith('14 days'))).toContain('··▁▃▇▃···▂▄▆█▁');
    expect(lines.find((line) => line.startsWith('shell.exec git'))).toContain('██████');
    expect(lines.join('\n')).toContain('ready for supervised: 52 actions, 0 denied');
    expect(lines.join('\n')).toContain('2 waiting');
  });

  it('says where an agent works for whom: for a user, in the jails that both have', () => {
    const jails = (more: Partial<AgentReport['agent']>) =>
      draw(false, more).filter((line) => /^(jails| {10}for)/.test(line));
    expect(jails({})).toEqual(['jails     all (works in work)']);
    const users = [
      { name: 'dana', jails: ['of-dana'], workspace: 'of-dana' },
      { name: 'eve', jails: [], workspace: 'work' },
    ];
    expect(jails({ users })).toEqual([
      'jails     for you: all (works in work)',
      '          for dana: of-dana (works in of-dana)',
      '          for eve: none, so it runs nothing',
    ]);
  });

  it('is ASCII where it has to be plain, and hides nothing', () => {
    const isForeign = (line: string): boolean => /^(漢|git)/.test(line);
    const lines = draw(true).map(plainly);
    for (const line of lines) if (!isForeign(line)) expect(line).toMatch(/^[ -~]*$/);
    expect(lines.filter(isForeign).join('\n')).toContain('⟦U+202E⟧');
  });

  it('draws small things so that they are seen, and counts so that they fit', () => {
    expect(sparkline([], false)).toBe('');
    expect(sparkline([0, 1, 1000], true)).toBe('_.@');
    expect(bar(1, 1000, { width: 6, plain: true })).toBe('-     ');
    expect(bar(0, 10, { width: 3, plain: false })).toBe('   ');
    expect([9_999, 10_000, 999_999, 5e6, 2e9].map(short)).toEqual([
      ...['9999', '10k', '999k', '5M', '1G+'],
    ]);
  });
});

describe('atom agents', () => {
  let profile: Profile;
  let gateway: GatewayProcess;
  const run = (...words: string[]) => atom(profile, ['agents', ...words]);
  beforeAll(async () => {
    await builtAtom();
    profile = createProfile();
    gateway = await startGateway(profile);
  });
  afterAll(async () => {
    await gateway?.kill();
    profile?.remove();
  });

  it('lists the one there is, and adds another as a student', async () => {
    expect((await run('list')).out).toMatch(/atom +intern/);
    const added = await run('add', 'writer', '--jails', 'work');
    expect(added).toMatchObject({
      code: 0,
      err: expect.stringContaining('Added writer (student)'),
    });
    const listed = JSON.parse((await run('list', '--json')).out);
    expect(listed.agents).toMatchObject([
      { name: 'atom', maturity: 'intern' },
      { name: 'writer', maturity: 'student', jails: ['work'], verdict: expect.any(String) },
    ]);
    expect((await atom(profile, ['status'])).out).toContain('writer · student');
  });

  it('refuses a name that cannot be one or is taken, and what the profile has not got', async () => {
    for (const words of [
      ['main'],
      ['Über'],
      ['writer'],
      ['other', '--jails', 'nowhere'],
      ['other', '--skills', 'nothing'],
      ['other', '--maturity', 'autonomous'],
    ])
      expect(await run('add', ...words), words.join(' ')).toMatchObject({ code: 2 });
    expect((await run('show', 'nobody')).err).toContain('atom agents list');
  });

  it('shows a record, plain and as JSON', async () => {
    const shown = await run('show', 'writer');
    expect(shown.out).toContain('not ready for intern: 0 of 50 actions in 14 days');
    expect((await run('show', 'writer', '--plain')).out).toMatch(/^[ -~\n]*$/);
    const json = JSON.parse((await run('show', 'writer', '--json')).out);
    expect(json).toMatchObject({ agent: { name: 'writer' }, record: { days: 14 }, deeds: [] });
  });

  it('promotes nobody without a second factor, and says how to get one', async () => {
    const { code, err } = await run('promote', 'writer');
    expect(code).toBe(4);
    expect(err).toContain('Promoting needs a second factor');
    expect(err).toContain('atom 2fa enroll');
    expect(JSON.parse((await run('list', '--json')).out).agents[1].maturity).toBe('student');
  });

  it('demotes at once, one step, and never below student', async () => {
    await run('add', 'helper', '--maturity', 'intern');
    expect((await run('demote', 'helper')).err).toContain('only student now (it was intern)');
    expect(await run('demote', 'helper')).toMatchObject({ code: 1 });
    expect((await atom(profile, ['audit', 'list', '--kind', 'agent.demoted'])).out).toContain(
      'helper from intern to student',
    );
  });

  it('pauses one, who then does nothing and says so, until it is resumed', async () => {
    await run('pause', 'writer');
    expect((await run('pause', 'writer')).err).toContain('already');
    const silent = await atom(profile, ['chat', '--agent', 'writer', 'list files']);
    expect(silent).toMatchObject({ code: 7, out: expect.stringContaining('writer is paused') });
    expect((await atom(profile, ['chat', 'list files'])).code).toBe(0);
    await run('resume', 'writer');
    expect((await atom(profile, ['chat', '--agent', 'writer', 'list files'])).code).toBe(0);
  });
});
