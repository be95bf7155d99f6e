import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile();
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

describe('atom stats and atom health', () => {
  it('tell what happened, with a gateway and without, and say which', async () => {
    await seat.ask('/run ls');
    await seat.ask('/run ls -la');
    const event = await seat.say('/run touch made');
    await seat.decide(await seat.asked(), 'deny');
    await seat.answerTo(event);
    const { out } = await atom(profile, ['stats', '--json']);
    const told = JSON.parse(out);
    expect(told).toMatchObject({
      schema: 1,
      messages: [{ channel: 'terminal', in: 3, out: 3 }],
      approvals: { asked: 1, denied: 1, approved: 0, byRule: 2, decided: { count: 1 } },
      commands: [2, 0, 0, 0],
      refusals: [{ name: 'denied', count: 1 }],
    });
    const [terminal] = told.live.channels;
    expect(terminal).toMatchObject({ channel: 'terminal', received: 3, outcomes: { sent: 3 } });
    expect(terminal.reply.count).toBe(3);
    const health = await atom(profile, ['health', '--json']);
    expect(health).toMatchObject({ code: 0 });
    expect(JSON.parse(health.out)).toMatchObject({ schema: 1, ok: true });
    expect((await atom(profile, ['health', '--plain'])).out).toMatch(/^ok gateway /);
    seat.leave();
    await gateway.kill();
    expect((await atom(profile, ['health'])).code).toBe(5);
    const alone = await atom(profile, ['stats', '--json']);
    const { live, since: _, until: __, days, ...rest } = JSON.parse(alone.out);
    expect(live).toBeNull();
    expect(told).toMatchObject(rest);
    expect(days).toEqual(told.days);
    const said = await atom(profile, ['sessions', 'show', 'terminal:self:main']);
    expect(said).toMatchObject({ code: 0, out: expect.stringContaining('owner: /run ls -la') });
    const words = await atom(profile, ['stats', '--since', '1h', '--plain']);
    expect(words.out).toContain('commands   2');
    expect(words.err).toContain('No gateway runs');
    expect((await atom(profile, ['stats', '--since', 'ever'])).code).toBe(2);
  });
});
