import { readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { outputOf } from '../../src/config/paths.ts';
import type { RunReport, RunSummary } from '../../src/domain/run-report.ts';
import { outputFile } from '../../src/jail/output-folder.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  const numbers = Array.from({ length: 20_000 }, (_, i) => `number ${i}`);
  writeFileSync(join(profile.jail, 'many.txt'), `${numbers.join('\n')}\n`);
  writeFileSync(join(profile.jail, 'colour.txt'), '\u001b[31mred\u001b[0m\u202e\n');
  writeFileSync(join(profile.jail, 'grows.txt'), 'begun\n');
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

async function runsOf(): Promise<readonly RunSummary[]> {
  const { out } = await atom(profile, ['runs', 'list', '--json']);
  return (JSON.parse(out) as { readonly runs: readonly RunSummary[] }).runs;
}

async function reportOf(code: string): Promise<RunReport> {
  const { out } = await atom(profile, ['runs', 'show', code, '--json']);
  return (JSON.parse(out) as { readonly run: RunReport }).run;
}

const codeIn = (answer: string): string => /atom runs output (\w{6})/.exec(answer)?.[1] ?? '';

describe('atom runs', () => {
  it('prints all of what an answer shows the ends of, to the last byte', async () => {
    const answer = await seat.ask('/run cat many.txt');
    expect(answer).toContain('characters left out');
    expect(answer).toContain('number 19999');
    const whole = readFileSync(join(profile.jail, 'many.txt'), 'utf8');
    expect(await atom(profile, ['runs', 'output', codeIn(answer)])).toMatchObject({
      code: 0,
      out: whole,
    });
  });

  it('prints what is safe to look at, and byte for byte only into a pipe', async () => {
    const answer = await seat.ask('/run cat colour.txt');
    expect(answer).toContain('red⟦U+202E⟧');
    const [latest] = await runsOf();
    const code = latest?.code ?? '';
    expect((await atom(profile, ['runs', 'output', code])).out).toBe('red⟦U+202E⟧\n');
    const raw = await atom(profile, ['runs', 'output', code, '--raw']);
    expect(raw.out).toBe('\u001b[31mred\u001b[0m\u202e\n');
  });

  it('follows what runs, and shows who stopped it', async () => {
    const event = await seat.say('/run tail -f grows.txt');
    const running = await until('it runs', async () =>
      (await runsOf()).find(({ words, state }) => words.includes('tail') && state === 'begun'),
    );
    const following = atom(profile, ['runs', 'output', running.code, '--follow']);
    await until('it printed something', async () => (await reportOf(running.code)).kept === 6);
    writeFileSync(join(profile.jail, 'grows.txt'), 'more\n', { flag: 'a' });
    await until('it printed more', async () => (await reportOf(running.code)).kept === 11);
    await seat.ask('/stop');
    expect(await seat.answerTo(event)).toMatch(
      /^Stopped\.\nbegun\nmore\nIt was stopped by you, at the terminal/,
    );
    expect(await following).toMatchObject({ code: 0, out: 'begun\nmore\n' });
    expect(await reportOf(running.code)).toMatchObject({
      state: 'failed',
      ending: 'stopped',
      jail: 'work',
      who: 'agent atom',
      kept: 11,
      bytes: { stdout: 11, stderr: 0 },
    });
  });

  it('says what it knows where there is nothing to print, and no such run', async () => {
    await seat.ask('/run test -f many.txt');
    const silent = (await runsOf()).find(({ words }) => words[0] === 'test')?.code ?? '';
    const none = await atom(profile, ['runs', 'output', silent]);
    expect(none.code).toBe(1);
    expect(none.err).toContain(`Nothing is kept of what ${silent} printed`);
    const unknown = await atom(profile, ['runs', 'show', 'zzzzzz']);
    expect(unknown.err).toContain('There is no run zzzzzz');
    expect(unknown.err).toContain('atom runs list');
  });

  it('of jobs are ordered at the command line, which says how to take each order back', async () => {
    const jobs = (...words: readonly string[]) => atom(profile, ['jobs', ...words]);
    const added = await jobs('add', 'every weekday 8:30', 'git', 'status', '--to', 'terminal');
    expect(added.err).toMatch(
      /Added j1: atom is asked every weekday 8:30, first at .*\n.*terminal/,
    );
    expect(added.err).toContain('atom jobs remove j1');
    expect((await jobs('pause', 'j1')).err).toContain('atom jobs resume j1');
    expect((await jobs()).out).toMatch(
      /j1 +every weekday 8:30 +paused +terminal +atom: git status/,
    );
    expect(await jobs('run', 'j1')).toMatchObject({
      code: 2,
      err: expect.stringContaining('atom jobs resume j1'),
    });
    expect((await jobs('remove', 'j1')).err).toContain(
      "atom jobs add 'every weekday 8:30' 'git status' --agent atom --to terminal",
    );
  });

  it('knows the same where no gateway runs', async () => {
    const before = await runsOf();
    const [first] = before;
    seat.leave();
    await gateway.kill();
    expect(await runsOf()).toEqual(before);
    const all = await atom(profile, ['runs', 'list', '--all']);
    expect(all.out).toContain('tail -f grows.txt');
    const tail = before.find(({ words }) => words.includes('tail'));
    expect((await atom(profile, ['runs', 'output', tail?.code ?? ''])).out).toBe('begun\nmore\n');
    expect((await atom(profile, ['runs', 'show', first?.code ?? ''])).out).toContain(first?.id);
    expect(statSync(outputFile(outputOf(profile.paths), tail?.id ?? '')).mode & 0o777).toBe(0o600);
    expect(statSync(outputOf(profile.paths)).mode & 0o777).toBe(0o700);
  });
});
