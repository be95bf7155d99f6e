import type { SkillContext } from 'atom-agent';

type Exec = SkillContext['exec'];

/** Disk, memory, load and processes, a line each; what this system does not tell is left out. */
export async function systemStatus({ exec }: Pick<SkillContext, 'exec'>): Promise<string> {
  const lines = [
    diskLine(await printed(exec, ['df', '-Pk', '.'])),
    memoryLine(await printed(exec, ['cat', '/proc/meminfo'])),
    loadLine(await printed(exec, ['uptime'])),
    processLine(await printed(exec, ['ps', '-A', '-o', 'pid,comm'])),
  ].filter((line) => line !== undefined);
  if (lines.length === 0) throw new Error('None of df, uptime and ps works here.');
  return lines.join('\n');
}

/** Empty where a program is not there, or has nothing to say. */
async function printed(exec: Exec, argv: readonly string[]): Promise<string> {
  const { code, stdout } = await exec(argv);
  return code === 0 ? stdout : '';
}

/** POSIX prints a line for heads, then blocks of 1024 bytes: all, used, free. */
export function diskLine(df: string): string | undefined {
  const [, all, used, free] = /\n\S+\s+(\d+)\s+(\d+)\s+(\d+)\s+\d+%/.exec(df) ?? [];
  if (all === undefined) return undefined;
  const share = Math.round((100 * Number(used)) / (Number(used) + Number(free) || 1));
  return `Disk: ${gigabytes(Number(free))} free of ${gigabytes(Number(all))} (${share} % used)`;
}

export function memoryLine(meminfo: string): string | undefined {
  const kilobytes = (name: string): number =>
    Number(new RegExp(`^${name}:\\s+(\\d+) kB`, 'm').exec(meminfo)?.[1] ?? Number.NaN);
  const [all, free] = [kilobytes('MemTotal'), kilobytes('MemAvailable')];
  if (Number.isNaN(all + free)) return undefined;
  return `Memory: ${gigabytes(free)} available of ${gigabytes(all)}`;
}

export function loadLine(uptime: string): string | undefined {
  const [, load] = /load averages?: ([\d., ]+)/.exec(uptime) ?? [];
  const [, up] = /up\s+(.+?),\s+(?:\d+ users?,\s+)?load/.exec(uptime) ?? [];
  if (load === undefined) return undefined;
  return `Load: ${load.trim()}${up === undefined ? '' : `, up ${up.replace(/\s+/g, ' ')}`}`;
}

/** A jail shows its own processes alone, so their number says nothing of the machine. */
export function processLine(ps: string): string | undefined {
  const count = ps.trim().split('\n').length - 1;
  return count < 1 ? undefined : `Processes that this jail sees: ${count}`;
}

const gigabytes = (kilobytes: number): string => `${((kilobytes * 1024) / 1e9).toFixed(1)} GB`;
