import { appendFileSync, mkdtempSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { AtomError } from '../../src/base/errors.ts';
import { isWanted, lineIn } from '../../src/cli/logs/line.ts';
import { momentOf } from '../../src/cli/logs/since.ts';
import { linesAddedTo, linesOf } from '../../src/cli/logs/tail.ts';
import { openLogFile } from '../../src/gateway/log-file.ts';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'atom-logs-'));
  file = join(folder, 'gateway.log');
});
afterEach(() => rmSync(folder, { recursive: true }));

describe('the log of the gateway', () => {
  it('is read as it was written, without a line that a crash cut', () => {
    const log = openLogFile(folder);
    const said = {
      at: 5,
      level: 'warn',
      part: 'telegram',
      text: 'höher',
      fields: { n: 1 },
    } as const;
    log.write(said);
    log.close();
    appendFileSync(file, '{"level":30,"time":1,"par');
    const [first, ...rest] = [...linesOf(file)];
    expect(lineIn(first ?? '')).toEqual(said);
    expect(rest).toEqual([]);
  });

  it('shows nothing of what is no line of it', () => {
    for (const text of [
      '',
      'null',
      '[]',
      '{"level":30}',
      '{"level":99,"time":1,"part":"","msg":""}',
    ])
      expect(lineIn(text)).toBeUndefined();
  });

  it.each([
    [{ level: 'warn' }, false],
    [{ level: 'info' }, true],
    [{ part: 'jail' }, false],
    [{ part: 'telegram', level: 'debug' }, true],
    [{ search: 'RAN GIT' }, true],
    [{ search: 'k7p2' }, true],
    [{ search: 'denied' }, false],
    [{ since: 1 }, true],
    [{ since: 2 }, false],
  ] as const)('asked for %j, shows an info of telegram: %s', (wanted, shown) => {
    const line = {
      at: 1,
      level: 'info',
      part: 'telegram',
      text: 'ran git',
      fields: { id: 'k7p2' },
    } as const;
    expect(isWanted(wanted, line)).toBe(shown);
  });

  it('is followed over the change to a new file, and ends when told', async () => {
    writeFileSync(file, 'before\n');
    const end = new AbortController();
    const seen: string[] = [];
    const more = linesAddedTo(file, end.signal);
    const next = async (): Promise<void> => void seen.push(String((await more.next()).value));
    const first = next();
    appendFileSync(file, 'one\nhal');
    await first;
    renameSync(file, `${file}.1`);
    appendFileSync(`${file}.1`, 'f\n');
    writeFileSync(file, 'new\n');
    await next();
    await next();
    expect(seen).toEqual(['one', 'half', 'new']);
    end.abort();
    expect((await more.next()).done).toBe(true);
  });

  it.each([
    ['90m', '2026-02-03T08:00:00'],
    ['7d', '2026-01-27T09:30:00'],
    ['2026-02-01', '2026-02-01T00:00:00'],
    ['2026-02-01T07:05', '2026-02-01T07:05:00'],
    ['2026-02-01 07:05:06', '2026-02-01T07:05:06'],
    ['2026-02-01T07:05Z', '2026-02-01T07:05:00Z'],
    ['2026-02-01T07:05:06.5+02:00', '2026-02-01T05:05:06.500Z'],
  ])('since %s is what came after %s', (text, moment) => {
    const now = new Date('2026-02-03T09:30:00').getTime();
    expect(momentOf(text, now)).toBe(new Date(moment).getTime());
  });

  it.each(['soon', '-1h', '2026-02-31', '2026-02-31T10:00', '2026-02-03T25:00', ''])(
    '%j is no time',
    (text) => {
      expect(() => momentOf(text, 0)).toThrow(AtomError);
    },
  );

  it('is no log where there is no file', () => {
    expect([...linesOf(join(folder, 'none'))]).toEqual([]);
  });
});
