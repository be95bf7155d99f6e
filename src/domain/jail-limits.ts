import type { Maturity } from './agent.ts';
import type { JailLimits, JailSpec } from './jail.ts';

const KB = 1024;
const MB = 1024 ** 2;
const GB = 1024 ** 3;

/** No command runs longer, whatever a jail says. */
export const WALL_CEILING_MS = 600_000;

/** What one command of an agent may use, where its jail says nothing else. */
export const limitsByMaturity: Readonly<Record<Maturity, JailLimits>> = {
  student: {
    wallMs: 5000,
    cpuSeconds: 5,
    memoryBytes: 256 * MB,
    processes: 64,
    openFiles: 256,
    fileBytes: 64 * MB,
    outputBytes: MB,
  },
  intern: {
    wallMs: 30_000,
    cpuSeconds: 30,
    memoryBytes: 512 * MB,
    processes: 128,
    openFiles: 512,
    fileBytes: 256 * MB,
    outputBytes: 8 * MB,
  },
  supervised: {
    wallMs: 300_000,
    cpuSeconds: 300,
    memoryBytes: GB,
    processes: 256,
    openFiles: 1024,
    fileBytes: GB,
    outputBytes: 64 * MB,
  },
  autonomous: {
    wallMs: WALL_CEILING_MS,
    cpuSeconds: 600,
    memoryBytes: 2 * GB,
    processes: 512,
    openFiles: 4096,
    fileBytes: 2 * GB,
    outputBytes: 256 * MB,
  },
};

/** What one command may use in a jail: what the jail says, else what the maturity gives. */
export const limitsAt = (
  { limits = {} }: Pick<JailSpec, 'limits'>,
  maturity: Maturity,
): JailLimits => {
  const all = { ...limitsByMaturity[maturity], ...limits };
  return { ...all, wallMs: Math.min(all.wallMs, WALL_CEILING_MS) };
};

/** How people write and read one limit. `factor` makes the setting's unit into the limit's. */
export interface LimitUnit {
  /** In `--limit wall=120s`. */
  readonly option: string;
  /** In config.json. */
  readonly setting: string;
  readonly kind: 'time' | 'bytes' | 'count';
  readonly factor: number;
  /** Both in the setting's unit. */
  readonly least: number;
  readonly most: number;
}

const unit = (
  [option, setting, kind, factor]: readonly [string, string, LimitUnit['kind'], number],
  least: number,
  most: number,
): LimitUnit => ({ option, setting, kind, factor, least, most });

/** Every limit that a jail can set, and how far. */
export const limitUnits: Readonly<Record<keyof JailLimits, LimitUnit>> = {
  wallMs: unit(['wall', 'wallSeconds', 'time', 1000], 1, WALL_CEILING_MS / 1000),
  cpuSeconds: unit(['cpu', 'cpuSeconds', 'time', 1], 1, 3600),
  memoryBytes: unit(['memory', 'memoryMb', 'bytes', MB], 16, 65_536),
  processes: unit(['processes', 'processes', 'count', 1], 4, 4096),
  openFiles: unit(['open-files', 'openFiles', 'count', 1], 16, 65_536),
  fileBytes: unit(['file-size', 'fileMb', 'bytes', MB], 1, 65_536),
  outputBytes: unit(['output', 'outputKb', 'bytes', KB], 1, 1_048_576),
};

/** The limits by name, in the order in which they are told. */
export const limitNames = Object.keys(limitUnits) as readonly (keyof JailLimits)[];

/** One limit in words: `120 s`, `2 GB`, `64`. */
export function limitWords(name: keyof JailLimits, value: number): string {
  const { kind, factor } = limitUnits[name];
  if (kind === 'count') return String(value);
  if (kind === 'time') return `${rounded(value / factor)} s`;
  const [size, word] = value >= GB ? [GB, 'GB'] : value >= MB ? [MB, 'MB'] : [KB, 'KB'];
  return `${rounded(value / size)} ${word}`;
}

const rounded = (value: number): number => Math.round(value * 10) / 10;
