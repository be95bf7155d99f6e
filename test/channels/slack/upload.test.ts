import { expect, it } from 'vitest';
import { placeFor } from '../../../src/channels/slack/upload.ts';

const SLACKS = [
  'https://files.slack.com/upload/v1/abc',
  'https://slack-files.com/x',
  'https://acme.slack.com/x',
];
const OTHERS = [
  ...['http://files.slack.com/x', 'https://evil.example/x', 'https://slack.com.evil.example/x'],
  ...[
    'https://notslack.com/x',
    'https://files.slack.com:8443/x',
    'https://slack.com@evil.example/',
  ],
  ...['nonsense', undefined, 'https://127.0.0.1/x', 'file:///etc/passwd'],
];

it('puts files where Slack keeps them, over TLS, and nowhere else whatever it is told', () => {
  for (const url of SLACKS) expect(placeFor(url, undefined).href).toBe(url);
  for (const url of OTHERS)
    expect(() => placeFor(url, undefined), url).toThrow('the file would not lie with Slack');
});

it('puts them at another server where that is the one it talks to', () => {
  const own = 'http://127.0.0.1:8080/api';
  expect(placeFor('http://127.0.0.1:8080/x', own).href).toBe('http://127.0.0.1:8080/x');
  for (const url of [...SLACKS, 'http://127.0.0.1:1/x'])
    expect(() => placeFor(url, own), url).toThrow('the file would not lie with Slack');
});
