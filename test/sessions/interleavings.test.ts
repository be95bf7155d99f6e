import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PlanInput } from '../../src/agent/planner.ts';
import type { Row } from '../../src/domain/store.ts';
import { reply } from '../agent/stage.ts';
import { LANE, LEASE_MS, setSession } from './session-stage.ts';

/** What may happen before each thing that a turn does. */
const happening = fc.constantFrom('nothing', 'say', 'say', 'moment', 'crash', 'sleep', 'stop');

/** After five broken tries a message is put aside, which is told elsewhere. */
const MOST_BROKEN = 4;

/** Two steps of two writes each, then an answer that names everything it was told. */
function plan({ event, step, transcript }: Pick<PlanInput, 'event' | 'step' | 'transcript'>) {
  const heard = transcript.flatMap((item) => (item.role === 'user' ? [item.text] : []));
  if (step >= 2) return reply(heard.join(' '));
  const calls = ['a', 'b'].map((name) => ({
    id: `${step}${name}`,
    tool: 'file_write',
    input: { path: `${event}-${step}-${name}`, content: 'x' },
  }));
  return { text: '', calls };
}

describe.each(['steer', 'collect', 'interrupt'] as const)('in the mode %s', (mode) => {
  it('every message is answered once and in order, and nothing is done twice, whatever comes when', async () => {
    const property = fc.asyncProperty(
      fc.array(happening, { minLength: 5, maxLength: 30 }),
      async (script) => {
        const { stage, said } = await play(mode, script);
        const rows = await stage.store.all(
          `SELECT spool.id, spool.state, outbox.body FROM spool
           LEFT JOIN outbox ON outbox.id = 'reply:' || spool.id ORDER BY spool.seq`,
        );
        expect(rows.map(({ id }) => id)).toEqual(said);
        expect(rows.map(({ state }) => state)).toEqual(said.map(() => 'handled'));
        checkAnswers(rows);
        expect(rows[0]?.body ?? null).not.toBeNull();
        const heard = (await stage.transcript()).flatMap(({ event, item }) =>
          item.role === 'user' ? [event] : [],
        );
        expect(heard).toEqual([...new Set(heard)]);
        expect(heard).toEqual(said.filter((id) => heard.includes(id)));
        const done = stage.world.done.map((one) => (one as { path: string }).path);
        expect(done).toEqual([...new Set(done)]);
        expect(await stage.store.get("SELECT depth FROM lane WHERE queue = 'in'")).toEqual({
          depth: 0,
        });
        await stage.store.close();
      },
    );
    await fc.assert(property, { numRuns: 10 });
  }, 120_000);
});

/** Whoever has no answer of its own was answered with the one before it, and nobody twice. */
function checkAnswers(rows: readonly Row[]): void {
  let answer: readonly string[] = [];
  for (const { id, body } of rows) {
    if (body !== null) {
      expect(answer).not.toContain(id);
      answer = (JSON.parse(String(body)) as { text: string }).text.split(' ');
    }
    if (answer[0] !== 'Stopped.') expect(answer).toContain(id);
  }
}

type Happening = typeof happening extends fc.Arbitrary<infer T> ? T : never;

async function play(mode: 'steer' | 'collect' | 'interrupt', script: readonly Happening[]) {
  const left = [...script];
  const said: string[] = [];
  let broken = 0;
  const say = async (): Promise<void> => {
    const id = `m${said.length + 1}`;
    said.push(id);
    await stage.say(id);
  };
  const stage = await setSession({
    mode,
    plan: async (input) => plan(input),
    tick: async () => {
      const next = left.shift();
      if (next === 'say') await say();
      if (next === 'moment') stage.clock.pass(600);
      if (next === 'stop') stage.running.stop(LANE);
      if ((next !== 'crash' && next !== 'sleep') || broken === MOST_BROKEN) return;
      broken += 1;
      if (next === 'crash') throw new Error('a crash');
      stage.clock.pass(LEASE_MS + 1);
    },
  });
  await say();
  await stage.drain();
  return { stage, said };
}
