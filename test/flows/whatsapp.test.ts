import { spawn } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeAll, expect, it, onTestFinished } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { DANA, OWN, startWhatsAppPeer, type WhatsAppPeer } from '../peers/whatsapp/peer.ts';
import { atom } from './stage/atom.ts';
import { program, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

/** `atom channels login whatsapp`, with a phone that scans its first code. Resolves with what it printed. */
function login({ env }: Profile, peer: WhatsAppPeer): Promise<string> {
  const words = [program, 'channels', 'login', 'whatsapp', '--json'];
  const child = spawn(process.execPath, words, { env, stdio: ['ignore', 'pipe', 'inherit'] });
  let [out, scanned] = ['', false];
  return new Promise((resolve, reject) => {
    child.stdout.setEncoding('utf8').on('data', (part: string) => {
      out += part;
      const qr = /"kind":\s*"qr",\s*"text":\s*"([^"]+)"/.exec(out)?.[1];
      if (qr === undefined || scanned) return;
      scanned = true;
      peer.scan(qr).catch(reject);
    });
    child.once('close', () => resolve(out));
  });
}

/** The process that speaks WhatsApp, of a gateway. */
function childOf(pid: number): number | undefined {
  const children = readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ');
  return children
    .map(Number)
    .find((one) => readFileSync(`/proc/${one}/cmdline`, 'utf8').includes('whatsapp.mjs'));
}

const sent = (peer: WhatsAppPeer, text: string, count = 1) =>
  until(
    `“${text}” on the phone`,
    () => peer.sent.filter((message) => message.text.includes(text)).length >= count,
    20_000,
  );

// Its processes are found in /proc.
it.skipIf(process.platform !== 'linux')(
  'is linked in the terminal, answers, and comes back without another code when its processes are killed',
  async () => {
    const peer = await startWhatsAppPeer();
    onTestFinished(() => peer.close());
    const profile = createProfile({
      config: { channels: { whatsapp: { enabled: true, allow: [DANA], url: peer.url } } },
      env: { DBUS_SESSION_BUS_ADDRESS: '' },
    });
    onTestFinished(profile.remove);
    writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
    const gateway = await startGateway(profile);
    onTestFinished(gateway.kill);
    await gateway.logged('atom channels login whatsapp');
    expect(await login(profile, peer)).toContain(`"linked":"+${OWN}"`);
    await peer.inject('show me notes.txt');
    await sent(peer, 'buy milk');

    const first = childOf(gateway.pid) ?? 0;
    process.kill(first, 'SIGKILL');
    const ready = () => gateway.lines.filter(({ text }) => text.includes('ready as phone#')).length;
    await until('another login', () => ready() === 2);
    const tested = atom(profile, ['channels', 'test', 'whatsapp', '--json']);
    await sent(peer, 'This is a test of atom');
    await peer.inject('seen');
    expect(JSON.parse((await tested).out)).toMatchObject({ channel: 'whatsapp', answered: true });

    const second = childOf(gateway.pid) ?? 0;
    await gateway.kill();
    await until('its process is gone, too', () => !existsSync(`/proc/${second}`));
    const next = await startGateway(profile);
    onTestFinished(next.kill);
    await until('a login of the next gateway', () => peer.logins() === 3);
    await peer.inject('show me notes.txt');
    await sent(peer, 'buy milk', 2);
    expect(peer.registrations).toHaveLength(1);
  },
  60_000,
);
