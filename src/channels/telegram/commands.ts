import type { BotCommand } from 'grammy/types';
import { forGrammy } from './api.ts';
import { type CourtesyDeps, tried } from './courtesies.ts';

/** What the menu of a private chat offers: commands that do something without further words. */
export const PRIVATE: readonly BotCommand[] = [
  { command: 'help', description: 'What can be said' },
  { command: 'new', description: 'Start afresh' },
  { command: 'stop', description: 'Stop what is running' },
  { command: 'sessions', description: 'Conversations of this chat, to go on with' },
  { command: 'compact', description: 'Sum up what was said before' },
  { command: 'model', description: 'Which model answers here' },
  { command: 'status', description: 'How things stand' },
  { command: 'agents', description: 'Who could answer here' },
  { command: 'undo', description: 'Take back what was changed last' },
  { command: 'panic', description: 'Emergency: stop and refuse everything' },
];

/** In groups everybody sees it. */
export const IN_GROUPS: readonly BotCommand[] = PRIVATE.filter(({ command }) =>
  ['help', 'new', 'stop'].includes(command),
);

const CALL_MS = 10_000;

/** Tells Telegram what its menus are to offer. Best effort: they can be typed all the same. */
export const offerCommands = (deps: CourtesyDeps): Promise<void> =>
  tried(deps, 'commands not offered in the menu', async () => {
    const api = await deps.api();
    const signal = forGrammy(AbortSignal.timeout(CALL_MS));
    await api.setMyCommands(PRIVATE, { scope: { type: 'all_private_chats' } }, signal);
    await api.setMyCommands(IN_GROUPS, { scope: { type: 'all_group_chats' } }, signal);
  });
