import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { Store } from '../../../src/domain/store.ts';
import { setReach, setTold } from '../../../src/store/tables/agents.ts';
import { until } from '../../flows/stage/until.ts';
import { openOffice } from './office.ts';

it('an agent asks another one, which answers it in a conversation of their own', async () => {
  const { hire, say, store, profile } = await openOffice();
  await hire({ writer: 'supervised' });
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  expect(await say('ask writer to show me notes.txt')).toMatch(/^writer answers: .*buy milk/s);
  expect(await say('@writer show me notes.txt')).toContain('buy milk');
  expect(await say('@nobody hello')).toContain('There are: writer');
  expect(await say('@atom hello')).toContain('does not ask itself');
  const rows = await store.all(
    `SELECT session.key, session.agent, errand.asker, errand.root, spool.id FROM errand
     JOIN spool ON spool.id = errand.event JOIN session ON session.key = spool.lane`,
  );
  expect(rows).toHaveLength(2);
  for (const { key, agent, asker, root } of rows) {
    expect(key).toBe(`agent:writer:atom-${String(root)}`);
    expect([agent, asker]).toEqual(['writer', 'atom']);
  }
  const tasks = await store.all(`SELECT DISTINCT task FROM usage WHERE agent = 'writer'`);
  expect(tasks.map(({ task }) => task)).toEqual(rows.map(({ root }) => root));
  // Every step has its entry on the record, whoever did it.
  const begun = await store.all(`SELECT body FROM audit WHERE kind = 'begun' ORDER BY seq LIMIT 4`);
  const steps = begun.map(({ body }) => JSON.parse(String(body)));
  expect(steps.map(({ principal, action }) => `${principal.id} ${action}`)).toEqual([
    ...['atom agent.ask', 'writer file.read', 'writer message.reply', 'atom message.reply'],
  ]);
});

it('whoever is asked may do no more than the least mature on the way, looked up at each step', async () => {
  const { hire, say, send, replyTo, asked, call, profile, store } = await openOffice();
  await hire({ atom: 'supervised', clerk: 'intern', writer: 'supervised', pupil: 'student' });
  const file = (name: string): string => join(profile.jail, name);
  expect(await say('ask writer to write one to a.txt')).toContain('writer answers');
  expect(readFileSync(file('a.txt'), 'utf8')).toBe('one\n');
  // An intern in between: its maturity is the limit of what follows.
  const sent = await send('ask clerk to ask writer to write two to b.txt');
  const card = await asked();
  expect(card.who).toContain('the agent clerk, for you');
  expect(card.offers ?? []).toEqual([]);
  expect(existsSync(file('b.txt'))).toBe(false);
  await call('approvals.answer', { ref: card.id, verdict: 'deny' });
  expect(await replyTo(sent)).toMatch(/^clerk answers: writer answers: You said no/);
  // A student may not even ask; what it wanted waits for training.
  expect(await say('ask writer to write three to c.txt', 'pupil')).toContain('may not do this');
  const [item] = await store.all(`SELECT agent, action, resource FROM training`);
  expect(item).toMatchObject({ agent: 'pupil', action: 'agent.ask' });
  expect(await say('ask pupil to write four to d.txt')).toContain('an agent at student');
  expect(existsSync(file('c.txt')) || existsSync(file('d.txt'))).toBe(false);
  // Whoever falls between two steps takes the rest with them.
  await hire({ atom: 'student' });
  expect(await say('ask writer to write five to e.txt')).toContain('may not do this');
});

it('what was denied is denied again, whichever agent asks for it in the same task', async () => {
  const { hire, send, replyTo, asked, call, events } = await openOffice();
  await hire({ atom: 'intern', clerk: 'intern', writer: 'intern' });
  const sent = await send('ask clerk to make folder x');
  await call('approvals.answer', { ref: (await asked()).id, verdict: 'deny' });
  expect(await replyTo(sent)).toContain('no');
  const cards = events.filter(({ kind }) => kind === 'approval.asked');
  expect(cards).toHaveLength(1);
});

it('a way back to an agent that waits, and one that is too long, are refused in words', async () => {
  const { hire, say, store, events } = await openOffice();
  await hire({ b: 'intern', c: 'intern', d: 'intern', e: 'intern', f: 'intern' });
  expect(await say('ask b to ask atom to list files')).toMatch(
    /b answers: I did not ask atom\. atom waits for this itself \(atom → b → atom\)/,
  );
  const far = await say('ask b to ask c to ask d to ask e to ask f to list files');
  expect(far).toContain('Stopped: atom → b → c → d → e → f is a longer way');
  const told = await until('the alert', () =>
    events.find((one) => one.kind === 'feed' && one.post.text.startsWith('Stopped: atom')),
  );
  expect(told).toMatchObject({ post: { kind: 'alert', by: 'system' } });
  expect(await store.all(`SELECT 1 AS one FROM errand WHERE asked = 'f'`)).toEqual([]);
});

it('a private agent is not asked, asks nobody, and what it says is nowhere else', async () => {
  const { hire, say, store, profile } = await openOffice();
  await hire({ diary: 'supervised', writer: 'intern' });
  await setTold(store, 'diary', { private: true });
  expect(await say('@diary hello')).toContain('diary is private');
  expect(await say('@writer hello', 'diary')).toContain('no other agent that I may ask');
  writeFileSync(join(profile.jail, 'secret.txt'), 'marzipan\n');
  expect(await say('show me secret.txt', 'diary')).toContain('marzipan');
  // Neither in the feed nor in the record that strangers verify.
  expect(await tablesWith(store, 'marzipan')).toEqual(['outbox', 'run', 'transcript']);
  const heard = await store.all(
    `SELECT DISTINCT session.key FROM transcript JOIN session ON session.id = transcript.session
     WHERE item LIKE '%marzipan%' UNION SELECT DISTINCT lane FROM outbox WHERE body LIKE '%marzipan%'`,
  );
  expect(heard.map(({ key }) => String(key)).toSorted()).toEqual([
    expect.stringMatching(/^terminal.*diary/),
    'terminal:self:diary',
  ]);
  await setReach(store, 'diary', { askedBy: ['writer'] });
  expect(await say('@diary hello')).toContain('has not let atom ask it');
  expect(await say('@diary hello', 'writer')).toContain('diary answers');
  await setReach(store, 'writer', { askedBy: [] });
  expect(await say('@writer hello')).toContain('no other agent that I may ask');
});

/** The tables in which a word is. */
async function tablesWith(store: Store, word: string): Promise<readonly string[]> {
  const tables = await store.all(`SELECT name FROM sqlite_master WHERE type = 'table'`);
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await store.all(`SELECT * FROM ${String(name)}`);
    if (JSON.stringify(rows).includes(word)) found.push(String(name));
  }
  return found.toSorted();
}

it('what a student wanted to ask of another agent is not asked in your name afterwards', async () => {
  const { hire, say, call, store } = await openOffice();
  await hire({ pupil: 'student', writer: 'supervised' });
  expect(await say('ask writer to write three to c.txt', 'pupil')).toContain('may not do this');
  const [item] = await store.all('SELECT id FROM training');
  await expect(call('agents.replay', { id: item?.id })).rejects.toThrow('is not replayed');
  expect(await store.all('SELECT event FROM errand')).toEqual([]);
});
