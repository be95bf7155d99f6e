import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { stripVTControlCharacters } from 'node:util';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { qrLines } from '../../../src/base/qr.ts';
import { LINE_ARM_MS } from '../../../src/ui/line/answers.ts';
import { builtAtom } from '../../cli/built.ts';
import { leaveKnownSkills } from '../../cli/known-skills.ts';
import { until } from '../../flows/stage/until.ts';
import { type CrablinePeer, startCrabline } from '../../peers/crabline.ts';
import { svgOf } from './svg.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const PICTURES = join(import.meta.dirname, '..', '..', '..', 'docs', 'pictures');
const canRecord = process.platform === 'linux' && existsSync('/usr/bin/tmux');

/** The composer while nothing is written and no card has the keys. */
const COMPOSER = /^› +Write a message, or \/help$/m;

/** The shell that waits for a command. */
const SHELL = /\n\$\s*$/;

/** From one number to another in steps of five. */
const range = (from: number, to: number): readonly number[] =>
  Array.from(
    { length: Math.abs(to - from) / 5 + 1 },
    (_, at) => from + Math.sign(to - from) * 5 * at,
  );

let home: string;
let peer: CrablinePeer;
let terminal: Terminal;

/** One terminal for all: each goes on where the one before it left off, as a person would. */
describe.skipIf(!canRecord)('at a real terminal', () => {
  beforeAll(async () => {
    const atom = await builtAtom();
    peer = await startCrabline();
    // Of the same length everywhere, so that rows break where they do in the pictures.
    home = mkdtempSync('/tmp/d-');
    const bin = join(home, '.bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'atom'), `#!/bin/sh\nexec "${process.execPath}" "${atom}" "$@"\n`, {
      mode: 0o755,
    });
    leaveKnownSkills(join(home, '.local', 'state', 'atom', 'default'));
    terminal = openTerminal({
      name: `atom-${process.pid}`,
      columns: 100,
      rows: 30,
      cwd: home,
      env: {
        HOME: home,
        PATH: `${bin}:${process.env.PATH}`,
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
        TELEGRAM_BOT_TOKEN: peer.token,
      },
    });
    await terminal.shows(/\$/);
  });
  afterAll(async () => {
    terminal?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const enter = (text: string): void => {
    terminal.type(text);
    terminal.press('Enter');
  };
  const configFile = () => join(home, '.config', 'atom', 'default', 'config.json');
  /** What differs from run to run, as it always is in a picture. */
  const settled = (painted: string): string =>
    painted
      .replaceAll(home, '/home/dana')
      .replaceAll('@crabline_bot', '@dana_bot')
      .replaceAll(/\b\d\d:\d\d\b/g, '10:02')
      .replaceAll(/expires \d+:\d\d/g, 'expires 4:58')
      .replaceAll(/(APPROVAL |type )\w{4}\b/g, '$1k7p2');
  const pictures = new Map<string, string>();
  /** Keeps what stands on the screen from this row on. */
  const picture = (name: string, from: RegExp): void => {
    const rows = settled(terminal.painted()).split('\n');
    const first = rows.findLastIndex((row) => from.test(stripVTControlCharacters(row)));
    pictures.set(name, svgOf(rows.slice(first).join('\n'), `atom in a terminal: ${name}`));
  };

  it('a profile is set up with three Enters', async () => {
    enter('atom init');
    for (const question of ['1/3', '2/3', '3/3']) {
      await terminal.shows(new RegExp(`${question}[^]*\\[1\\]\\s*$`));
      terminal.press('Enter');
    }
    await terminal.shows(/Start now\? \[Y\/n\]/);
    expect(terminal.screen()).toContain(`✓ ${configFile()}`);
    enter('n');
    await terminal.shows(SHELL);
    const config = JSON.parse(readFileSync(configFile(), 'utf8'));
    const telegram = { enabled: true, allow: [], apiRoot: peer.apiRoot };
    writeFileSync(configFile(), JSON.stringify({ ...config, channels: { telegram } }));
  });

  it('a look is answered at once, and a change once its card was reviewed', async () => {
    enter('clear; atom start');
    await terminal.shows(/telegram @crabline_bot/);
    enter('/run echo hello');
    await terminal.shows(/^atom hello$/m);
    enter('make folder photos');
    await terminal.shows(/press Tab to review/);
    // Keys that are no answer yet: they go into the message.
    terminal.type('y');
    await terminal.shows(/^› y/m);
    expect(existsSync(join(home, 'atom-work', 'photos'))).toBe(false);
    terminal.press('C-u');
    await terminal.shows(COMPOSER);
    terminal.press('Tab');
    await terminal.shows(/y once/);
    picture('approval', /▌ APPROVAL/);
    terminal.press('y');
    await terminal.shows(/atom Done/);
    expect(existsSync(join(home, 'atom-work', 'photos'))).toBe(true);
  });

  it('a high risk shows what hides in it, and wants its code typed', async () => {
    enter('/run git push https://g\u0456thub.com/dana/site main');
    await terminal.shows(/press Tab to review/);
    terminal.press('Tab');
    await terminal.shows(/\w{4} \+ Enter|type \w{4}/);
    picture('high-risk', /▌ APPROVAL/);
    terminal.press('y', 'Enter');
    await terminal.shows(/▌ APPROVAL/);
    terminal.press('Escape');
    await terminal.shows(COMPOSER);
  });

  it('a stranger who wrote is let in by a look and a key', async () => {
    await peer.inject('hello', { id: 43 });
    await terminal.shows(/telegram 43 waits: press Tab/);
    const told = async () => (await peer.sentMessages()).find(({ chat }) => chat === '43')?.text;
    expect(await until('a code', told)).toMatch(/^[B-Z]{4}-[B-Z]{4}$/m);
    terminal.press('Tab');
    await terminal.shows(/y pair {3}n refuse/);
    picture('pairing', /▌ PAIR/);
    terminal.press('y');
    // The last of it: what follows resizes a screen that nothing is written to meanwhile.
    await terminal.shows(/may talk to me from now on.*dispatched to telegram 43/s);
  });

  it('a phone is paired by a picture of the link and a code', async () => {
    enter('/pair telegram');
    await terminal.shows(/No camera\? Send @crabline_bot: {3}\/link [B-Z]{4}-[B-Z]{4}/);
    const rows = terminal.painted().split('\n');
    const words = rows.findLastIndex((row) => row.includes('Scan it with'));
    const link = /https:\/\/t\.me\/\S+/.exec(terminal.screen())?.[0] ?? '';
    const drawn = (await qrLines(link, false)).length;
    const seen = rows.slice(words - drawn, words).map((row) => stripVTControlCharacters(row));
    expect(seen.map((row) => row.trimEnd())).toEqual(
      (await qrLines(link, false)).map((row) => row.trimEnd()),
    );
    // The same picture of a link that never was one: a picture of a true one would be another each time.
    const never = `https://t.me/dana_bot?start=${'example'.padEnd(22, '0')}`;
    const code = (await qrLines(never, false)).map(
      (row) => `\u001b[97m\u001b[40m${row}\u001b[39;49m`,
    );
    const below = rows
      .slice(words, words + 4)
      .map((row) => row.replace(link, never).replace(/[B-Z]{4}-[B-Z]{4}/, 'BCDF-GHJK'));
    const screen = settled([...code, ...below].join('\n'));
    pictures.set('phone', svgOf(screen, 'atom in a terminal: a phone is paired'));
  });

  it('no row is left behind or doubled by any size of the window', async () => {
    const composerRows = (): number => {
      const rows = terminal.screen().trimEnd().split('\n');
      return rows.length - 1 - rows.findLastIndex((row) => row.startsWith('› a message'));
    };
    terminal.type('a message that takes more than one row where there is little room for it');
    for (const [columns, rows, taken] of [
      ...([
        [200, 50, 1],
        [60, 24, 2],
        [30, 12, 3],
      ] as const),
      ...([
        [120, 8, 1],
        [80, 24, 1],
        [100, 30, 1],
      ] as const),
    ]) {
      terminal.resize(columns, rows);
      await until(`${taken} rows at ${columns} columns`, () => composerRows() === taken);
      expect(terminal.screen().match(/^› /gm)).toHaveLength(1);
      expect(terminal.screen().match(/^default · /gm)).toHaveLength(1);
    }
    terminal.press('C-u');
  });

  it('nor by a window that is drawn smaller and larger while a turn runs', async () => {
    await terminal.shows(COMPOSER);
    enter('/run sleep 4');
    await terminal.shows(/^[^\w\s] shell_exec/m);
    for (const columns of [...range(100, 40), ...range(40, 100)]) {
      terminal.resize(columns, 30);
      await pause(20);
    }
    await terminal.shows(/^default · running · jail ready · telegram @crabline_bot$/m);
    // Whatever the turn does meanwhile is drawn once.
    expect(terminal.screen().match(/^› /gm)).toHaveLength(1);
    expect(terminal.screen().match(/^default · /gm)).toHaveLength(1);
    expect(terminal.screen().match(/^[^\w\s] shell_exec/gm) ?? []).toHaveLength(1);
    await terminal.shows(/^atom (Done|It|sleep)/m);
  });

  it('a search marks what it finds and leaves what stands above as it was', async () => {
    enter('/search photos');
    await terminal.shows(/^find · \d+ of \d+ · n or ↑ older/m);
    expect(terminal.painted()).toMatch(/▸.*\u001b\[7mphotos/);
    terminal.press('Escape');
    await terminal.shows(COMPOSER);
    expect(terminal.screen()).not.toContain('find · ');
  });

  it('Ctrl-Z gives the terminal back to the shell, where lines for a screen reader do as well', async () => {
    await terminal.shows(COMPOSER);
    terminal.press('C-z');
    await terminal.shows(/Stopped +atom start\n\$\s*$/);
    enter('clear; INK_SCREEN_READER=true atom attach');
    await terminal.shows(/^atom Done/m);
    enter('make folder music');
    await terminal.shows(/^Approval \w{4}, medium risk.*or details\.$/ms);
    const [, code = ''] = /^Approval (\w{4})/m.exec(terminal.screen()) ?? [];
    // Nothing is drawn: each line was written once and stays.
    expect(terminal.screen()).not.toMatch(/[▌›│]/);
    // A line that comes sooner than somebody can have read it does not count, and says so.
    await until('the folder', async () => {
      enter(code);
      await pause(LINE_ARM_MS);
      return existsSync(join(home, 'atom-work', 'music'));
    });
    await terminal.shows(/^Approved .*^atom Done/ms);
    terminal.press('C-c');
    await terminal.shows(SHELL);
  });

  it('fg goes on where it was, and a channel that breaks is seen in the status row', async () => {
    enter('clear; fg');
    await terminal.shows(COMPOSER);
    await peer.close();
    await terminal.shows(/^default · running · jail ready · telegram retrying/m);
    expect(terminal.screen()).toMatch(/telegram .*(reached|answer)/);
    terminal.press('C-c');
    await terminal.shows(/gateway +stopped\s+\$\s*$/);
  });

  // Where it differs on purpose: npx vitest run -u, and look at what became of it.
  it.each(['approval', 'high-risk', 'pairing', 'phone'])(
    'the picture “%s” of the README is what was seen',
    async (name) => {
      const seen = pictures.get(name) ?? expect.fail('the test that takes it failed');
      await expect(seen).toMatchFileSnapshot(join(PICTURES, `${name}.svg`));
    },
  );
});
