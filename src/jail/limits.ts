import type { JailLimits } from '../domain/jail.ts';

/** What one command may use where nobody says otherwise. `wallMs` may be raised to ten minutes. */
export const defaultLimits: JailLimits = {
  wallMs: 120_000,
  cpuSeconds: 300,
  memoryBytes: 1024 ** 3,
  processes: 256,
  openFiles: 1024,
  fileBytes: 1024 ** 3,
  outputBytes: 64_000_000,
};

const WALL_CEILING_MS = 600_000;

/** The limits of one launch: the defaults, overruled by the request, never above the time ceiling. */
export function limitsFor(wished: Partial<JailLimits> = {}): JailLimits {
  const merged = { ...defaultLimits, ...wished };
  return { ...merged, wallMs: Math.min(merged.wallMs, WALL_CEILING_MS) };
}
