import type { Prepared } from '../domain/action.ts';
import type { Complexity } from '../domain/complexity.ts';
import type { Classification } from './classify.ts';
import { classifyScript, classifyWords } from './classify-line.ts';

/** What each action amounts to. A reply to the chat that asked is a look; one to anybody else is a change. */
const BY_ACTION: Readonly<Record<string, readonly [Complexity, string]>> = {
  'file.read': [1, 'only reads'],
  'file.list': [1, 'only reads'],
  'skill.read': [1, 'only reads'],
  'memory.read': [1, 'only reads'],
  'result.read': [1, 'only reads'],
  'file.write': [3, 'writes a file'],
  'file.receive': [2, 'adds a file that came with a message'],
  'file.send': [3, 'sends a file, which nothing takes back'],
  'secret.read': [2, 'hands a skill a secret that is kept for it'],
  'llm.complete': [1, 'asks the model that you chose'],
  'message.reply': [1, 'answers the chat that asked'],
  'message.send': [3, 'writes to somebody else'],
  'feed.post': [2, 'tells the feed'],
  'feed.react': [2, 'tells the feed'],
  'agent.ask': [2, 'asks another agent'],
};

/** The complexity of a prepared action. What nobody classified counts as 4. */
export function complexityOf(action: string, prepared: Prepared): Classification {
  return withNetwork(ownComplexity(action, prepared), prepared);
}

/**
 * What is more than a look and can reach hosts counts as a change at least: what it reads may be sent
 * away, which no snapshot takes back, and what it gives back may be anybody's words.
 */
function withNetwork(own: Classification, { speaksTo = [] }: Prepared): Classification {
  if (own.complexity !== 2 || speaksTo.length === 0) return own;
  return {
    ...own,
    complexity: 3,
    reasons: [...own.reasons, `can speak to ${speaksTo.join(', ')}`],
  };
}

function ownComplexity(
  action: string,
  { script, argv, declared, reversible, speaksTo = [] }: Prepared,
): Classification {
  const where = { undo: reversible !== undefined, offline: speaksTo.length === 0 };
  if (action === 'shell.exec' && script) return classifyScript(script, where);
  if (action === 'shell.exec' && argv) return classifyWords({ argv }, where);
  if (declared !== undefined) return noCommand(declared.complexity, declared.why);
  const known = Object.hasOwn(BY_ACTION, action) ? BY_ACTION[action] : undefined;
  const [complexity, why] = known ?? [4, `how much ${action} does is not known`];
  return noCommand(complexity, why);
}

const noCommand = (complexity: Complexity, why: string): Classification => ({
  complexity,
  reasons: [why],
  commands: [],
});
