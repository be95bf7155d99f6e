import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { type Insist, insistAt } from './stage/insist.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

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

const inJail = (path: string): string => join(profile.jail, path);
const idOf = async (): Promise<string> => {
  const { out } = await atom(profile, ['quarantine', 'list', '--json']);
  return JSON.parse(out).entries[0]?.id ?? '';
};

it('tells in the chat what a command left for others to run, and keeps it for its owner', async () => {
  const { answer } = await insist("run sh -c 'echo evil > made.txt && cp made.txt .envrc'");
  expect(answer).toContain(
    'Moved out of the jail, because other programs would run it: .envrc — see: atom quarantine list',
  );
  expect(existsSync(inJail('.envrc'))).toBe(false);
  expect(existsSync(inJail('made.txt'))).toBe(true);
  const [ended] = profile.rows<{ body: string }>(
    `SELECT body FROM audit WHERE kind = 'done' AND body LIKE '%quarantined%'`,
  );
  expect(JSON.parse(ended?.body ?? '{}')).toMatchObject({ quarantined: ['.envrc'] });
  const listed = await atom(profile, ['quarantine', 'list']);
  expect(listed.out).toMatch(/^q-[a-z0-9]{6} .*\.envrc$/m);
  const shown = await atom(profile, ['quarantine', 'show', await idOf()]);
  expect(shown.out).toContain('file  .envrc');
});

it('puts it back for its owner, on the record, and never over something else', async () => {
  const id = await idOf();
  expect((await atom(profile, ['quarantine', 'restore', id])).code).toBe(2);
  const back = await atom(profile, ['quarantine', 'restore', id, '--yes']);
  expect(back).toMatchObject({ code: 0, out: `${inJail('.envrc')}\n` });
  expect(readFileSync(inJail('.envrc'), 'utf8')).toBe('evil\n');
  const begun = profile.rows<{ body: string }>(
    `SELECT body FROM audit WHERE kind = 'begun' AND body LIKE '%quarantine.restore%'`,
  );
  expect(JSON.parse(begun[0]?.body ?? '{}')).toMatchObject({
    complexity: 4,
    principal: { kind: 'owner' },
  });
  expect((await atom(profile, ['quarantine', 'restore', id, '--yes'])).code).toBe(1);
  expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
});

it('moves out what a killed gateway left behind, before anything finds it there', async () => {
  const running = insist("run sh -c 'echo evil > .exrc && sleep 60'");
  running.catch(() => undefined);
  await until('it wrote', () => existsSync(inJail('.exrc')));
  await gateway.kill();
  seat.leave();
  expect(existsSync(inJail('.exrc'))).toBe(true);
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
  expect(existsSync(inJail('.exrc'))).toBe(false);
  const id = await idOf();
  const dropped = await atom(profile, ['quarantine', 'drop', id]);
  expect(dropped.err).toContain('Removed .exrc for good.');
  expect((await atom(profile, ['quarantine', 'show', id])).code).toBe(1);
});
