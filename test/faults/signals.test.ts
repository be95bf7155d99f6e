import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from '../flows/stage/atom.ts';
import { spawnGateway, startGateway } from '../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../flows/stage/profile.ts';
import { type Seat, takeSeat } from '../flows/stage/seat.ts';
import { until } from '../flows/stage/until.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

interface Stage {
  readonly profile: Profile;
  readonly seat: Seat;
}

async function stage() {
  const profile = createProfile();
  opened.push(profile.remove);
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const gateway = await startGateway(profile);
  opened.push(gateway.kill);
  const seat = await takeSeat(profile);
  opened.push(seat.leave);
  return { profile, gateway, seat };
}

/** Starts a command that takes this long, and waits until it runs. */
async function running({ profile, seat }: Stage, seconds: string): Promise<string> {
  const event = await seat.say(`run sleep ${seconds}`);
  await until('the command', () => commandsBegun(profile) === 1);
  return event;
}

const commandsBegun = ({ rows }: Profile): number =>
  rows(`SELECT seq FROM audit WHERE kind = 'begun' AND body LIKE '%shell.exec%'`).length;

describe('a gateway that is told to end', () => {
  it('by SIGTERM finishes what runs, answers, and exits with 143', async () => {
    const { profile, gateway, seat } = await stage();
    const event = await running({ profile, seat }, '1');
    gateway.signal('SIGTERM');
    expect(await seat.answerTo(event)).toContain('Done');
    expect(await gateway.ended).toEqual({ code: 143, signal: null });
    expect(existsSync(profile.paths.socket)).toBe(false);
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });

  it('by Ctrl-C twice cuts off what runs, exits with 130, and says so after the next start', async () => {
    const { profile, gateway, seat } = await stage();
    // Longer than a test may take: it is not waited for.
    const event = await running({ profile, seat }, '100');
    gateway.signal('SIGINT');
    await gateway.logged('stopping after the current step');
    gateway.signal('SIGINT');
    expect(await gateway.ended).toEqual({ code: 130, signal: null });
    opened.push((await startGateway(profile)).kill);
    await until(
      'the answer',
      () =>
        profile.rows(`SELECT id FROM outbox WHERE id = ? AND state = 'sent'`, `reply:${event}`)
          .length === 1,
    );
    expect(commandsBegun(profile)).toBe(1);
  });

  it('does not wait for a person: a question is put again after the next start', async () => {
    const { profile, gateway, seat } = await stage();
    await seat.say('make folder photos');
    await seat.asked();
    gateway.signal('SIGTERM');
    expect(await gateway.ended).toEqual({ code: 143, signal: null });
    const again = await startGateway(profile);
    opened.push(again.kill);
    const later = await takeSeat(profile);
    opened.push(later.leave);
    const { approvals } = await until('the question', async () => {
      const waiting = await later.gateway.request('approvals.list', {});
      return waiting.approvals.length === 1 && waiting;
    });
    const [asked] = approvals;
    if (asked) await later.decide(asked.card, 'approve');
    await until('the folder', () => existsSync(join(profile.jail, 'photos')));
  });

  it('by the end of its lifeline comes to its end by itself', async () => {
    const profile = createProfile();
    opened.push(profile.remove);
    const gateway = spawnGateway(profile, { lifeline: true });
    opened.push(gateway.kill);
    const seat = await until('the socket', () => takeSeat(profile).catch(() => undefined));
    const event = await running({ profile, seat }, '1');
    gateway.child.stdio[3]?.destroy();
    expect(await seat.answerTo(event)).toContain('Done');
    expect(await gateway.ended).toMatchObject({ signal: null });
  });

  it('while it is still starting, ends all the same', async () => {
    const profile = createProfile();
    opened.push(profile.remove);
    const gateway = spawnGateway(profile);
    opened.push(gateway.kill);
    await gateway.logged('channel Terminal');
    gateway.signal('SIGTERM');
    expect(await gateway.ended).toEqual({ code: 143, signal: null });
    expect(existsSync(profile.paths.socket)).toBe(false);
  });
});

describe('a gateway that was', () => {
  it('put to sleep answers once it is woken, and leaves no room for a second', async () => {
    const { profile, gateway, seat } = await stage();
    await seat.ask('show me notes.txt');
    gateway.signal('SIGSTOP');
    const said = seat.ask('show me notes.txt', 30_000);
    await pause(1500);
    gateway.signal('SIGCONT');
    expect(await said).toContain('buy milk');
    const second = await atom(profile, ['start', '--headless']);
    expect(second.code).toBe(6);
    expect(second.err).toContain(`pid ${gateway.pid}`);
    expect(await seat.ask('show me notes.txt')).toContain('buy milk');
  });

  it('killed leaves a socket behind that one of two takes over which start at the same moment', async () => {
    const { profile, gateway } = await stage();
    await gateway.kill();
    expect(existsSync(profile.paths.socket)).toBe(true);
    expect((await atom(profile, ['status'])).code).toBe(5);
    const both = [spawnGateway(profile), spawnGateway(profile)];
    for (const { kill } of both) opened.push(kill);
    const refused = await Promise.race(both.map(({ ended }) => ended));
    expect(refused.code).toBe(6);
    expect((await atom(profile, ['chat', 'show me notes.txt'])).out).toContain('buy milk');
  });
});
