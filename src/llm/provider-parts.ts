import type { AssistantContent, ModelMessage, ProviderMetadata } from 'ai';
import { z } from 'zod';
import type { Json } from '../base/json.ts';
import type { ProviderPart, ToolCall } from '../domain/session.ts';

const options = z.record(z.string(), z.record(z.string(), z.json())).optional();
/**
 * The order of an answer, its thoughts, and what the provider signed. Its text and its calls are those of
 * the transcript: they are not kept twice, and nothing can be said with them that the transcript does not.
 */
const parts = z.array(
  z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('thought'), text: z.string(), options }),
    z.strictObject({ kind: z.literal('text'), length: z.int().min(0), options }),
    z.strictObject({ kind: z.literal('call'), options }),
  ]),
);
type Part = z.infer<typeof parts>[number];

/** What is kept of an answer for its own model; undefined where its provider wants nothing back. */
export function keptOf(
  model: string,
  messages: readonly ModelMessage[],
): { readonly provider?: ProviderPart } {
  const contents = messages.flatMap(({ role, content }) =>
    role === 'assistant' ? (typeof content === 'string' ? [] : content) : [],
  );
  const kept = contents.flatMap(partOf);
  if (kept.every(({ kind, options: given }) => kind !== 'thought' && given === undefined))
    return {};
  return { provider: { model, parts: JSON.parse(JSON.stringify(kept)) as Json } };
}

function partOf(content: Exclude<AssistantContent, string>[number]): readonly Part[] {
  switch (content.type) {
    case 'reasoning':
      return [{ kind: 'thought', text: content.text, ...optionsOf(content.providerOptions) }];
    case 'text':
      return [{ kind: 'text', length: content.text.length, ...optionsOf(content.providerOptions) }];
    case 'tool-call':
      return [{ kind: 'call', ...optionsOf(content.providerOptions) }];
    default:
      return [];
  }
}

const optionsOf = (given: ProviderMetadata | undefined): Pick<Part, 'options'> =>
  given === undefined ? {} : { options: given as NonNullable<Part['options']> };

interface Said {
  readonly text: string;
  readonly calls: readonly ToolCall[];
  readonly provider?: ProviderPart;
}

/** One piece of an answer as it is told again, in the order in which it was said. */
export type Piece =
  | { readonly kind: 'thought'; readonly text: string; readonly options?: ProviderMetadata }
  | { readonly kind: 'text'; readonly text: string; readonly options?: ProviderMetadata }
  | { readonly kind: 'call'; readonly call: ToolCall; readonly options?: ProviderMetadata };

/**
 * An answer in pieces, for the model that is asked. Without its thoughts where they are another model's, or
 * do not fit what the transcript says that was said.
 */
export function piecesOf({ text, calls, provider }: Said, model: string): readonly Piece[] {
  const plain: readonly Piece[] = [
    { kind: 'text', text },
    ...calls.map((call) => ({ kind: 'call', call }) as const),
  ];
  if (provider?.model !== model) return plain;
  const read = parts.safeParse(provider.parts);
  return (read.success ? filled(read.data, text, calls) : undefined) ?? plain;
}

function filled(
  kept: readonly Part[],
  text: string,
  calls: readonly ToolCall[],
): readonly Piece[] | undefined {
  const left = [...calls];
  let at = 0;
  const pieces = kept.flatMap((part): readonly Piece[] => {
    const given = part.options === undefined ? {} : { options: part.options as ProviderMetadata };
    if (part.kind === 'thought') return [{ kind: 'thought', text: part.text, ...given }];
    if (part.kind === 'text') {
      at += part.length;
      return [{ kind: 'text', text: text.slice(at - part.length, at), ...given }];
    }
    const call = left.shift();
    return call ? [{ kind: 'call', call, ...given }] : [];
  });
  const fits = at === text.length && left.length === 0;
  return fits && count(pieces, 'call') === count(kept, 'call') ? pieces : undefined;
}

const count = (all: readonly { readonly kind: string }[], kind: string): number =>
  all.filter((one) => one.kind === kind).length;
