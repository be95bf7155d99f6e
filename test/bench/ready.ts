import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { probeScript } from '../../src/jail/probe/script.ts';
import { LEAST } from './jail.ts';
import { type Spread, spread, startGateway } from './measure.ts';
import { setTelegram } from './telegram-stage.ts';

/** How long a gateway with the terminal and Telegram needs, from its start, beside the least of the like. */
export interface Ready {
  /** A bare Node that listens with `node:http` and has come to the end of one run of the probe in a bubblewrap. */
  readonly least: Spread;
  readonly clean: Spread;
  readonly killed: Spread;
  /** Until its jail was tried, which a start does not wait for, and commands do. */
  readonly tried: Spread;
}

const ROUNDS = 9;
const atom = join(resolve(import.meta.dirname, '../..'), 'bin', 'atom.js');

/** In turn, so that all share the machine's moods. The first round is not counted: it compiles atom and the skills. */
export async function timeReady(): Promise<Ready> {
  const stage = await setTelegram('polling', 1);
  const folder = mkdtempSync('/var/tmp/atom-bench-');
  const times: Record<keyof Ready, number[]> = { least: [], clean: [], killed: [], tried: [] };
  try {
    for (let round = -1; round < ROUNDS; round++) {
      const least = await timeLeast(folder);
      const clean = await startGateway(atom, stage.profile.env);
      const tried = await clean.tried();
      // What it does once it is ready is no longer the start.
      await clean.settled();
      await clean.kill();
      const killed = await startGateway(atom, stage.profile.env);
      await killed.settled();
      await killed.stop();
      if (round < 0) continue;
      times.least.push(least);
      times.clean.push(clean.readyMs);
      times.killed.push(killed.readyMs);
      times.tried.push(tried);
    }
  } finally {
    rmSync(folder, { recursive: true });
    await stage.close();
  }
  const { least, clean, killed, tried } = times;
  return {
    least: spread(least),
    clean: spread(clean),
    killed: spread(killed),
    tried: spread(tried),
  };
}

/** What the probe does, in the least of a bubblewrap. */
async function timeLeast(folder: string): Promise<number> {
  const targets = { canary: '/etc/hostname', outside: join(folder, 'outside'), port: 9 };
  const code = `
    const { spawn } = require('node:child_process');
    const server = require('node:http').createServer().listen(0, '127.0.0.1', () => {
      const [file, ...args] = ${JSON.stringify([...LEAST, '/bin/sh', '-c', probeScript(targets)])};
      spawn(file, args).once('close', (code) => process.stdout.write(code === 0 ? 'ready' : 'no jail'));
    });`;
  const start = performance.now();
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [said] = await once(child.stdout, 'data');
  const ms = performance.now() - start;
  child.kill();
  await once(child, 'exit');
  // One that failed at once would be no floor.
  if (String(said) !== 'ready') throw new Error(`the probe did not run: ${said}`);
  return ms;
}
