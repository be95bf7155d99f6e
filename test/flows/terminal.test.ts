import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  profile = createProfile({ config: { approvals: { expireSeconds: 5, criticalSeconds: 5 } } });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
});

const kinds = (): readonly string[] =>
  profile
    .rows<{ kind: string }>(
      `SELECT kind FROM audit WHERE kind NOT IN ('gateway.started', 'audit.key') ORDER BY seq`,
    )
    .map(({ kind }) => kind);

interface Entry {
  readonly seq: number;
  readonly at: number;
  readonly kind: string;
  readonly body: string;
  readonly prev: string;
  readonly hash: string;
}

/** The same with one byte, anywhere, changed. */
function oneByteOff(value: string | number): string | number {
  if (typeof value === 'number') return value + 1;
  const at = Math.floor(Math.random() * value.length);
  return value.slice(0, at) + (value[at] === 'x' ? 'y' : 'x') + value.slice(at + 1);
}

const since = (count: number): readonly string[] => kinds().slice(count);

describe('at the terminal', () => {
  it('lists the files of the jail by running ls in it', async () => {
    const { code, out } = await atom(profile, ['chat', 'list files']);
    expect(code).toBe(0);
    expect(out).toContain('notes.txt');
    expect(gateway.lines.some(({ text }) => text.includes('shell_exec ls -la'))).toBe(true);
  });

  it('asks nothing about a look, also after a skill has read the files', async () => {
    expect(await seat.ask('search for milk')).toContain('notes.txt');
    expect(await seat.ask('list files')).toContain('notes.txt');
    expect(seat.events.filter(({ kind }) => kind === 'approval.asked')).toEqual([]);
  });

  it('answers many messages that come at once in their order, each once, and a repeat never', async () => {
    const texts = Array.from({ length: 20 }, (_, n) => `run echo number ${n}`);
    const events = await Promise.all(texts.map((text) => seat.say(text, `key-${text}`)));
    for (const [n, event] of events.entries())
      expect(await seat.answerTo(event)).toBe(`number ${n}`);
    expect(await seat.say('run echo number 3', 'key-run echo number 3')).toBe(events[3]);
    await seat.ask('run echo last');
    const answers = seat.events.flatMap((one) => (one.kind === 'message' ? [one.text] : []));
    const numbers = answers.filter((text) => text.startsWith('number'));
    expect(numbers).toEqual(texts.map((_, n) => `number ${n}`));
  });

  it('makes a folder once after a yes, and says so in the answer, the transcript and the record', async () => {
    const before = kinds().length;
    const event = await seat.say('make folder photos');
    const card = await seat.asked();
    expect(card.words).toEqual(['mkdir', '-p', '--', 'photos']);
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
    const listed = await atom(profile, ['approvals', 'list']);
    expect(listed.out).toContain(card.code);
    const yes = await atom(profile, ['approvals', 'approve', card.code]);
    expect(yes).toMatchObject({ code: 0, out: expect.stringContaining(`Approved ${card.code}.`) });
    expect(await seat.answerTo(event)).toContain('Done');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(true);
    const again = await atom(profile, ['approvals', 'approve', card.code]);
    expect(again.code).toBe(1);
    expect(again.err).toContain('was approved at');
    await until(
      'the end of the turn',
      () => since(before).includes('done') && since(before).at(-1) === 'done',
    );
    expect(since(before)).toEqual([
      'approval.asked',
      'approval.approved',
      ...['begun', 'done'],
      ...['begun', 'done'],
    ]);
    const items = (await seat.transcript()).filter((entry) => entry.event === event);
    expect(items.map(({ item }) => item.role)).toEqual(['user', 'assistant', 'tool', 'assistant']);
  });

  it('does nothing after a no', async () => {
    const before = kinds().length;
    const said = atom(profile, ['chat', 'make folder never']);
    const card = await seat.asked(1);
    const reason = 'not \u001b[2J there, password=hunter22';
    const no = await atom(profile, ['approvals', 'deny', card.code, '--reason', reason]);
    expect(no.out).toContain(`Denied ${card.code}.`);
    const { code, out } = await said;
    expect(code).toBe(3);
    expect(out).toContain('You said no');
    expect(existsSync(join(profile.jail, 'never'))).toBe(false);
    expect(since(before).slice(0, 3)).toEqual(['approval.asked', 'approval.denied', 'refused']);
    // The agent hears why, and the record keeps it, without what nobody needs to know.
    const why = 'not ⟦U+001B⟧[2J there, password=[secret]';
    const heard = (await seat.transcript()).findLast(({ item }) => item.role === 'tool');
    expect(heard?.item).toMatchObject({ role: 'tool', ok: false, text: `You said no: ${why}` });
    const record = (kind: string) =>
      JSON.parse(
        profile.rows<{ body: string }>(
          `SELECT body FROM audit WHERE kind = '${kind}' ORDER BY seq DESC LIMIT 1`,
        )[0]?.body ?? '{}',
      );
    expect(record('approval.denied').reason).toBe(why);
    expect(record('refused').message).toBe(`You said no: ${why}`);
  });

  it('does nothing where nobody answers in time', async () => {
    const before = kinds().length;
    const answer = await seat.ask('make folder later');
    expect(answer).toContain('Nobody answered in time');
    expect(existsSync(join(profile.jail, 'later'))).toBe(false);
    expect(since(before).slice(0, 3)).toEqual(['approval.asked', 'approval.expired', 'refused']);
    const late = await seat.decide(await seat.asked(2), 'approve');
    expect(late).toMatchObject({ ok: false, message: expect.stringContaining('expired') });
    expect(existsSync(join(profile.jail, 'later'))).toBe(false);
  });

  it('lets nobody approve by a slip what nothing takes back: its code must be typed', async () => {
    const event = await seat.say(`/run perl -e 'unlink "notes.txt"'`);
    const card = await seat.asked(3);
    expect(card).toMatchObject({ factor: 'typed', risk: 'high' });
    expect(await seat.decide(card, 'approve')).toMatchObject({ ok: false });
    expect(existsSync(join(profile.jail, 'notes.txt'))).toBe(true);
    const typed = await atom(profile, ['approvals', 'approve', card.code, '--typed']);
    expect(typed.code).toBe(0);
    await seat.answerTo(event);
    expect(existsSync(join(profile.jail, 'notes.txt'))).toBe(false);
  });

  it('stops the task that asked where the owner says “deny and stop”', async () => {
    const event = await seat.say('make folder stopped');
    const { code } = await seat.asked(4);
    await atom(profile, ['approvals', 'deny', code, '--stop']);
    await seat.answerTo(event);
    expect(existsSync(join(profile.jail, 'stopped'))).toBe(false);
  });

  it('keeps what is said while a question waits, says so, and answers it after', async () => {
    const asking = await seat.say('make folder first');
    const card = await seat.asked(5);
    const next = await seat.say('run echo second');
    const notice = await until('a notice', () =>
      seat.events.find((one) => one.kind === 'message' && one.text.includes(`ok ${card.code}`)),
    );
    expect(notice).toMatchObject({ text: expect.stringContaining('queued') });
    expect(await seat.ask(`ok ${card.code}`)).toContain('Approved');
    await seat.answerTo(asking);
    expect(await seat.answerTo(next)).toBe('second');
    expect(existsSync(join(profile.jail, 'first'))).toBe(true);
  });

  it('stops by /stop what waits for an answer', async () => {
    const event = await seat.say('make folder waiting');
    await seat.asked(6);
    expect(await seat.ask('/stop')).toBe('Stopped.');
    expect(await seat.answerTo(event)).toBe('Stopped.');
    expect(existsSync(join(profile.jail, 'waiting'))).toBe(false);
  });

  it('keeps a record that holds, until one byte of any entry is edited', async () => {
    const whole = await atom(profile, ['audit', 'verify']);
    expect(whole).toMatchObject({ code: 0, out: expect.stringContaining('unbroken') });
    const rows = profile.rows<Entry>('SELECT * FROM audit ORDER BY seq');
    const some = [0, Math.floor(rows.length / 2), rows.length - 1];
    for (const row of some.flatMap((nth) => rows[nth] ?? [])) {
      for (const column of ['kind', 'body', 'at', 'hash', 'prev'] as const) {
        const set = `UPDATE audit SET ${column} = ? WHERE seq = ?`;
        profile.change(set, oneByteOff(row[column]), row.seq);
        const { code, out } = await atom(profile, ['audit', 'verify']);
        expect({ code, out }, column).toMatchObject({
          code: 1,
          out: expect.stringContaining(`entry ${row.seq} `),
        });
        profile.change(set, row[column], row.seq);
      }
    }
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });
});
