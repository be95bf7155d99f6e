import { existsSync, mkdirSync, realpathSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { GatewayEvent } from '../../src/protocol/events.ts';
import { builtAtom } from '../cli/built.ts';
import { atom } from './stage/atom.ts';
import { enrol } from './stage/authenticator.ts';
import { type GatewayProcess, startGateway } from './stage/gateway-process.ts';
import { createProfile, type Profile } from './stage/profile.ts';
import { type Seat, takeSeat } from './stage/seat.ts';
import { until } from './stage/until.ts';

let model: LLMock;
let profile: Profile;
let gateway: GatewayProcess;
let seat: Seat;
beforeAll(async () => {
  await builtAtom();
  model = new LLMock({ port: 0, chunkSize: 16 });
  await model.start();
  profile = createProfile({ env: { DBUS_SESSION_BUS_ADDRESS: '' } });
  const other = join(profile.folder, 'other');
  mkdirSync(other);
  profile.configure({
    jails: [
      { name: 'work', folder: realpathSync(profile.jail) },
      { name: 'other', folder: realpathSync(other) },
    ],
    models: { local: { baseUrl: `${model.url}/v1` } },
    promotion: { actions: 2 },
  });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  writeFileSync(join(other, 'far.txt'), 'far\n');
  gateway = await startGateway(profile);
  seat = await takeSeat(profile);
});
afterAll(async () => {
  seat?.leave();
  await gateway?.kill();
  await model?.stop();
  profile?.remove();
});

const agents = (...words: string[]) => atom(profile, ['agents', ...words]);
const chat = (agent: string, text: string) => atom(profile, ['chat', '--agent', agent, text]);

const told = (words: string): Promise<GatewayEvent> =>
  until(`the announcement “${words}”`, () =>
    seat.events.find((one) => one.kind === 'feed' && one.post.text.includes(words)),
  );

const maturityOf = async (agent: string): Promise<string> =>
  JSON.parse((await agents('show', agent, '--json')).out).agent.maturity;

interface Waiting {
  readonly id: string;
  readonly words: readonly string[];
}

const waiting = async (): Promise<readonly Waiting[]> =>
  JSON.parse((await agents('training', 'writer', '--json')).out).items;

describe('a second agent', () => {
  it('is added, announced, and answers in a conversation of its own', async () => {
    expect((await agents('add', 'writer', '--jails', 'work')).code).toBe(0);
    expect(await told('There is a new agent: writer')).toMatchObject({ post: { kind: 'status' } });
    expect(await chat('writer', 'list files')).toMatchObject({
      code: 0,
      out: expect.stringContaining('notes.txt'),
    });
    const [row] = profile.rows(
      `SELECT run.agent AS actor, session.agent AS speaker FROM run, session
       WHERE run.capability = 'shell.exec ls' AND session.key = 'terminal:self:writer'`,
    );
    expect(row).toEqual({ actor: 'writer', speaker: 'writer' });
    expect((await chat('nobody', 'hello')).err).toContain('There is no agent "nobody"');
  });

  it('may not use a jail that is not one of its own', async () => {
    const far = join(realpathSync(join(profile.folder, 'other')), 'far.txt');
    const refused = await chat('writer', `read ${far}`);
    expect(refused).toMatchObject({
      code: 7,
      out: expect.stringContaining('may not use the jail'),
    });
    expect((await chat('atom', `read ${far}`)).out).toContain('far');
  });

  it('is suggested for promotion once its record argues for it, and stays what it is', async () => {
    await chat('writer', 'list files');
    expect(await told('writer is ready to be intern')).toMatchObject({ post: { kind: 'alert' } });
    await chat('writer', 'list files');
    const posts = seat.events.filter(
      (one) => one.kind === 'feed' && one.post.text.includes('writer is ready'),
    );
    expect(posts).toHaveLength(1);
    expect((await agents('list')).err).toContain('atom agents promote writer');
    expect(await maturityOf('writer')).toBe('student');
  });
});

describe('who is spoken to', () => {
  const feed = (...words: string[]) => atom(profile, ['feed', ...words]);

  it('is told from names that are no agent, and from agents that sleep', async () => {
    const asleep = await feed('post', 'hello @writer and @nobody');
    expect(asleep).toMatchObject({ code: 0, err: expect.stringContaining('@nobody is no agent') });
    expect(asleep.err).toContain('writer does not wake for being named');
    const wake = /atom agents set writer --wakes (\S+)/.exec(asleep.err)?.[1] ?? '';
    expect((await agents('set', 'writer', '--wakes', wake)).code).toBe(0);
    const awake = await feed('post', 'hello @writer');
    expect(awake.err).toContain('It wakes writer.');
    expect(awake.err).not.toContain('does not wake');
    expect((await agents('set', 'writer', '--wakes', 'nothing')).code).toBe(0);
  });

  it('answers where its conversation is shown', async () => {
    const { err } = await agents('message', 'writer', 'list files');
    expect(err).toContain('--wait');
    const shown = /atom (sessions show \S+)/.exec(err)?.[1]?.split(' ') ?? [];
    await until('the answer', async () => (await atom(profile, shown)).out.includes('notes.txt'));
  });

  it('is looked for by name and kind, and what is unknown is said', async () => {
    const none = await feed('--agent', 'writer', '--kind', 'question');
    expect(none).toMatchObject({ code: 0, out: '' });
    expect(none.err).toContain('There is no post by writer, of the kind question.');
    const nobody = await feed('--agent', 'nobody');
    expect(nobody).toMatchObject({ code: 1, err: expect.stringContaining('Who posts: atom') });
    expect(nobody.err).toContain('There is no agent "nobody"');
    expect((await feed('--kind', 'gossip')).err).toContain('status, insight, question, alert');
  });
});

describe('what a student may not do', () => {
  it('waits for training, is run once by its owner, and counts for its record', async () => {
    const refused = await chat('writer', 'make folder photos');
    expect(refused.code).toBe(7);
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
    const [item] = await waiting();
    expect(item?.words).toEqual(['mkdir', '-p', '--', 'photos']);
    const id = item?.id ?? '';
    expect(await agents('replay', id)).toMatchObject({ code: 2 });
    const run = await agents('replay', id, '--yes');
    expect(run).toMatchObject({ code: 0, err: expect.stringContaining('supervised run') });
    expect(existsSync(join(profile.jail, 'photos'))).toBe(true);
    expect(await agents('replay', id, '--yes')).toMatchObject({ code: 1 });
    expect(await waiting()).toEqual([]);
    const report = JSON.parse((await agents('show', 'writer', '--json')).out);
    expect(report.record.recent).toMatchObject({ supervised: 1 });
  });

  it('is asked about like everything else where it cannot be taken back', async () => {
    await chat('writer', 'run git push origin main');
    const [item] = await waiting();
    const replayed = agents('replay', item?.id ?? '', '--yes');
    const card = await seat.asked();
    expect(card).toMatchObject({ words: ['git', 'push', 'origin', 'main'], factor: 'typed' });
    expect(card.says).toBe('training replay of writer');
    await seat.decide(card, 'deny');
    expect(await replayed).toMatchObject({ code: 3 });
    expect(profile.rows('SELECT id FROM run WHERE id LIKE ?', `%${item?.id}`)).toEqual([]);
    expect(await waiting()).toHaveLength(1);
    expect((await agents('replay', item?.id ?? '', '--drop')).code).toBe(0);
    expect(await waiting()).toEqual([]);
  });
});

describe('any chat', () => {
  it('is given to another agent by /agent, and begins afresh', async () => {
    expect(await seat.ask('/agents')).toMatch(/atom · intern · answers here\nwriter · student/);
    expect(await seat.ask('/agent nobody')).toContain('There is no agent of that name');
    await seat.ask('list files');
    expect(await seat.ask('/agent writer')).toContain('writer (student) answers here');
    expect(await seat.ask('make folder other')).toContain('may not do this');
    expect(await seat.ask('/agent atom')).toContain('atom (intern) answers here');
    expect(await seat.ask('/agent atom')).toContain('already');
  });
});

describe('an agent with a model', () => {
  it('is told who it is, and falls at once for writing beyond its jails, which is announced', async () => {
    await agents('add', 'clerk', '--maturity', 'intern', '--model', 'local/test');
    const content = { path: '/srv/planted.txt', content: 'x' };
    const call = { id: 'c1', name: 'file_write', arguments: JSON.stringify(content) };
    model.on({ userMessage: 'tidy up', hasToolResult: false }, { toolCalls: [call] });
    model.on({ userMessage: 'tidy up', hasToolResult: true }, { content: 'I could not.' });
    expect((await chat('clerk', 'tidy up')).out).toContain('I could not.');
    expect(JSON.stringify(model.getRequests()[0]?.body)).toContain('You are clerk');
    expect(await told('clerk is only student now')).toMatchObject({ post: { kind: 'alert' } });
    expect(await maturityOf('clerk')).toBe('student');
    expect(gateway.lines.some(({ text }) => text.includes('clerk is only student'))).toBe(true);
    const audit = await atom(profile, ['audit', 'list', '--kind', 'agent.demoted']);
    expect(audit.out).toContain('clerk from intern to student');
  });
});

describe('a change that was undone and did harm', () => {
  it('takes the agent one step down, and that is announced', async () => {
    const { event } = await seat.gateway.request('chat.send', {
      text: 'make folder harm',
      key: newId(),
      agent: 'atom',
    });
    await seat.decide(await seat.asked(1), 'approve');
    await seat.answerTo(event);
    const [run] = profile.rows<{ id: string }>(
      `SELECT id FROM run WHERE agent = 'atom' AND capability = 'shell.exec mkdir'`,
    );
    const marked = await agents('mark', run?.id ?? '', '--undone', '--harmful');
    expect(marked.err).toContain('one step down');
    await told('atom is only student now');
    expect(await maturityOf('atom')).toBe('student');
    expect((await agents('mark', run?.id ?? '', '--harmful')).code).toBe(1);
    expect((await atom(profile, ['audit', 'verify'])).code).toBe(0);
  });
});

// Elsewhere the secret would be kept in the keychain of whoever runs this.
describe.skipIf(process.platform !== 'linux')('a promotion', () => {
  it('takes a code of the second factor, shows the record, and holds from the next decision on', async () => {
    const phone = await enrol(profile);
    const promote = (code: string) =>
      atom(profile, ['agents', 'promote', 'writer', '--totp-stdin'], code);
    expect(await agents('promote', 'writer')).toMatchObject({ code: 4 });
    const wrong = await promote('aaaa-bbbb-cccc-dddd');
    expect(wrong).toMatchObject({ code: 4, err: expect.stringContaining('That code is wrong') });
    expect(await maturityOf('writer')).toBe('student');
    const promoted = await promote(phone.code());
    expect(promoted).toMatchObject({ code: 0, err: expect.stringContaining('CAPABILITY') });
    expect(promoted.err).toContain('writer is intern now (it was student)');
    await told('The agent writer is intern now');
    const before = seat.events.filter(({ kind }) => kind === 'approval.asked').length;
    const said = chat('writer', 'make folder earned');
    await seat.decide(await seat.asked(before), 'approve');
    expect((await said).code).toBe(0);
    expect(existsSync(join(profile.jail, 'earned'))).toBe(true);
    const audit = await atom(profile, ['audit', 'list', '--kind', 'agent.promoted']);
    expect(audit.out).toContain('writer from student to intern by owner');
  });

  it('is no matter while everything is halted: what a student wanted is not run then', async () => {
    await agents('demote', 'writer');
    await chat('writer', 'make folder wished');
    const [item] = await waiting();
    expect((await atom(profile, ['panic'])).code).toBe(0);
    expect(await agents('replay', item?.id ?? '', '--yes')).toMatchObject({ code: 7 });
    expect(existsSync(join(profile.jail, 'wished'))).toBe(false);
  });
});
