import { describe, expect, onTestFinished, test } from 'vitest';
import { AtomError } from '../../../src/base/errors.ts';
import { newStandardSecret } from '../../../src/channels/signatures/standard-webhooks.ts';
import type { Source } from '../../../src/channels/webhook/source.ts';
import { SendError } from '../../../src/domain/channel.ts';
import type { InboundEvent } from '../../../src/domain/event.ts';
import { startProgram } from '../../peers/standard-webhooks.ts';
import { webhookFor, webhookHome } from './stage.ts';

async function setChannel(
  sources?: readonly Source[],
  accept: (event: InboundEvent) => Promise<void> = async () => undefined,
) {
  const program = await startProgram();
  onTestFinished(program.close);
  const channel = webhookFor(program, sources === undefined ? {} : { sources });
  const events: InboundEvent[] = [];
  const open = (): void =>
    channel.open({
      accept: async (event) => {
        await accept(event);
        events.push(event);
      },
      health: () => undefined,
    });
  const send = (more: object = {}) =>
    channel.send(
      { id: 'm.1', to: webhookHome, text: 'done', buttons: [], ...more },
      AbortSignal.timeout(10_000),
    );
  return { program, channel, events, open, send };
}

const failureOf = async (sending: Promise<unknown>) => {
  const thrown = await sending.catch((error: unknown) => error);
  return thrown instanceof SendError ? thrown.failure : thrown;
};

describe('what a program posts', () => {
  test('is a message of that program, and its words are marked as such', async () => {
    const { program, events, open } = await setChannel();
    open();
    expect(await program.post({ text: 'v2 is out', thread: 'api' }, { id: 'msg_1' })).toEqual({
      status: 200,
    });
    expect(events).toMatchObject([
      {
        externalId: 'msg_1',
        kind: 'message',
        text: 'v2 is out',
        isGroup: false,
        from: { ...webhookHome, thread: 'api' },
        sender: { id: 'deploys' },
        wordsOf: 'posted by the program “deploys”',
      },
    ]);
  });

  test('is said as it is where it has no text', async () => {
    const { program, events, open } = await setChannel();
    open();
    await program.post({ type: 'email.bounced', data: { to: 'dana' } });
    expect(events[0]?.text).toContain('"type": "email.bounced"');
  });

  test('is told apart by the secret, whoever it says that it is', async () => {
    const [a, b] = [newStandardSecret(), newStandardSecret()];
    const { program, events, open } = await setChannel([
      { name: 'a', secret: a, session: 'both' },
      { name: 'b', secret: b, session: 'both' },
    ]);
    open();
    await program.post({ text: 'x', source: 'a' }, { secret: b });
    expect(events[0]).toMatchObject({ sender: { id: 'b' }, from: { account: 'b', peer: 'both' } });
    const stranger = await program.post({ text: 'x' }, { secret: newStandardSecret() });
    expect(stranger).toMatchObject({ status: 401, reason: 'the signature does not match' });
    // What we sign ourselves is good for nothing here.
    expect(await program.post({ text: 'x' }, { secret: program.secrets.out })).toMatchObject({
      status: 401,
    });
    expect(events).toHaveLength(1);
  });

  test('is refused where it is no message: nothing is made of a part of it', async () => {
    const { program, events, open } = await setChannel();
    open();
    const wrong: [string, number][] = [
      ...['', 'hello', '[]', 'null', '"text"', '{"text":1}', '{"text":" "}', '{"text":"a"'].map(
        (body): [string, number] => [body, 400],
      ),
      ['{"text":"a","thread":"a:b"}', 400],
      [JSON.stringify({ text: 'a'.repeat(65_537) }), 413],
    ];
    for (const [body, status] of wrong)
      expect(await program.post(body), body.slice(0, 20)).toMatchObject({ status });
    expect(events).toEqual([]);
  });

  test('is acknowledged once it is kept, and brought again where it could not be', async () => {
    let full = true;
    const { program, events, open } = await setChannel(undefined, async () => {
      if (full) throw new AtomError('unavailable', 'no room');
    });
    await expect(program.post({ text: 'early' })).rejects.toMatchObject({ code: 'unavailable' });
    open();
    await expect(program.post({ text: 'a' }, { id: 'm' })).rejects.toThrow('no room');
    full = false;
    expect(await program.post({ text: 'a' }, { id: 'm' })).toEqual({ status: 200 });
    expect(events.map(({ externalId }) => externalId)).toEqual(['m']);
  });

  test('is refused when it is old, or from the future', async () => {
    const { program, events, open } = await setChannel();
    open();
    for (const away of [-301_000, 302_000])
      expect(await program.post({ text: 'a' }, { at: new Date(Date.now() + away) })).toMatchObject({
        status: 401,
      });
    expect(events).toEqual([]);
  });
});

describe('an answer to a program', () => {
  test('is posted, signed for the library to verify, and counts once when it is posted again', async () => {
    const { program, send } = await setChannel();
    expect(await send({ inReplyTo: 'e1' })).toEqual({ externalId: 'm_1' });
    await send({ inReplyTo: 'e1' });
    expect(program.received).toEqual([
      {
        id: 'm_1',
        data: { id: 'm_1', session: 'webhook:dm:deploys', text: 'done', inReplyTo: 'e1' },
      },
    ]);
  });

  test.each([
    [{ status: 500 }, { kind: 'later' }],
    [{ status: 404 }, { kind: 'later' }],
    [
      { status: 429, headers: { 'retry-after': '7' } },
      { kind: 'later', retryMs: 7000 },
    ],
    [{ status: 302, headers: { location: 'http://127.0.0.1:1/' } }, { kind: 'later' }],
    [{ status: 410 }, { kind: 'refused' }],
  ])('that is answered with %j', async (refusal, failure) => {
    const { program, send } = await setChannel();
    program.refusals.push(refusal);
    expect(await failureOf(send())).toMatchObject(failure);
    expect(program.received).toEqual([]);
  });

  test('that cannot be posted is kept for later', async () => {
    const { program, send } = await setChannel();
    await program.close();
    expect(await failureOf(send())).toMatchObject({
      kind: 'later',
      reason: 'the address for answers cannot be reached (ECONNREFUSED)',
    });
  });

  test('goes to nobody where the settings name no address, or not the program', async () => {
    const secret = newStandardSecret();
    const { program, send } = await setChannel([{ name: 'deploys', secret, session: 'deploys' }]);
    expect(await send()).toEqual({ externalId: 'm.1' });
    expect(await failureOf(send({ to: { ...webhookHome, account: 'gone' } }))).toMatchObject({
      kind: 'refused',
    });
    expect(program.received).toEqual([]);
  });
});
