import { expect, it } from 'vitest';
import { postUrl, tokenUrl } from '../../src/config/http-url.ts';
import { configSchema } from '../../src/config/schema.ts';

it.each([
  ['https://slack.example/api', 'a token'],
  ['http://127.0.0.1:4000/api', 'a token'],
  ['http://[::1]:4000', 'a token'],
  ['http://localhost:4000', 'a token'],
  ['http://10.1.2.3', 'what is signed'],
  ['http://[fd00::1]', 'what is signed'],
  ['http://slack.example/api', 'nothing'],
  ['http://8.8.8.8', 'nothing'],
  ['http://127.0.0.1.example', 'nothing'],
  ['https://me:word@slack.example', 'nothing'],
  ['ftp://127.0.0.1', 'nothing'],
  ['nothing', 'nothing'],
])('to %s goes at most: %s', (url, most) => {
  expect(tokenUrl.safeParse(url).success).toBe(most === 'a token');
  expect(postUrl.safeParse(url).success).toBe(most !== 'nothing');
});

it('says of a Bot API server of one’s own why its address will not do', () => {
  const telegram = { enabled: true, apiRoot: 'http://10.1.2.3:8081' };
  const { error } = configSchema.safeParse({ version: 1, channels: { telegram } });
  expect(error?.issues).toMatchObject([
    {
      path: ['channels', 'telegram', 'apiRoot'],
      message: expect.stringContaining('a token is sent'),
    },
  ]);
});
