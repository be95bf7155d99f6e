import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ClientFactory, ClientFactoryOptions, JsonRpcTransportFactory } from '@a2a-js/sdk/client';
import { expect, it } from 'vitest';
import { hashOfToken, newToken } from '../../../src/channels/a2a/remote.ts';
import { ensureSession } from '../../../src/store/tables/sessions.ts';
import { setWebhooks } from '../../gateway/webhooks/stage.ts';
import { openOffice } from './office.ts';

const TOKEN = newToken();

/** Our gateway with one agent elsewhere that may speak to the writer. */
async function openDoor() {
  const office = await openOffice(
    { channels: { a2a: { agents: ['writer'], remotes: [{ name: 'partner' }] } } },
    { 'a2a.partner': hashOfToken(TOKEN) },
  );
  await office.hire({ writer: 'supervised' });
  const { number } = await setWebhooks({ hooks: Object.fromEntries(office.atom.channels.hooks()) });
  const base = `http://127.0.0.1:${number}`;
  const clientWith = (token: string) => {
    const fetchImpl: typeof fetch = (input, init) =>
      fetch(input, { ...init, headers: { ...init?.headers, authorization: `Bearer ${token}` } });
    const options = ClientFactoryOptions.createFrom(ClientFactoryOptions.default, {
      transports: [new JsonRpcTransportFactory({ fetchImpl })],
    });
    return new ClientFactory(options).createFromUrl(base);
  };
  const rpc = async (body: string, headers: Record<string, string> = {}) => {
    const response = await fetch(`${base}/hooks/a2a`, {
      method: 'POST',
      body,
      headers: { authorization: `Bearer ${TOKEN}`, 'content-type': 'application/json', ...headers },
    });
    return { status: response.status, text: await response.text() };
  };
  return { ...office, base, clientWith, rpc };
}

const message = (messageId: string, text: string, contextId = '') => ({
  messageId,
  contextId,
  taskId: '',
  role: 1,
  extensions: [],
  referenceTaskIds: [],
  parts: [
    {
      content: { $case: 'text', value: text } as const,
      metadata: undefined,
      filename: '',
      mediaType: '',
    },
  ],
  metadata: undefined,
});

const sending = (messageId: string, text: string, contextId?: string) => ({
  tenant: '',
  configuration: undefined,
  metadata: undefined,
  message: message(messageId, text, contextId),
});

/** State and words of a task, as the official client reads them. */
const told = (task: unknown) => {
  const { id, contextId, status, artifacts } = task as {
    id: string;
    contextId: string;
    status: { state: number; message?: { parts: { content: { value: string } }[] } };
    artifacts: { parts: { content: { value: string } }[] }[];
  };
  const text = status.message?.parts[0]?.content.value;
  return {
    id,
    contextId,
    state: status.state,
    text,
    artifact: artifacts[0]?.parts[0]?.content.value,
  };
};

const [COMPLETED, REJECTED] = [3, 7];

it('the official client finds the agent, gets an answer, and is refused what a guest may not do', async () => {
  const { clientWith, profile, base, store } = await openDoor();
  writeFileSync(join(profile.jail, 'notes.txt'), 'buy milk\n');
  const card = await (await fetch(`${base}/.well-known/agent-card.json`)).text();
  expect(JSON.parse(card)).toMatchObject({ name: 'atom', skills: [{ id: 'writer' }] });
  for (const word of ['partner', profile.folder, 'supervised', 'offline'])
    expect(card).not.toContain(word);
  const client = await clientWith(TOKEN);
  const first = told(await client.sendMessage(sending('m1', 'hello')));
  expect(first).toMatchObject({ state: COMPLETED, artifact: first.text });
  const refused = told(
    await client.sendMessage(sending('m2', 'show me notes.txt', first.contextId)),
  );
  expect(refused).toMatchObject({
    state: REJECTED,
    contextId: first.contextId,
    text: expect.stringContaining('You are a guest here'),
  });
  expect(JSON.stringify(refused)).not.toContain('milk');
  // The same message again is the same task, and asked for later it is what it was.
  expect(told(await client.sendMessage(sending('m1', 'hello')))).toEqual(first);
  expect(
    told(await client.getTask({ tenant: '', id: first.id, historyLength: undefined })),
  ).toEqual(first);
  await expect(
    client.getTask({ tenant: '', id: 'nothing', historyLength: undefined }),
  ).rejects.toThrow('There is no such task');
  await expect(
    client.cancelTask({ tenant: '', id: first.id, metadata: undefined }),
  ).rejects.toThrow('cannot be cancelled');
  const rows = await store.all(
    `SELECT session.key, session.agent, transcript.labels FROM transcript
     JOIN session ON session.id = transcript.session WHERE json_extract(item, '$.role') = 'user'`,
  );
  expect(rows).toHaveLength(2);
  for (const { key, agent, labels } of rows) {
    expect([key, agent]).toEqual([`a2a:dm:partner:${first.contextId}`, 'writer']);
    expect(JSON.parse(String(labels)).integrity).toBe('untrusted');
  }
  await expect((await clientWith(newToken())).sendMessage(sending('m3', 'hello'))).rejects.toThrow(
    '404',
  );
});

