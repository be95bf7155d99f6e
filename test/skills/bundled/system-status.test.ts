import { describe, expect, it } from 'vitest';
import {
  diskLine,
  loadLine,
  memoryLine,
  processLine,
  systemStatus,
} from '../../../skills/system-status/status.ts';

const DF = `Filesystem     1024-blocks     Used Available Capacity Mounted on
/dev/vda1        102400000 40000000  60000000      40% /
`;
const MEMINFO = 'MemTotal:       16000000 kB\nMemFree:  1 kB\nMemAvailable:    8000000 kB\n';
const UPTIME = ' 14:05:01 up 3 days,  2:04,  1 user,  load average: 0.52, 0.58, 0.59\n';

describe('the status of the system', () => {
  it('is read from what the programs print', () => {
    expect(diskLine(DF)).toBe('Disk: 61.4 GB free of 104.9 GB (40 % used)');
    expect(memoryLine(MEMINFO)).toBe('Memory: 8.2 GB available of 16.4 GB');
    expect(loadLine(UPTIME)).toBe('Load: 0.52, 0.58, 0.59, up 3 days, 2:04');
    expect(processLine('  PID COMMAND\n 1 bwrap\n 2 ps\n')).toBe(
      'Processes that this jail sees: 2',
    );
    for (const read of [diskLine, memoryLine, loadLine, processLine])
      expect(read('')).toBeUndefined();
  });

  it('leaves out what a system does not tell, and says where that is all', async () => {
    const only = (program: string, stdout: string) =>
      systemStatus({
        exec: async ([name]) =>
          name === program
            ? { code: 0, stdout, stderr: '' }
            : { code: 127, stdout: '', stderr: '' },
      });
    expect(await only('uptime', UPTIME)).toMatch(/^Load: /);
    await expect(only('none', '')).rejects.toThrow('None of df');
  });
});
