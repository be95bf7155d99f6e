import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { maturities } from '../../src/domain/agent.ts';
import { builtAtom } from '../cli/built.ts';
import { type GatewayProcess, startGateway } from '../flows/stage/gateway-process.ts';
import { type Insist, insistAt } from '../flows/stage/insist.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { type Seat, takeSeat } from '../flows/stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
let insist: Insist;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
  insist = insistAt(seat);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

describe.each(maturities)('an agent at %s, with a yes to all it asks', (maturity) => {
  beforeAll(() => profile.setMaturity(maturity));

  it('reaches neither the settings nor the records of atom', async () => {
    const { configFile, database, state, logs } = profile.paths;
    // What commands left is moved to a folder that is made on first need.
    const parts = () => readdirSync(state).filter((name) => name !== 'quarantine');
    const whole = () => [readFileSync(configFile, 'utf8'), parts().join()];
    const before = whole();
    const lines = [configFile, database, join(logs, 'gateway.log')].flatMap((file, n) => [
      `run cat ${file}`,
      `run head -c 100 ${file}`,
      `show me ${file}`,
      `write spoiled to ${file}`,
      `run cp ${file} stolen-${n}`,
      `run ln -f ${file} hard-${n}`,
      `run ln -sf ${file} soft-${n}`,
      `show me soft-${n}`,
      `run cat soft-${n}`,
      `write spoiled to soft-${n}`,
      `run perl -e ${`'open F,q(>>${file}) and print F q(spoiled)'`}`,
    ]);
    for (const line of lines) {
      const { answer } = await insist(line);
      expect(answer, line).not.toMatch(/SQLite format|"version"|"jails"|"level":/);
    }
    expect(whole()).toEqual(before);
    expect(readdirSync(profile.jail).filter((name) => /stolen|hard/.test(name))).toEqual([]);
    expect(profile.rows('PRAGMA integrity_check')).toEqual([{ integrity_check: 'ok' }]);
  }, 60_000);

  it('cannot speak to the gateway’s socket, nor make any Unix socket', async () => {
    const { socket } = profile.paths;
    const script = `use Socket; socket(S,AF_UNIX,SOCK_STREAM,0) or die qq(no socket: $!\\n); connect(S,sockaddr_un(q(${socket}))) or die qq(no way: $!\\n); print qq(reached\\n)`;
    const { answer, card } = await insist(`run perl -e '${script}'`);
    if (maturity === 'student') expect(card).toBeUndefined();
    else expect(answer).toContain('no socket: ');
    expect(answer).not.toMatch(/^reached/m);
  });
});

describe('a jail that would hold atom’s own folders', () => {
  it('is refused with a sentence, for commands and for files', async () => {
    const careless = createProfile();
    const around = [{ name: 'work', folder: careless.folder, mode: 'read-write' as const }];
    careless.configure({ jails: around });
    const other = await startGateway(careless);
    try {
      await other.logged('jail work cannot be used');
      const there = await takeSeat(careless);
      for (const line of ['list files', 'show me c/default/config.json', 'search for version']) {
        const answer = await there.ask(line);
        expect(answer, line).toMatch(/cannot be a jail|no jail/);
        expect(answer, line).not.toContain('"version"');
      }
      there.leave();
    } finally {
      await other.kill();
      careless.remove();
    }
  });
});
