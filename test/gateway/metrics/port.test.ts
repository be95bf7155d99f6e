import { describe, expect, it } from 'vitest';
import { createUsers } from '../../../src/assembly/users.ts';
import { knownBy } from '../../../src/gateway/known-caller.ts';
import { callerOfToken } from '../../../src/gateway/metrics/caller-of-token.ts';
import { metricsRoute } from '../../../src/gateway/metrics/route.ts';
import { parseExposition } from '../../metrics/parse.ts';
import { setNetwork } from '../network/stage.ts';

/** A port that shows one number, to those whom its own keeper of keys knows. */
async function setPort() {
  const routes = new Map<string, ReturnType<typeof metricsRoute>>();
  const stage = await setNetwork({ routes });
  const family = { name: 'up', help: 'Up', type: 'gauge', samples: [{ value: 1 }] } as const;
  const has = { role: 'member', agents: ['dana'], jails: [], feed: 'own' } as const;
  const users = [{ ...has, name: 'dana', senders: ['device:d3'] }];
  const callerOf = callerOfToken(stage.credentials, knownBy(createUsers({ users, waiting: [] })));
  routes.set('/metrics', metricsRoute({ enabled: true, callerOf, read: async () => [family] }));
  const url = `${stage.url.replace('ws:', 'http:')}/metrics`;
  const get = (headers: Record<string, string> = {}) => fetch(url, { headers });
  return { ...stage, get };
}

describe('/metrics on the port of the gateway', () => {
  it('is for a program with a token, by the keeper of the keys', async () => {
    const { programs, get } = await setPort();
    programs.set('good-token', { id: 'd1', scopes: ['read'] });
    programs.set('chat-token', { id: 'd2', scopes: ['chat'] });
    programs.set('user-token', { id: 'd3', scopes: ['read'] });
    const answer = await get({ authorization: 'Bearer good-token' });
    expect(parseExposition(await answer.text())).toHaveLength(1);
    expect(answer.headers.get('content-type')).toContain('version=0.0.4');
    const others = ['Bearer chat-token', 'Bearer user-token', 'Bearer bad-token', 'good-token'];
    for (const authorization of others) {
      const refused = await get({ authorization });
      expect([refused.status, await refused.text()]).toEqual([401, '']);
    }
  });

  it('leaves whoever guesses tokens alone for a while, and not who shows none', async () => {
    const { programs, get, bursts } = await setPort();
    programs.set('good-token', { id: 'd1', scopes: ['read'] });
    for (let i = 0; i < 12; i++) expect((await get()).status).toBe(401);
    for (let i = 0; i < 10; i++)
      expect((await get({ authorization: `Bearer guess-${i}` })).status).toBe(401);
    expect((await get({ authorization: 'Bearer good-token' })).status).toBe(429);
    expect(bursts).toEqual([]);
  });
});
