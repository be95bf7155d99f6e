import { existsSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { approveSkill } from './stage/approve-skill.ts';
import { atom } from './stage/atom.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

let model: LLMock;
let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeEach(async () => {
  model = new LLMock({ port: 0, chunkSize: 4 });
  await model.start();
  profile = createProfile({
    config: { model: 'local/test', models: { local: { baseUrl: `${model.url}/v1` } } },
  });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterEach(async () => {
  seat?.leave();
  await gateway?.kill();
  profile?.remove();
  // One of the tests has stopped it already.
  await model.stop().catch(() => undefined);
});

/** What the model asks for when it hears `said`, and what it answers once it was told what came of it. */
function script(said: string, tool: { name: string; input: object }, answer: string): void {
  const call = {
    id: `call_${said.length}`,
    name: tool.name,
    arguments: JSON.stringify(tool.input),
  };
  model.on({ userMessage: said, hasToolResult: false }, { toolCalls: [call] });
  model.on({ userMessage: said, hasToolResult: true }, { content: answer });
}

describe('with a model', () => {
  it('a look is run and told to the model, which answers', async () => {
    script(
      'what are my notes',
      { name: 'file_read', input: { path: 'notes.txt' } },
      'To buy milk.',
    );
    expect(await seat.ask('what are my notes')).toBe('To buy milk.');
    expect(JSON.stringify(model.getLastRequest()?.body)).toContain('buy milk');
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });

  it('a skill that its owner wrote and approved is called by the model, and its result told to it', async () => {
    expect((await atom(profile, ['skills', 'new', 'hello'])).code).toBe(0);
    await approveSkill(profile, 'hello');
    script('greet Dana', { name: 'skill_hello', input: { name: 'Dana' } }, 'She was greeted.');
    expect(await seat.ask('greet Dana')).toBe('She was greeted.');
    expect(JSON.stringify(model.getLastRequest()?.body)).toContain('Hello Dana!');
  });

  it('a change is asked about, in atom’s words and with the model’s reason as its own', async () => {
    const argv = ['mkdir', 'photos'];
    const because = 'You said that you want one.';
    script('sort my photos', { name: 'shell_exec', input: { argv, because } }, 'There it is.');
    const event = await seat.say('sort my photos');
    const card = await seat.asked();
    expect(card).toMatchObject({ words: argv, says: because, trigger: 'sort my photos' });
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
    await seat.decide(card, 'approve');
    expect(await seat.answerTo(event)).toBe('There it is.');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(true);
  });

  it('a no is told to the model, and nothing is done', async () => {
    script(
      'sort my photos',
      { name: 'shell_exec', input: { argv: ['mkdir', 'photos'] } },
      'Then not.',
    );
    const event = await seat.say('sort my photos');
    await seat.decide(await seat.asked(), 'deny');
    expect(await seat.answerTo(event)).toBe('Then not.');
    expect(JSON.stringify(model.getLastRequest()?.body)).toContain('You said no');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
  });

  it('even a grown agent asks before it changes anything once words of others were read', async () => {
    profile.setMaturity('autonomous');
    model.on(
      { userMessage: 'sum up', hasToolResult: false },
      { toolCalls: [{ id: 'a', name: 'skill_workspace', arguments: '{"op":"summary"}' }] },
    );
    model.on(
      { userMessage: 'sum up', hasToolResult: true },
      { toolCalls: [{ id: 'b', name: 'shell_exec', arguments: '{"argv":["mkdir","x"]}' }] },
    );
    await seat.say('sum up');
    expect((await seat.asked()).why).toEqual(['this turn has read the skill workspace']);
  });

  it('/stop cuts an answer off', async () => {
    model.onMessage('tell me all', { content: 'word '.repeat(2000) }, { latency: 20 });
    const event = await seat.say('tell me all');
    await until('the first words', () => seat.events.some(({ kind }) => kind === 'output'));
    expect(await seat.ask('/stop')).toBe('Stopped.');
    expect(await seat.answerTo(event)).toBe('Stopped.');
  });

  it('an answer that the end of the gateway cut off is given after the next start', async () => {
    model.onMessage('tell me all', { content: 'word '.repeat(2000) }, { latency: 20 });
    const event = await seat.say('tell me all');
    await until('the first words', () => seat.events.some(({ kind }) => kind === 'output'));
    await seat.gateway.request('stop', { force: true });
    await gateway.ended;
    model.reset();
    model.onMessage('tell me all', { content: 'That is all.' });
    gateway = await startGateway(profile);
    const reply = await until(
      'the answer',
      () =>
        profile.rows<{ body: string }>(
          `SELECT body FROM outbox WHERE id = ? AND state = 'sent'`,
          `reply:${event}`,
        )[0],
    );
    expect(JSON.parse(reply.body)).toMatchObject({ text: 'That is all.' });
  });

  it('that cannot be reached, the answer says so and what to do', async () => {
    await model.stop();
    const answer = await seat.ask('hello', 20_000);
    expect(answer).toMatch(/cannot be reached|does not answer|not be reached/i);
    expect(answer).toContain('model');
    const { code, out } = await atom(profile, ['chat', 'hello']);
    expect(code).toBe(7);
    expect(out).not.toBe('');
  });
});
