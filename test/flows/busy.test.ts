import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { LLMock } from '@copilotkit/aimock';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { builtAtom } from '../cli/built.ts';
import { type CrablinePeer, startCrabline } from '../peers/crabline.ts';
import { startGateway } from './stage/gateway-process.ts';
import { createProfile } from './stage/profile.ts';
import { until } from './stage/until.ts';

beforeAll(async () => void (await builtAtom()));

const opened: (() => unknown)[] = [];
afterEach(async () => {
  for (const close of opened.splice(0).reverse()) await close();
});

/** A gateway with a model and a chat, whose owner has asked for two folders; the card for them is open. */
async function askedForFolders(whileBusy: 'steer' | 'interrupt') {
  const model = new LLMock({ port: 0 });
  await model.start();
  opened.push(() => model.stop());
  const peer = await startCrabline();
  opened.push(peer.close);
  const profile = createProfile({
    config: {
      model: 'local/test',
      models: { local: { baseUrl: `${model.url}/v1` } },
      sessions: { whileBusy },
      channels: { telegram: { enabled: true, allow: ['42'], apiRoot: peer.apiRoot } },
    },
    env: { TELEGRAM_BOT_TOKEN: peer.token, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  opened.push(profile.remove);
  const toolCalls = ['photos', 'videos'].map((name) => ({
    id: name,
    name: 'shell_exec',
    arguments: JSON.stringify({ argv: ['mkdir', name] }),
  }));
  model.on({ userMessage: 'make two folders' }, { toolCalls });
  model.on({ userMessage: 'rather only photos' }, { content: 'Only photos, then.' });
  const gateway = await startGateway(profile);
  opened.push(gateway.kill);
  await peer.inject('make two folders');
  const card = await sent(peer, 'APPROVAL');
  const code = /APPROVAL (\w{4})/.exec(card.text)?.[1] ?? '';
  return { model, peer, profile, code, gateway };
}

const sent = (peer: CrablinePeer, text: string) =>
  until(
    `a message with “${text}”`,
    async () => (await peer.sentMessages()).find((message) => message.text.includes(text)),
    20_000,
  );

describe('what the owner writes while a turn runs', () => {
  it('leaves an open question open, and steers the turn once it is answered', async () => {
    const { peer, profile, model, code } = await askedForFolders('steer');
    await peer.inject('rather only photos');
    await sent(peer, 'Your message is queued');
    const said = performance.now();
    await until('half a second without a word', () => performance.now() - said > 600);
    await peer.inject(`ok ${code}`);
    await sent(peer, 'Only photos, then.');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(true);
    expect(existsSync(join(profile.jail, 'videos'))).toBe(false);
    expect(JSON.stringify(model.getLastRequest()?.body)).toContain('said something new first');
    const rows = () => profile.rows('SELECT state, result FROM spool WHERE lane <> ?', '');
    const replied = { state: 'handled', result: 'replied' };
    expect(rows()).toEqual([replied, replied]);
    expect(profile.rows(`SELECT id FROM outbox WHERE id LIKE 'reply:%'`)).toHaveLength(1);
  });

  it('stops it where it is told to interrupt, with its question, and is taken at once', async () => {
    const { peer, profile } = await askedForFolders('interrupt');
    await peer.inject('rather only photos');
    await sent(peer, 'Stopped.');
    await sent(peer, 'Only photos, then.');
    expect(existsSync(join(profile.jail, 'photos'))).toBe(false);
    expect(profile.rows('SELECT state FROM approval WHERE state = ?', 'pending')).toEqual([]);
    const results = profile.rows('SELECT result FROM spool ORDER BY seq');
    expect(results).toEqual([{ result: 'stopped' }, { result: 'replied' }]);
  });
});
