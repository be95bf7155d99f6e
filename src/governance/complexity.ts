import type { Prepared } from '../domain/action.ts';
import type { Complexity } from '../domain/complexity.ts';
import { type Classification, classifyArgv } from './classify.ts';

/** What each action amounts to. A reply to the chat that asked is a look; one to anybody else is a change. */
const BY_ACTION: Readonly<Record<string, readonly [Complexity, string]>> = {
  'file.read': [1, 'only reads'],
  'file.list': [1, 'only reads'],
  'file.write': [3, 'writes a file'],
  'llm.complete': [1, 'asks the model that you chose'],
  'message.reply': [1, 'answers the chat that asked'],
  'message.send': [3, 'writes to somebody else'],
  'feed.post': [2, 'tells the feed'],
};

/** The complexity of a prepared action. What nobody classified counts as 4. */
export function complexityOf(action: string, prepared: Prepared): Classification {
  if (action === 'shell.exec' && prepared.argv) return classifyArgv(prepared.argv);
  if (prepared.declared !== undefined) return noCommand(prepared.declared, 'as the skill declares');
  const [complexity, why] = BY_ACTION[action] ?? [4, `how much ${action} does is not known`];
  return noCommand(complexity, why);
}

const noCommand = (complexity: Complexity, why: string): Classification => ({
  complexity,
  reasons: [why],
  commands: [],
});
