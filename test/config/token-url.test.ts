import { expect, it } from 'vitest';
import { tokenUrl } from '../../src/config/http-url.ts';

it.each([
  ['https://slack.example/api', true],
  ['http://127.0.0.1:4000/api', true],
  ['http://localhost:4000', true],
  ['http://10.1.2.3', true],
  ['http://slack.example/api', false],
  ['http://8.8.8.8', false],
  ['https://me:word@slack.example', false],
  ['ftp://127.0.0.1', false],
  ['nothing', false],
])('a token may be sent to %s: %s', (url, may) => {
  expect(tokenUrl.safeParse(url).success).toBe(may);
});
