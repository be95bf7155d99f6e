import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { newId } from '../../src/base/ids.ts';
import type { ConfigFile } from '../../src/config/schema.ts';
import { until } from '../flows/stage/until.ts';
import { openKernel } from './memory-stage.ts';

/**
 * Dana has a telephone and an agent that works in the workspace of the profile, so that nothing of it is Dana's; the
 * owner says yes to everything, and what was asked is kept.
 */
async function openHouse(config: Partial<ConfigFile> = {}) {
  const { atom } = await openKernel({}, {}, (profile) => {
    const jails = ['work', 'of-dana'].map((name) => {
      const folder = join(profile.folder, name);
      mkdirSync(folder, { recursive: true });
      return { name, folder, mode: 'read-write' as const };
    });
    const dana = { agents: ['dana'], jails: ['of-dana'], senders: ['telegram:42'] };
    profile.configure({ ...config, jails, workspace: 'of-dana', users: { dana } });
  });
  await atom.agents.add({ name: 'dana', maturity: 'intern' });
  const { store, bus, approvals } = atom.records;
  const asked: string[] = [];
  bus.on('approval.asked', ({ id, request }) => {
    asked.push(request.action);
    const by = { surface: 'terminal', id: 'owner' };
    approvals.answer({ ref: id, verdict: 'approve', typed: true, by }).catch(() => undefined);
  });
  const say = async (text: string) => {
    asked.length = 0;
    const id = newId();
    await atom.accept({
      id,
      externalId: id,
      from: { channel: 'telegram', account: 'main', peer: '42' },
      sender: { id: '42' },
      kind: 'message',
      text,
      media: [],
      isGroup: false,
      mentionsMe: true,
      at: 1,
    });
    const row = await until(`an answer to ${text}`, () =>
      store.get('SELECT body FROM outbox WHERE id IN ($1, $2)', `reply:${id}`, `say:${id}`),
    );
    return { text: (JSON.parse(String(row.body)) as { text: string }).text, asked: [...asked] };
  };
  return { say };
}

it('what is nothing but atom’s own words and what the asker typed needs no yes; what was looked at does', async () => {
  const { say } = await openHouse();
  const own = {
    'show me the file ../secret.txt':
      'I did not read ../secret.txt. ../secret.txt leads out of the jail of-dana.',
    'show me the file .env':
      'I did not read .env. .env holds secrets by its name: no agent may touch it.',
    'remind me in 5 minutes to drink':
      'I did not use job_add. A job is made in a chat with the owner alone.',
    'what do you remember': 'I remember nothing about that.',
  };
  for (const [text, answer] of Object.entries(own))
    expect(await say(text)).toEqual({ text: answer, asked: [] });
  const looked = { 'show me the file nope.txt': 'nope.txt', '/run pwd': '', 'list files': '' };
  for (const [text, part] of Object.entries(looked)) {
    const answer = await say(text);
    expect(answer).toMatchObject({ text: expect.stringContaining(part) });
    expect(answer.asked).toContain('message.reply');
  }
  for (const [text, answer] of Object.entries(own))
    expect(await say(text)).toEqual({ text: answer, asked: [] });
});

it('an exact command that atom answers itself needs no yes either, whatever a model saw in the conversation before', async () => {
  const { say } = await openHouse({
    model: 'local/test',
    models: { local: { baseUrl: 'http://127.0.0.1:9/v1' } },
  });
  expect((await say('/run pwd')).asked).toContain('message.reply');
  expect(await say('/skills')).toEqual({ text: 'No skill is loaded.', asked: [] });
});
