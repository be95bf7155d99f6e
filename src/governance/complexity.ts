import type { Prepared } from '../domain/action.ts';
import { type Classification, classifyArgv } from './classify.ts';

/** What each action amounts to. A reply to the chat that asked is a look; one to anybody else is a change. */
const BY_ACTION: Readonly<Record<string, Classification>> = {
  'file.read': { complexity: 1, reasons: ['only reads'] },
  'file.list': { complexity: 1, reasons: ['only reads'] },
  'file.write': { complexity: 3, reasons: ['writes a file'] },
  'llm.complete': { complexity: 1, reasons: ['asks the model that you chose'] },
  'message.reply': { complexity: 1, reasons: ['answers the chat that asked'] },
  'message.send': { complexity: 3, reasons: ['writes to somebody else'] },
  'feed.post': { complexity: 2, reasons: ['tells the feed'] },
};

/** The complexity of a prepared action. What nobody classified counts as 4. */
export function complexityOf(action: string, prepared: Prepared): Classification {
  if (action === 'shell.exec' && prepared.argv) return classifyArgv(prepared.argv);
  if (prepared.declared !== undefined) {
    return { complexity: prepared.declared, reasons: ['as the skill declares'] };
  }
  return BY_ACTION[action] ?? { complexity: 4, reasons: [`how much ${action} does is not known`] };
}
