import { expect, it } from 'vitest';
import type { LogLine } from '../../src/base/log.ts';
import { createGatewayLog } from '../../src/gateway/log.ts';

function setLog(profile = 'default') {
  const lines: LogLine[] = [];
  const { log, add } = createGatewayLog('info', profile);
  add((line) => lines.push(line));
  return { log, lines };
}

it('holds no telephone number, and the same hash for the same one', () => {
  const { log, lines } = setLog();
  log.info('message from sms 491701234567', { session: 'sms:dm:491701234567' });
  log.info('reply dispatched to whatsapp-cloud 491701234567');
  log.part('signal').warn('Unauthorized request from user_id: 491701234567', {
    allow: 'atom channels add signal --allow 491701234567',
  });
  log.info('executing shell.exec', {
    words: ['call', '+491701234567'],
    of: { a: ['+491701234567'] },
  });
  log.info('pairing: matched', { channel: 'sms', sender: '491701234567' });
  const told = JSON.stringify(lines);
  expect(told).not.toContain('170123');
  expect(new Set(told.match(/phone#[\w-]{8}/g)).size).toBe(1);
  expect(told.match(/phone#/g)).toHaveLength(8);
});

it('tells nobody by a hash that others could make of all numbers', () => {
  const said = [setLog(), setLog()].map(({ log, lines }) => {
    log.info('message from sms 491701234567');
    return lines[0]?.text;
  });
  expect(said[0]).not.toBe(said[1]);
});

it('keeps ids that are no numbers of people, and takes secrets out', () => {
  const { log, lines } = setLog();
  const kept = 'Unauthorized request from user_id: 5012233441';
  log.warn(kept, { channel: 'telegram', chat: '-1005012233441', port: 8080 });
  log.info(`token=hunter22 in telegram at 1700000000000`);
  expect(lines.map(({ text }) => text)).toEqual([
    kept,
    'token=[secret] in telegram at 1700000000000',
  ]);
  expect(lines[0]?.fields).toEqual({ channel: 'telegram', chat: '-1005012233441', port: 8080 });
});
