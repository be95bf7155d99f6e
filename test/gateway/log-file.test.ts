import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import type { LogLine } from '../../src/base/log.ts';
import { openLogFile } from '../../src/gateway/log-file.ts';

const source = resolve(import.meta.dirname, '../../src/gateway/log-file.ts');

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atom-log-file-'));
  file = join(folder, 'gateway.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

const line = (text: string, fields: LogLine['fields'] = {}): LogLine => ({
  at: 5,
  level: 'warn',
  part: 'jail',
  text,
  fields,
});

const written = (): readonly string[] => readFileSync(file, 'utf8').split('\n');
const modeOf = (path: string): number => statSync(path).mode & 0o777;

it('is a JSON object a line, with the numbers of levels that readers of logs know', () => {
  const log = openLogFile(folder);
  log.write(line('held', { n: 1 }));
  log.close();
  const [first = '', ...rest] = written();
  expect(JSON.parse(first)).toEqual({ level: 40, time: 5, part: 'jail', msg: 'held', n: 1 });
  expect(rest).toEqual(['']);
});

it('says its own of a line, whatever a field is called', () => {
  const log = openLogFile(folder);
  log.write(line('held', { level: 'none', time: 0, part: 'else', msg: 'let go' }));
  log.close();
  expect(JSON.parse(written()[0] ?? '')).toEqual({
    level: 40,
    time: 5,
    part: 'jail',
    msg: 'held',
  });
});

it('goes on in the file that is there, and writes nothing once it is closed', () => {
  for (const text of ['one', 'two']) {
    const log = openLogFile(folder);
    log.write(line(text));
    log.close();
    log.write(line('late'));
  }
  expect(written().map((text) => text && JSON.parse(text).msg)).toEqual(['one', 'two', '']);
});

it('is for its owner alone, also where the file was there and open to others', () => {
  openLogFile(folder).close();
  expect(modeOf(file)).toBe(0o600);
  chmodSync(file, 0o644);
  openLogFile(folder).close();
  expect(modeOf(file)).toBe(0o600);
});

it('begins a new file where it has grown past 10 MB, and keeps the one before', () => {
  writeFileSync(file, '');
  truncateSync(file, 10 * 1024 * 1024);
  openLogFile(folder).close();
  expect(statSync(file).size).toBe(10 * 1024 * 1024);
  truncateSync(file, 10 * 1024 * 1024 + 1);
  openLogFile(folder).close();
  expect(statSync(file).size).toBe(0);
  expect(statSync(`${file}.1`).size).toBe(10 * 1024 * 1024 + 1);
});

it.skipIf(process.platform === 'win32')(
  'stops nobody where the disk is full, and loses only the lines that did not fit',
  () => {
    // A file that may not grow past one block ends a line in its middle, as a disk does that is full.
    const script = `
      import { truncateSync } from 'node:fs';
      import { openLogFile } from ${JSON.stringify(source)};
      const log = openLogFile(${JSON.stringify(folder)});
      const line = (text) => ({ at: 5, level: 'info', part: 'gateway', text, fields: {} });
      log.write(line('fits'));
      log.write(line('x'.repeat(3000)));
      log.write(line('nothing of it fits'));
      truncateSync(${JSON.stringify(file)}, 200);
      log.write(line('there is room again'));
      log.write(line('and more'));
      log.close();`;
    const node = [process.execPath, '--input-type=module', '-e', script];
    const { status, stderr } = spawnSync('sh', ['-c', 'ulimit -f 1; exec "$@"', 'sh', ...node], {
      encoding: 'utf8',
    });
    expect([status, stderr]).toEqual([0, '']);
    const [fits = '', cut = '', ...room] = written();
    expect(JSON.parse(fits).msg).toBe('fits');
    expect(cut).toMatch(/x{50}$/);
    expect(room.map((text) => text && JSON.parse(text).msg)).toEqual([
      'there is room again',
      'and more',
      '',
    ]);
  },
);
