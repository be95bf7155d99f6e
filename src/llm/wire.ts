import type {
  AssistantModelMessage,
  JSONSchema7,
  JSONValue,
  ModelMessage as SdkMessage,
  ToolSet,
} from 'ai';
import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { CompletionRequest, ModelMessage, ModelTool } from '../domain/completion.ts';
import { type Piece, piecesOf } from './provider-parts.ts';

const json = z.json() as z.ZodType<Json>;
const toolCall = z.object({ id: z.string(), tool: z.string(), input: json });
const message = z.discriminatedUnion('role', [
  z.object({ role: z.literal('user'), text: z.string() }),
  z.object({
    role: z.literal('assistant'),
    text: z.string(),
    calls: z.array(toolCall),
    provider: z.object({ model: z.string(), parts: json }).exactOptional(),
  }),
  z.object({
    role: z.literal('tool'),
    results: z.array(z.object({ call: z.string(), tool: z.string(), text: z.string() })),
  }),
]);

/** The resource of `llm.complete`, as it is checked. */
export const completionRequest: z.ZodType<CompletionRequest> = z.strictObject({
  model: z.string().min(1),
  system: z.string(),
  messages: z.array(message).min(1),
  tools: z.array(z.object({ name: z.string(), description: z.string(), input: json })),
});

/** The result of `llm.complete`, as far as it tells what was used. */
export const completion = z.object({
  usage: z.object({
    input: z.number().nonnegative().optional(),
    output: z.number().nonnegative().optional(),
    cached: z.number().nonnegative().optional(),
    reasoning: z.number().nonnegative().optional(),
  }),
});

/** Messages as the SDK takes them, for the model of an id. */
export const sdkMessages = (messages: readonly ModelMessage[], model: string): SdkMessage[] =>
  messages.map((one) => sdkMessage(one, model));

/** Tools without an `execute`: the SDK hands their calls back, and only the governor runs them. */
export async function sdkTools(tools: readonly ModelTool[]): Promise<ToolSet> {
  const { jsonSchema, tool } = await import('ai');
  return Object.fromEntries(
    tools.map(({ name, description, input }) => [
      name,
      tool({ description, inputSchema: jsonSchema(input as JSONSchema7) }),
    ]),
  );
}

function sdkMessage(item: ModelMessage, model: string): SdkMessage {
  if (item.role === 'user') return { role: 'user', content: item.text };
  if (item.role === 'assistant')
    return { role: 'assistant', content: piecesOf(item, model).flatMap(sdkPiece) };
  const content = item.results.map(({ call, tool, text }) => ({
    type: 'tool-result' as const,
    toolCallId: call,
    toolName: tool,
    output: { type: 'text' as const, value: text },
  }));
  return { role: 'tool', content };
}

type SdkPiece = Exclude<AssistantModelMessage['content'], string>[number];

function sdkPiece(piece: Piece): readonly SdkPiece[] {
  const given = piece.options === undefined ? {} : { providerOptions: piece.options };
  if (piece.kind === 'thought') return [{ type: 'reasoning', text: piece.text, ...given }];
  if (piece.kind === 'text') {
    // Blank text is refused by some providers, also where calls follow it.
    const blank = piece.text.trim() === '' && piece.options === undefined;
    return blank ? [] : [{ type: 'text', text: piece.text, ...given }];
  }
  const { id, tool, input } = piece.call;
  const call = { toolCallId: id, toolName: tool, input: objectOf(input) };
  return [{ type: 'tool-call', ...call, ...given }];
}

/** Providers refuse a history in which an input is not an object, even one they wrote themselves. */
const objectOf = (input: Json): JSONValue =>
  (input !== null && typeof input === 'object' && !Array.isArray(input)
    ? input
    : { unreadable: input }) as JSONValue;
