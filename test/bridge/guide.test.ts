import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atomPeer, TOKEN } from '../peers/atom-peer.ts';
import { overWebSocket } from '../peers/bridge-peer.ts';

const root = join(import.meta.dirname, '..', '..');

it('runs the program of the guide as it stands there, with the package as others get it', async () => {
  await builtAtom();
  const guide = readFileSync(join(root, 'docs/clients.md'), 'utf8');
  const [, program = ''] = /```js\n(import \{ bridgeFromEnv \}[\s\S]*?)```/.exec(guide) ?? [];
  const peer = await atomPeer(overWebSocket, true);
  const folder = mkdtempSync(join(tmpdir(), 'atom-readme-'));
  onTestFinished(async () => {
    await peer.close();
    rmSync(folder, { recursive: true, force: true });
  });
  const env = {
    PATH: process.env.PATH,
    ATOM_GATEWAY_URL: peer.url,
    ATOM_GATEWAY_TOKEN: TOKEN,
    ATOM_BRIDGE_QUEUE_DIR: join(folder, 'queue'),
  };
  // A package finds itself by its own name, so this is its entry for others.
  const child = spawn(process.execPath, ['--input-type=module', '-e', program], { cwd: root, env });
  let said = '';
  for (const stream of [child.stdout, child.stderr])
    stream.on('data', (chunk) => {
      said += chunk;
    });
  const [code] = await once(child, 'close');
  expect(said.trim().split('\n')).toEqual([
    'sent',
    expect.stringMatching(/^[0-9A-Z]{26} ended: replied$/),
    'atom: You said: look around',
  ]);
  expect([code, peer.received.length]).toEqual([0, 1]);
});
