import { LLMock } from '@copilotkit/aimock';
import { tokensIn } from './history.ts';
import { acting } from './talk.ts';

export interface Model {
  readonly url: string;
  close(): Promise<void>;
}

/**
 * A model that does what it was asked for: for each message that it has not dealt with it runs the command
 * or reads the file that the message names, and then says which it dealt with.
 */
export async function startModel(): Promise<Model> {
  const mock = new LLMock({ port: 0, chunkSize: 400 });
  mock.on({}, ({ messages }) => {
    const since = messages.findLastIndex(
      ({ role, tool_calls }) => role === 'assistant' && !tool_calls?.length,
    );
    const turn = messages.slice(since + 1);
    const said = (role: string): string =>
      JSON.stringify(turn.filter((message) => message.role === role));
    const asked = tokensIn(said('user'));
    const called = tokensIn(said('assistant'));
    const next = asked.find((token) => !called.includes(token));
    if (next === undefined)
      return { content: `Dealt with: ${asked.join(', ')}\n${resultsIn(turn)}` };
    const looks = said('user').includes(`${next}.txt`);
    const call = looks
      ? { name: 'file_read', input: { path: `${next}.txt` } }
      : { name: 'shell_exec', input: { line: acting(next) } };
    return {
      toolCalls: [{ id: `call_${next}`, name: call.name, arguments: JSON.stringify(call.input) }],
    };
  });
  await mock.start();
  return { url: mock.url, close: async () => void (await mock.stop()) };
}

interface Message {
  readonly role: string;
  readonly content?: unknown;
}

/** What the tools said, so that whoever reads the answer sees what was done and what is in doubt. */
const resultsIn = (turn: readonly Message[]): string =>
  turn
    .filter(({ role }) => role === 'tool')
    .map(({ content }) => (typeof content === 'string' ? content : JSON.stringify(content)))
    .join('\n');
