import { once } from 'node:events';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Plan, PlanInput } from '../../../src/agent/planner.ts';

/** A model that listens on this machine and does what a script makes of the words it was sent. */
export interface WireModel {
  readonly url: string;
  /** What it answers; where this throws, it answers with that as an error. */
  plan: (input: PlanInput) => Promise<Plan>;
  /** How often it was asked. */
  asked: number;
  /** Everything it was ever told, as it came. */
  readonly told: string[];
  /** The keys that it was shown. */
  readonly keys: Set<string>;
  close(): Promise<void>;
}

interface Message {
  readonly role: 'system' | 'user' | 'assistant' | 'tool';
  readonly content?: string | null;
  readonly tool_calls?: readonly unknown[];
}

/** Speaks the chat completions that most servers of models speak; all it knows is what is in the request. */
export async function openWireModel(): Promise<WireModel> {
  const server = createServer(async (request, response) => {
    model.asked += 1;
    try {
      const body = await bodyOf(request);
      model.told.push(body);
      model.keys.add(String(request.headers.authorization));
      const { messages } = JSON.parse(body) as { readonly messages: readonly Message[] };
      const plan = await model.plan(inputOf(messages));
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      for (const chunk of chunksOf(plan)) response.write(`data: ${JSON.stringify(chunk)}\n\n`);
      response.end('data: [DONE]\n\n');
    } catch (thrown) {
      response.writeHead(400, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: { message: (thrown as Error).message } }));
    }
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const model: WireModel = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/v1`,
    plan: async () => ({ text: 'Done.', calls: [] }),
    asked: 0,
    told: [],
    keys: new Set(),
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
  return model;
}

async function bodyOf(request: IncomingMessage): Promise<string> {
  const parts: Buffer[] = [];
  for await (const part of request) parts.push(part as Buffer);
  return Buffer.concat(parts).toString();
}

/** The turn goes on since the owner's side said something, atom's own notes left out. */
function inputOf(messages: readonly Message[]): PlanInput {
  const said = messages.filter(({ role }) => role !== 'system');
  const turn = said.slice(said.findLastIndex(isSaid));
  return {
    session: '',
    event: '',
    more: 0,
    own: true,
    tools: [],
    step: turn.filter((one) => (one.tool_calls ?? []).length > 0).length,
    transcript: said.map(({ content }) => ({ role: 'user', text: content ?? '', sender: '' })),
  };
}

const isSaid = ({ role, content }: Message): boolean =>
  role === 'user' && !(content ?? '').startsWith('(atom notes:');

function chunksOf({ text, calls }: Plan): readonly unknown[] {
  const tools = calls.map(({ id, tool, input }, index) => ({
    index,
    id: `call_${id}`,
    type: 'function',
    function: { name: tool, arguments: JSON.stringify(input) },
  }));
  const delta = {
    role: 'assistant',
    content: text,
    ...(tools.length > 0 && { tool_calls: tools }),
  };
  const ended = tools.length > 0 ? 'tool_calls' : 'stop';
  const usage = { prompt_tokens: 100, completion_tokens: 10, total_tokens: 110 };
  return [
    { id: 'c', choices: [{ index: 0, delta }] },
    { id: 'c', choices: [{ index: 0, delta: {}, finish_reason: ended }], usage },
  ];
}