it('whatever is no call of the protocol is refused by its own code, and no other remote’s task is told', async () => {
  const { rpc, store } = await openDoor();
  const call = (method: string, params: unknown = {}) =>
    JSON.stringify({ jsonrpc: '2.0', id: 'x', method, params });
  const part = (parts: unknown) =>
    call('SendMessage', { message: { messageId: 'p', role: 'ROLE_USER', parts } });
  const rows: readonly (readonly [string, number, Record<string, string>?])[] = [
    ['{', -32700],
    ['[]', -32600],
    [JSON.stringify({ jsonrpc: '2.0', method: 'SendMessage' }), -32600],
    [call('rm'), -32601],
    [call('constructor'), -32601],
    [call('message/send'), -32601],
    [call('SendMessage', { message: 1 }), -32602],
    [part([{ text: 'x'.repeat(65_537) }]), -32602],
    [part([]), -32602],
    [part([{ text: ' ' }]), -32602],
    [part([{ raw: 'AAAA' }]), -32005],
    [call('SendStreamingMessage'), -32004],
    [call('GetExtendedAgentCard'), -32007],
    [call('CreateTaskPushNotificationConfig'), -32003],
    [call('GetTask', { id: 'x' }), -32009, { 'a2a-version': '0.3' }],
    [call('GetTask', { id: 'e1' }), -32001],
  ];
  await store.run(
    `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
     VALUES('e1', 'a2a', 'other', 'm', 'x', $1, 'waiting', 1)`,
    JSON.stringify({ id: 'e1', from: { channel: 'a2a', account: 'other', peer: 'other' } }),
  );
  for (const [body, code, headers] of rows) {
    const { status, text } = await rpc(body, headers);
    expect([body.slice(0, 60), status, JSON.parse(text).error?.code]).toEqual([
      ...[body.slice(0, 60), 200, code],
    ]);
  }
  // Without a token there is nothing here, whatever is asked.
  expect(await rpc('{', { authorization: '' })).toEqual({ status: 404, text: '' });
});

it('one agent elsewhere has a hundred conversations, and those that were idle longest make room', async () => {
  const { rpc, store } = await openDoor();
  for (let n = 0; n < 100; n++) {
    const key = `a2a:dm:partner:c${n}`;
    const home = { channel: 'a2a', account: 'partner', peer: 'partner', thread: `c${n}` };
    await ensureSession(store, { id: `s${n}`, key, agent: 'writer', home, startedAt: n });
  }
  const send = async (messageId: string, contextId: string) => {
    const params = {
      message: { messageId, contextId, role: 'ROLE_USER', parts: [{ text: 'hi' }] },
    };
    const { text } = await rpc(
      JSON.stringify({ jsonrpc: '2.0', id: 1, method: 'SendMessage', params }),
    );
    return text;
  };
  const kept = async () =>
    (
      await store.all("SELECT key FROM session WHERE key LIKE 'a2a:%' ORDER BY started_at LIMIT 2")
    ).map(({ key }) => key);
  expect(await send('m1', 'c0')).toContain('TASK_STATE_COMPLETED');
  expect(await kept()).toEqual(['a2a:dm:partner:c0', 'a2a:dm:partner:c1']);
  // The other ones were idle for longer than the one that was just spoken in.
  expect(await send('m2', 'fresh')).toContain('TASK_STATE_COMPLETED');
  expect(await kept()).toEqual(['a2a:dm:partner:c0', 'a2a:dm:partner:c2']);
  expect(await send('m2', 'fresh')).toContain('TASK_STATE_COMPLETED');
  await store.run(
    `INSERT INTO spool(id, channel, account, external_id, lane, body, state, at)
     SELECT 'w' || id, 'a2a', 'partner', 'w' || id, key, '{}', 'waiting', 1 FROM session WHERE key LIKE 'a2a:%'`,
  );
  expect(await send('m3', 'more')).toContain('You have 100 conversations here that wait');
  expect(await store.all("SELECT 1 AS one FROM spool WHERE external_id = 'm3'")).toEqual([]);
});
