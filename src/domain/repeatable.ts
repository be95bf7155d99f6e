/** Doing these twice is doing them once: they read, or write one row under its own id. */
const REPEATABLE: ReadonlySet<string> = new Set([
  ...['file.read', 'file.list', 'llm.complete', 'message.reply', 'feed.post', 'feed.react'],
  ...['secret.read', 'memory.read'],
]);

/** True for an action that may simply be done again after a crash. */
export const isRepeatable = (action: string): boolean => REPEATABLE.has(action);

/** True for an action that is one transaction: where it failed, nothing of it was done. */
export const isAllOrNothing = (action: string): boolean =>
  action === 'message.reply' || action === 'agent.ask';
