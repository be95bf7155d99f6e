import { expect, test } from 'vitest';
import { installCommand, runInstall } from '../../src/jail/install.ts';

const user = { uid: 1000, hasSudo: true };
const command = (osRelease: string, who = user): string | undefined =>
  installCommand(osRelease, who)?.join(' ');

test.each([
  ['ID=debian', 'sudo apt-get install -y bubblewrap util-linux'],
  ['ID=pop\nID_LIKE="ubuntu debian"', 'sudo apt-get install -y bubblewrap util-linux'],
  ['ID="rocky"\nID_LIKE="rhel centos fedora"', 'sudo dnf install -y bubblewrap util-linux'],
  ['ID=alpine', 'sudo apk add bubblewrap util-linux'],
  ['ID=arch', 'sudo pacman -S --needed --noconfirm bubblewrap util-linux'],
  [
    'ID="opensuse-leap"\nID_LIKE="suse"',
    'sudo zypper --non-interactive install bubblewrap util-linux',
  ],
  ['ID=plan9', undefined],
])('the install command for %j', (osRelease, expected) => {
  expect(command(osRelease)).toBe(expected);
});

test('root, and systems without sudo, get it without sudo', () => {
  expect(command('ID=debian', { uid: 0, hasSudo: true })).toMatch(/^apt-get/);
  expect(command('ID=debian', { uid: 1000, hasSudo: false })).toMatch(/^apt-get/);
});

test('an installation says what it does, and a failed one is an error', async () => {
  const lines: string[] = [];
  const signal = AbortSignal.timeout(5000);
  await runInstall(
    ['/bin/sh', '-c', 'printf "1%%\\r50%%\\rone\\r\\n\\n"; echo two >&2'],
    (line) => lines.push(line),
    signal,
  );
  expect(lines.sort()).toEqual(['one', 'two']);
  const failing = runInstall(['/bin/sh', '-c', 'exit 3'], () => undefined, signal);
  await expect(failing).rejects.toThrow('ended with 3');
});
