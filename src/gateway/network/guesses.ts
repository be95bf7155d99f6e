import type { Clock } from '../../base/clock.ts';
import { sourceOf } from './source.ts';

/** What failed, of one source, since it began to fail. */
export interface Burst {
  readonly source: string;
  readonly failures: number;
  /** True where it was left unanswered for a while. */
  readonly barred: boolean;
}

/** Who tried what is not so, and how often. In memory. */
export interface Guesses {
  /** True while nothing is taken from there. */
  isBarred(address: string): boolean;
  failed(address: string): void;
  /** It proved who it is: failures elsewhere are not its own. */
  proved(address: string): void;
  /** Tells of what has not been told yet. */
  close(): void;
}

export interface GuessesDeps {
  readonly clock: Pick<Clock, 'monotonic'>;
  /** Told once for each burst, when it is over. */
  readonly onBurst: (burst: Burst) => void;
  /** Told when somebody is barred; `everybody` where it comes from too many at once. */
  readonly onBarred: (source: string) => void;
}

const MOST = 10;
const MOST_OVERALL = 200;
const WINDOW_MS = 60_000;
const EVERYBODY = 'everybody';
/** More are not told apart: then all of them count together. */
const MOST_SOURCES = 10_000;
const MOST_PROVED = 1000;

interface Source {
  failures: number;
  barredUntil: number;
  timer: NodeJS.Timeout;
}

/** Ten failures a minute from one source, or two hundred from all, bar it for a minute. */
export function createGuesses({ clock, onBurst, onBarred }: GuessesDeps): Guesses {
  const sources = new Map<string, Source>();
  const known = new Set<string>();
  const end = (name: string): void => {
    const source = sources.get(name);
    if (!source) return;
    clearTimeout(source.timer);
    sources.delete(name);
    if (name === EVERYBODY) return;
    onBurst({ source: name, failures: source.failures, barred: source.barredUntil > 0 });
  };
  const begin = (name: string): Source => {
    const timer = setTimeout(() => end(name), WINDOW_MS).unref();
    const source = { failures: 0, barredUntil: 0, timer };
    sources.set(name, source);
    return source;
  };
  const count = (name: string, most: number): void => {
    const source = sources.get(name) ?? begin(name);
    source.failures += 1;
    if (source.failures < most || source.barredUntil > 0) return;
    source.barredUntil = clock.monotonic() + WINDOW_MS;
    clearTimeout(source.timer);
    source.timer = setTimeout(() => end(name), WINDOW_MS).unref();
    onBarred(name);
  };
  const holds = (name: string): boolean =>
    (sources.get(name)?.barredUntil ?? 0) > clock.monotonic();
  return {
    isBarred: (address) => {
      const name = sourceOf(address);
      return holds(name) || (!known.has(name) && holds(EVERYBODY));
    },
    failed: (address) => {
      const name = sourceOf(address);
      if (sources.size < MOST_SOURCES || sources.has(name)) count(name, MOST);
      count(EVERYBODY, MOST_OVERALL);
    },
    proved: (address) => {
      if (known.size < MOST_PROVED) known.add(sourceOf(address));
    },
    close: () => {
      for (const name of [...sources.keys()]) end(name);
    },
  };
}
