import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { Tool } from '../domain/tool.ts';
import { readable } from './output-text.ts';
import { because, tableTool } from './table-tool.ts';

/** The tool that asks another agent. */
export const AGENT_ASK = 'agent_ask';

/** Another agent, for whoever may ask it. */
export interface Colleague {
  readonly name: string;
  readonly maturity: string;
}

const begun = z.object({ event: z.string() });
const answer = z.object({ agent: z.string(), answer: z.string() });

/** Asks another agent and comes to its answer, which is data like all that tools return. */
export const askTool = (colleagues: readonly Colleague[]): Tool => ({
  ...tableTool({
    name: AGENT_ASK,
    action: 'agent.ask',
    description: `Ask another agent of your owner to do or say something, and wait for its answer. It knows nothing of this conversation: say all that it needs. There are: ${colleagues
      .map(({ name, maturity }) => `${name} (${maturity})`)
      .join(', ')}.`,
    input: z.strictObject({
      agent: z.string().min(1).describe('Its name.'),
      text: z.string().min(1).max(8000).describe('What it is asked.'),
      because,
    }),
    toText: answerText,
  }),
  awaits: (value) => begun.parse(value).event,
});

function answerText(value: Json): string {
  const result = answer.safeParse(value);
  if (!result.success) return JSON.stringify(value);
  return readable(`${result.data.agent} answers: ${result.data.answer}`);
}
