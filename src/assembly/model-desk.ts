import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import { newId } from '../base/ids.ts';
import type { Json } from '../base/json.ts';
import { readConfig } from '../config/file.ts';
import type { Perform } from '../domain/action.ts';
import type { CompletionRequest, ModelMessage, ModelTool } from '../domain/completion.ts';
import type { ModelTest, ModelWish } from '../domain/model-choice.ts';
import { costOfTokens } from '../llm/cost.ts';
import { placeOf, readersOf } from '../llm/place.ts';
import { setModel } from '../store/tables/agents.ts';
import type { Agents } from './agents.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** What the owner does about models. */
export interface ModelDesk {
  /** Chooses what an agent thinks with, from its next turn on. Throws AtomError `not-found`, `config`. */
  use(wish: ModelWish): Promise<void>;
  /**
   * Who would read what an agent, or the profile's agents, are told, and does not now: base URLs beyond this machine.
   * Throws AtomError `not-found`.
   */
  newReaders(wish: Wish): Promise<readonly string[]>;
  /** Has a model call a tool and say something, through the governor. Throws AtomError with its provider's words. */
  test(model: string): Promise<ModelTest>;
}

/** Without an agent, for the profile. */
type Wish = Pick<ModelWish, 'model' | 'fallbacks'> & { readonly agent?: string };

export interface ModelDeskParts {
  readonly records: Pick<Records, 'store' | 'audit' | 'steady'>;
  readonly agents: Pick<Agents, 'require' | 'find'>;
  readonly performAsOwner: Perform;
}

export function createModelDesk(options: AtomOptions, parts: ModelDeskParts): ModelDesk {
  const { config } = options;
  const { store, audit } = parts.records;
  return {
    use: async ({ agent, model, fallbacks }) => {
      await parts.agents.require(agent);
      const named = [...(model === undefined || model === 'offline' ? [] : [model]), ...fallbacks];
      for (const one of named) placeOf(one, config.models);
      // Without a model of its own it has the profile's fallbacks with the profile's model.
      const own = model === undefined && fallbacks.length === 0 ? {} : { fallbacks };
      await store.tx(async (sql) => {
        await setModel(sql, agent, { model, ...own });
        const chosen = { agent, model: model ?? null, fallbacks: [...fallbacks], by: 'owner' };
        await audit(sql, 'agent.model', chosen);
      });
    },
    newReaders: (wish) => newReaders(options, parts, wish),
    test: (model) => test(options, parts, model),
  };
}

async function newReaders(
  { config, paths }: AtomOptions,
  { agents }: ModelDeskParts,
  { agent, model, fallbacks }: Wish,
): Promise<readonly string[]> {
  if (agent !== undefined) await agents.require(agent);
  const now = agent === undefined ? config : await agents.find(agent);
  // The profile is given its models in the settings, of which a gateway takes none before its next start.
  const settings = agent === undefined ? (await readConfig(paths)).models : config.models;
  const own = model === undefined ? [config.model, ...config.fallbacks] : [model];
  const known = readersOf([now.model, ...(now.fallbacks ?? [])], config.models);
  const next = readersOf([...own, ...fallbacks], settings);
  return next.filter((reader) => !known.includes(reader));
}

const PING: ModelTool = {
  name: 'ping',
  description: 'Answers with a word. For trying out that tools can be called.',
  input: {
    type: 'object',
    properties: { word: { type: 'string' } },
    required: ['word'],
  },
};

const answer = z.object({
  text: z.string(),
  calls: z.array(z.object({ id: z.string(), tool: z.string(), input: z.json() })),
  usage: z.object({ input: z.number().optional(), output: z.number().optional() }),
  provider: z.object({ model: z.string(), parts: z.json() }).exactOptional(),
});

async function test(
  { config }: AtomOptions,
  { records, performAsOwner }: ModelDeskParts,
  model: string,
): Promise<ModelTest> {
  if (model === 'offline')
    throw new AtomError('usage', 'The offline planner is no model: there is nothing to test.', {
      next: ['Name one:   atom models test anthropic/<model>', 'atom models list'],
    });
  placeOf(model, config.models);
  const ask = async (messages: readonly ModelMessage[], onText: () => void) => {
    const request = { ...TRIAL, model, messages } as unknown as Json;
    const intent = { id: newId(), action: 'llm.complete', resource: request, context: {} };
    const outcome = await performAsOwner(intent, { onUpdate: onText });
    if (outcome.ok) return answer.parse(outcome.value);
    throw new AtomError(outcome.reason === 'failed' ? 'failed' : 'blocked', outcome.message);
  };
  const { steady } = records;
  const began = steady.monotonic();
  let firstMs: number | undefined;
  const onText = (): void => {
    firstMs ??= steady.monotonic() - began;
  };
  const question: ModelMessage = {
    role: 'user',
    text: 'Call the tool ping with the word "atom". Then say what it answered, in one short sentence.',
  };
  const first = await ask([question], onText);
  const { text, calls, provider } = first;
  const said: ModelMessage = { role: 'assistant', text, calls, ...(provider && { provider }) };
  const results = calls.map(({ id, tool }) => ({ call: id, tool, text: 'pong, atom' }));
  const all =
    calls.length === 0
      ? [first]
      : [first, await ask([question, said, { role: 'tool', results }], onText)];
  const totalMs = steady.monotonic() - began;
  return {
    model,
    calledTool: calls.some(({ tool }) => tool === PING.name),
    text: all.at(-1)?.text ?? '',
    ...(firstMs === undefined ? {} : { firstMs: Math.round(firstMs) }),
    totalMs: Math.round(totalMs),
    ...spent(model, all, config),
  };
}

const TRIAL: Omit<CompletionRequest, 'model' | 'messages'> = {
  system: 'You are being tried out. Do what you are asked, briefly.',
  tools: [PING],
};

function spent(
  model: string,
  answers: readonly z.infer<typeof answer>[],
  { models, limits }: Pick<AtomOptions['config'], 'models' | 'limits'>,
): Pick<ModelTest, 'tokens' | 'money' | 'currency'> {
  const { currency } = limits;
  const sum = (kind: 'input' | 'output'): number =>
    answers.reduce((all, { usage }) => all + (usage[kind] ?? 0), 0);
  const tokens = { input: sum('input'), output: sum('output') };
  if (tokens.input === 0 && tokens.output === 0) return { currency };
  return { currency, tokens, money: costOfTokens(model, tokens, models) / 1_000_000 };
}
