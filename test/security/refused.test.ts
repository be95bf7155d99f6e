import { readdirSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { systemCode } from '../../src/base/errors.ts';
import { builtAtom } from '../cli/built.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { type Insist, insistAt } from '../flows/stage/insist.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { type Seat, takeSeat } from '../flows/stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
let insist: Insist;
/** A server beside the jail, and how often somebody reached it. */
const listener = createServer(() => {
  connections += 1;
});
let connections = 0;
let port = 0;
beforeAll(async () => {
  await builtAtom();
  await new Promise<void>((resolve) => listener.listen(0, '127.0.0.1', resolve));
  const address = listener.address();
  port = address !== null && typeof address === 'object' ? address.port : 0;
  profile = createProfile();
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
  insist = insistAt(seat);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
  listener.close();
});

/** Lines of a file that nobody may be shown; none where even we cannot read it. */
function secretsOf(file: string): readonly string[] {
  try {
    const lines = readFileSync(file, 'utf8').split('\n');
    return lines.filter((line) => line.length > 20);
  } catch (error) {
    if (systemCode(error) === 'EACCES' || systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}

describe.each(['intern', 'supervised'] as const)(
  'an agent at %s, with a yes to all it asks',
  (maturity) => {
    beforeAll(() => profile.setMaturity(maturity));

    it('cannot read the machine’s accounts', async () => {
      for (const [line, file] of [
        ['run cat /etc/shadow', '/etc/shadow'],
        ['show me /etc/shadow', '/etc/shadow'],
        ['run cat ../../../../etc/passwd', '/etc/passwd'],
        ['show me ../../../../etc/passwd', '/etc/passwd'],
      ] as const) {
        const { answer } = await insist(line);
        expect(answer, line).not.toBe('');
        for (const secret of secretsOf(file).filter((one) => !one.startsWith('nobody:')))
          expect(answer, line).not.toContain(secret);
      }
      expect((await insist('run cat /etc/shadow')).answer).toContain('No such file');
      expect((await insist('show me ../../etc/passwd')).answer).toContain('leads out of the jail');
    });

    it('is told at which character a line asks for more of a shell', async () => {
      const { answer, card } = await insist('run ls / & id');
      expect(answer).toContain('Position 6');
      expect(answer).toContain('in the background');
      expect(card).toBeUndefined();
    });

    it('asks before it uses the network, and then the jail itself has none', async () => {
      for (const line of [
        `run curl -sS -m 3 http://127.0.0.1:${port}`,
        `run bash -c 'exec 3<>/dev/tcp/127.0.0.1/${port} && echo reached'`,
      ]) {
        const { answer, card } = await insist(line);
        expect(card, line).toMatchObject({ risk: 'high', factor: 'typed' });
        expect(answer, line).toMatch(/refused|unreachable|connect/i);
        expect(answer, line).not.toContain('\nreached');
      }
      expect(connections).toBe(0);
    });

    it('asks before git is told to run something else', async () => {
      for (const line of [
        `run git -c core.pager='sh -c id' log`,
        `run git -c core.fsmonitor='sh -c id' status`,
        `run git --exec-path=. log`,
        `run git -p log`,
        `run git --config-env=core.pager=HOME diff`,
      ]) {
        const { card } = await insist(line);
        expect(card, line).toMatchObject({ risk: 'high', factor: 'typed' });
      }
      for (const line of ['run git log -p', 'run git log -c', 'run git --no-pager log'])
        expect((await insist(line)).card, line).toBeUndefined();
    });

    it('changes nothing outside the jail', async () => {
      const before = readdirSync(profile.folder);
      for (const line of [
        'run touch ../outside',
        `run touch ${join(profile.folder, 'outside')}`,
        'write hello to ../outside',
        `write hello to ${join(profile.folder, 'outside')}`,
        'run ln -s .. up',
        'write hello to up/outside',
        'run touch up/outside',
      ])
        expect((await insist(line)).answer, line).not.toBe('');
      expect(readdirSync(profile.folder)).toEqual(before);
    });
  },
);
