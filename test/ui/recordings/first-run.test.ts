import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { LINE_ARM_MS } from '../../../src/ui/line/answers.ts';
import { builtAtom } from '../../cli/built.ts';
import { leaveKnownSkills } from '../../cli/known-skills.ts';
import { until } from '../../flows/stage/until.ts';
import { openTerminal, type Terminal } from './terminal.ts';

const canRecord = process.platform === 'linux' && existsSync('/usr/bin/tmux');
const OFFER = /^Try it, type: {3}make folder hello$/m;
const SHELL = /\n\$\s*$/;

let home: string;
let terminal: Terminal;

/** A terminal of the usual size, a home with nothing in it, and Enter wherever it does. */
describe.skipIf(!canRecord)('the first minute', () => {
  beforeAll(async () => {
    const atom = await builtAtom();
    home = mkdtempSync(join(tmpdir(), 'f-'));
    const bin = join(home, '.bin');
    mkdirSync(bin);
    writeFileSync(join(bin, 'atom'), `#!/bin/sh\nexec "${process.execPath}" "${atom}" "$@"\n`, {
      mode: 0o755,
    });
    for (const profile of ['default', 'two'])
      leaveKnownSkills(join(home, '.local', 'state', 'atom', profile));
    terminal = openTerminal({
      name: `atom-first-${process.pid}`,
      columns: 80,
      rows: 24,
      cwd: home,
      env: {
        HOME: home,
        PATH: `${bin}:${process.env.PATH}`,
        TERM: 'xterm-256color',
        LANG: 'C.UTF-8',
      },
    });
    await terminal.shows(/\$/);
  });
  afterAll(() => {
    terminal?.close();
    rmSync(home, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  });

  const enter = (text: string): void => {
    terminal.type(text);
    terminal.press('Enter');
  };
  const setUp = async (command: string): Promise<void> => {
    enter(command);
    for (const question of ['1/3', '2/3', '3/3']) {
      await terminal.shows(new RegExp(`${question}[^]*\\[1\\]\\s*$`));
      terminal.press('Enter');
    }
    await terminal.shows(/Start now\? \[Y\/n\]/);
    terminal.press('Enter');
  };

  it('leads from three Enters through one real approval, and back', async () => {
    const folder = join(home, 'atom-work', 'hello');
    await setUp('atom init');
    await terminal.shows(OFFER);
    await terminal.shows(/^› +Write a message/m);
    enter('make folder hello');
    await terminal.shows(/^Nothing happened yet\. Press Tab.*▌ APPROVAL.*press Tab to review/ms);
    expect(existsSync(folder)).toBe(false);
    terminal.press('Tab');
    await terminal.shows(/y once/);
    terminal.press('y');
    await terminal.shows(/^atom Done.*you said yes.*^To take it back, type: {3}undo$/ms);
    expect(existsSync(folder)).toBe(true);
    enter('undo');
    await terminal.shows(/^atom Took back run \w{6}/m);
    expect(existsSync(folder)).toBe(false);
  });

  it('is never offered again, not in a fresh conversation either', async () => {
    enter('/new');
    await terminal.shows(/^you {2}\/new.*^atom /ms);
    terminal.press('C-c');
    await terminal.shows(SHELL);
    enter('clear; atom start');
    await terminal.shows(/^default · running · jail ready$/m);
    await terminal.shows(/skills +\d+ ready/);
    expect(terminal.screen()).not.toMatch(OFFER);
    terminal.press('C-c');
    await terminal.shows(SHELL);
  });

  it('leads whoever reads lines in the same way', async () => {
    const folder = join(home, 'atom-two', 'hello');
    await setUp('clear; INK_SCREEN_READER=true atom -p two init');
    await terminal.shows(OFFER);
    enter('make folder hello');
    await terminal.shows(/^Approval \w{4}, medium risk/m);
    const [, code = ''] = /^Approval (\w{4})/m.exec(terminal.screen()) ?? [];
    // A line that comes sooner than somebody can have read it does not count, and says so.
    await until('the folder', async () => {
      enter(code);
      await pause(LINE_ARM_MS);
      return existsSync(folder);
    });
    await terminal.shows(/you said yes.*^To take it back, type: {3}undo$/ms);
    terminal.press('C-c');
    await terminal.shows(SHELL);
  });
});
