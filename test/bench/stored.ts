import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import type { Row } from './table.ts';
import { timeWrites } from './writes.ts';

/** What is durable, beside a bare better-sqlite3 that commits one row, in turn. */
export async function durable(folder: string): Promise<readonly Row[]> {
  const { floorMs, bare, spool, record } = await timeWrites(folder);
  const time = (times: number): number => 1000 * times * floorMs;
  const flush = { name: 'a flush of 4 KiB', p50: time(1) };
  const beside = { name: 'bare better-sqlite3', p50: time(bare) };
  return [
    { what: 'bare better-sqlite3, one row kept', p50: time(bare), unit: 'µs', beside: flush },
    { what: 'a message kept (spool)', p50: time(spool), unit: 'µs', beside },
    { what: 'an entry of the record', p50: time(record), unit: 'µs', beside },
  ];
}

/** The same work in a store with a thousand rows and with a hundred thousand; what reads all, for each row. */
export function grown(): readonly Row[] {
  const { sizes, ms } = printedBy<Grown>('growth.ts');
  const times = (sizes.at(-1) ?? 1) / (sizes[0] ?? 1);
  return Object.entries(ms).map(([what, [first = 0, ...more]]) => {
    const last = more.at(-1) ?? first;
    const isWhole = what.startsWith('record:');
    return {
      what: isWhole ? `${what}, growth for each row` : what,
      unit: 'µs',
      p50: 1000 * last,
      growth: last / first / (isWhole ? times : 1),
    };
  });
}

interface Grown {
  readonly sizes: readonly number[];
  readonly ms: Readonly<Record<string, readonly number[]>>;
}

interface Port {
  readonly what: string;
  readonly unit: Row['unit'];
  readonly gateway: number;
  readonly bare?: number;
}

/** The port for devices beside a bare echo of `ws`. */
export const ports = (): readonly Row[] =>
  printedBy<{ readonly rows: readonly Port[] }>('websocket.ts').rows.map(
    ({ what, unit, gateway, bare }) => ({
      what: `WebSocket: ${what}`,
      unit,
      p50: gateway,
      ...(bare !== undefined && { beside: { name: 'a bare echo of ws', p50: bare } }),
    }),
  );

/** What a bench tells as rows already. */
export const told = (name: string) => async (): Promise<readonly Row[]> =>
  printedBy<{ readonly rows: readonly Row[] }>(name).rows;

type Undo = Pick<Row, 'what' | 'p50'> & { readonly p95: number };

export const undo = async (): Promise<readonly Row[]> =>
  printedBy<{ readonly rows: readonly Undo[] }>('undo.ts').rows.map(({ what, p50, p95 }) => ({
    what,
    p50,
    p95,
    unit: 'ms',
  }));

/** What a bench says under --json, measured in a process of its own. */
function printedBy<T>(name: string): T {
  const words = [join(import.meta.dirname, name), '--json'];
  const { stdout, stderr, status } = spawnSync(process.execPath, words, { encoding: 'utf8' });
  if (status !== 0) throw new Error(`${name}: ${stderr}`);
  return JSON.parse(stdout) as T;
}
