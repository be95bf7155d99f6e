import type { Prepared } from '../domain/action.ts';
import { type Classification, classifyArgv } from './classify.ts';

/** A classification with the programs that would be started. */
export interface Measured extends Classification {
  readonly commands: readonly (readonly string[])[];
}

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
export function complexityOf(action: string, prepared: Prepared): Measured {
  if (action === 'shell.exec' && prepared.argv)
    return { commands: [prepared.argv], ...classifyArgv(prepared.argv) };
  return { ...plain(action, prepared), commands: [] };
}

function plain(action: string, { declared }: Prepared): Classification {
  if (declared !== undefined) return { complexity: declared.complexity, reasons: [declared.why] };
  const known = Object.hasOwn(BY_ACTION, action) ? BY_ACTION[action] : undefined;
  return known ?? { complexity: 4, reasons: [`how much ${action} does is not known`] };
}
