import { expect, test } from 'vitest';
import { whyNoPostUrl } from '../../src/domain/post-url.ts';

test.each([
  ...['https://a.example/in?x=1', 'https://10.0.0.1', 'http://127.0.0.1:8080/in', 'http://[::1]/'],
  ...['http://localhost:3000', 'http://192.168.1.5/hook', 'http://0x7f.1/'],
])('something may be posted to %s', (url) => {
  expect(whyNoPostUrl(url)).toBeUndefined();
});

test.each([
  ...['http://a.example/in', 'http://8.8.8.8', 'http://a.local/', 'ftp://a.example', 'a.example'],
  ...[
    'https://u:p@a.example',
    'https://u@a.example',
    'https://a.example/#x',
    'https://a.example/#',
  ],
  ...['http://localhost.example.com/', 'http://2130706433.example/', '', 'https://a.example/ x'],
])('nothing may be posted to %s', (url) => {
  expect(whyNoPostUrl(url)).toMatch(/address/);
});
