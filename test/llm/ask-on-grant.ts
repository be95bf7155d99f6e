import type { Json } from '../../src/base/json.ts';
import type { Action } from '../../src/domain/action.ts';
import type { Completion, CompletionRequest } from '../../src/domain/completion.ts';
import { cleanLabels } from '../../src/domain/label.ts';
import { issue } from '../../src/governance/grant.ts';

export interface Watch {
  readonly signal?: AbortSignal;
  readonly onText?: (text: string) => void;
}

/** Asks through the action, on a grant, as the governor does. */
export async function askOnGrant(
  llm: Action,
  request: CompletionRequest,
  { signal = new AbortController().signal, onText = () => undefined }: Watch = {},
): Promise<Completion> {
  const prepared = await llm.prepare(request as unknown as Json, undefined);
  const grant = issue({
    complexity: 1,
    digest: '',
    prepared,
    request: {
      id: 'r1',
      action: 'llm.complete',
      resource: prepared.resource,
      context: {},
      labels: cleanLabels,
      principal: { kind: 'agent', id: 'atom' },
    },
  });
  return (await llm.execute(grant, signal, ({ text }) => onText(text))) as unknown as Completion;
}
