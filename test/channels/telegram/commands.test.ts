import { expect, test } from 'vitest';
import { IN_GROUPS, PRIVATE } from '../../../src/channels/telegram/commands.ts';
import { readCommand } from '../../../src/domain/read-command.ts';
import { refusal, startScriptedTelegram } from '../../peers/scripted-telegram.ts';
import { telegramFor, watched } from './stage.ts';

test('offers the commands that exist, once it is ready, and other ones in groups', async (t) => {
  const server = await startScriptedTelegram();
  t.onTestFinished(server.close);
  const channel = telegramFor(server);
  t.onTestFinished(() => channel.close());
  watched(channel);
  await expect.poll(() => server.calls('setMyCommands').length).toBe(2);
  await expect.poll(() => server.calls('getUpdates').length).toBeGreaterThan(1);
  expect(server.calls('setMyCommands')).toEqual([
    { commands: PRIVATE, scope: { type: 'all_private_chats' } },
    { commands: IN_GROUPS, scope: { type: 'all_group_chats' } },
  ]);
  for (const { command } of PRIVATE)
    expect(readCommand(`/${command}`)?.kind, command).toBe('command');
});

test('is ready all the same where they cannot be offered', async (t) => {
  const server = await startScriptedTelegram();
  t.onTestFinished(server.close);
  server.next('setMyCommands', refusal(500, 'Internal Server Error'));
  const channel = telegramFor(server);
  t.onTestFinished(() => channel.close());
  const { state, reasons } = watched(channel);
  await expect.poll(() => server.calls('getUpdates').length).toBeGreaterThan(1);
  expect(state()).toBe('ready');
  expect(reasons()).toEqual([]);
});
