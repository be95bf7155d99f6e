// The model of long-talk.ts, in a process of its own: it keeps what it was asked, and that is not atom's memory.
import { type ChatCompletionRequest, LLMock } from '@copilotkit/aimock';
import { asModel, faultsIn, hasText, isSummary, RULE } from '../agent/long-talk.ts';

/** What the model saw, all in all. */
export interface Seen {
  readonly questions: number;
  readonly summaries: number;
  /** Questions after the rule was given that it is not in. */
  readonly withoutRule: number;
  /** Each kind once: calls without results, windows that were too small. */
  readonly faults: readonly string[];
}

const seen: ChatCompletionRequest[] = [];
const answer = asModel(seen);
const server = new LLMock({ port: 0, chunkSize: 1000 });
server.on({ predicate: () => true }, (request) => answer(request));
await server.start();
process.send?.(server.url);
process.once('message', async () => {
  const questions = seen.filter((request) => !isSummary(request));
  const ruled = questions.slice(questions.findIndex((one) => hasText(one, RULE)));
  const all: Seen = {
    questions: questions.length,
    summaries: seen.length - questions.length,
    withoutRule: ruled.filter((one) => !hasText(one, RULE)).length,
    faults: [...new Set(seen.flatMap(faultsIn))],
  };
  process.send?.(all);
  await server.stop();
  process.disconnect();
});
