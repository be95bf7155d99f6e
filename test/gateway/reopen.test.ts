import { describe, expect, it, onTestFinished } from 'vitest';
import { LOCAL_OWNER } from '../../src/domain/caller.ts';
import { until } from '../flows/stage/until.ts';
import { refusal, startScriptedTelegram } from '../peers/scripted-telegram.ts';
import { greeting, openKernel } from './memory-stage.ts';

async function opened({ apiRoot, token }: { readonly apiRoot: string; readonly token: string }) {
  const telegram = { enabled: true, allow: ['42'], apiRoot };
  const stage = await openKernel({ channels: { telegram } }, { 'telegram.token': token });
  const client = stage.connect(LOCAL_OWNER);
  await client.request('connect', greeting);
  const reopen = (channel: string) => client.request('channels.reopen', { channel });
  const { channels } = stage.atom;
  const settled = (state: string) =>
    until(`a channel that is ${state}`, () => {
      const { health } = channels.list().find(({ facts }) => facts.name === 'telegram') ?? {};
      return health?.state === state ? health : undefined;
    });
  return { channels, reopen, settled };
}

describe('a channel that is opened anew', () => {
  it('takes the token that was mended meanwhile, and hears what is written then', async () => {
    const platform = await startScriptedTelegram();
    onTestFinished(platform.close);
    platform.next('getMe', refusal(401, 'Unauthorized'));
    const { reopen, settled } = await opened(platform);
    expect(await settled('failed')).toMatchObject({
      reason: expect.stringContaining('does not accept the token'),
    });
    const answer = await reopen('telegram');
    expect(answer).toMatchObject({ ok: true, payload: { channel: 'telegram' } });
    expect(await settled('ready')).toMatchObject({ identity: '@scripted_bot' });
  });

  it('is one, however often it is asked for at once', async () => {
    const platform = await startScriptedTelegram();
    onTestFinished(platform.close);
    const { channels, reopen, settled } = await opened(platform);
    await settled('ready');
    await Promise.all([1, 2, 3].map(() => reopen('telegram')));
    await settled('ready');
    expect(channels.list().map(({ facts }) => facts.name)).toEqual(['terminal', 'telegram']);
  });

  it('has to have been set up when atom started', async () => {
    const { connect } = await openKernel();
    const client = connect(LOCAL_OWNER);
    await client.request('connect', greeting);
    for (const channel of ['telegram', 'terminal', 'nonsense'])
      expect(await client.request('channels.reopen', { channel })).toMatchObject({
        ok: false,
        error: { code: 'not-found' },
      });
  });
});
