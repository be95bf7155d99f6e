import { expect, it } from 'vitest';
import { keepsMedia } from '../../../src/channels/sms/media.ts';

it.each([
  ['https://mms.twiliocdn.com/AC1/abc?Expires=1', true],
  ['https://media.twiliocdn.com/AC1/abc', true],
  ['https://s3-external-1.amazonaws.com/media.twiliocdn.com/AC1/abc', true],
  ['https://s3-external-1.amazonaws.com/another-bucket/AC1/abc', false],
  ['https://s3-external-1.amazonaws.com/media.twiliocdn.com/../another-bucket/abc', false],
  ['https://s3-external-1.amazonaws.com/media.twiliocdn.com.example/abc', false],
  ['http://mms.twiliocdn.com/AC1/abc', false],
  ['https://mms.twiliocdn.com:8443/AC1/abc', false],
  ['https://mms.twiliocdn.com.example/abc', false],
  ['https://example.com/mms.twiliocdn.com/abc', false],
  ['https://169.254.169.254/latest', false],
])('follows Twilio to %s: %s', (url, may) => {
  expect(keepsMedia(new URL(url))).toBe(may);
});
