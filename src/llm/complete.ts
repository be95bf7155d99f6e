import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Action, Prepared, Update } from '../domain/action.ts';
import type { Completion, CompletionRequest } from '../domain/completion.ts';
import { redeem } from '../governance/grant.ts';
import { answerOf, type Question } from './answer.ts';
import { type PersistDeps, persistently } from './persist.ts';
import { isHere, type KeyOf, type ModelSettings, placeOf } from './place.ts';
import { inWords } from './provider-error.ts';
import { completionRequest } from './wire.ts';

export interface LlmDeps extends PersistDeps {
  readonly key: KeyOf;
  readonly models: ModelSettings;
}

/**
 * The action `llm.complete`: asks one model once. The resource is a CompletionRequest, the result a
 * Completion; text is streamed as `text`. Tool calls are handed back and never made here.
 */
export const createLlm = (deps: LlmDeps): Action => ({
  name: 'llm.complete',
  prepare: async (resource) => prepare(parse(resource), deps),
  execute: async (grant, signal, onUpdate) => {
    const request = parse(redeem(grant).prepared.resource);
    const place = placeOf(request.model, deps.models);
    const key = await deps.key(place.provider);
    const said = { any: false };
    const told: Update = (part) => {
      said.any = true;
      onUpdate(part);
    };
    const asked: Asked = { question: { request, place, key }, said, onUpdate: told };
    try {
      return (await ask(deps, asked, signal)) as unknown as Json;
    } catch (thrown) {
      throw signal.aborted ? signal.reason : await inWords(thrown, { place, key, said: said.any });
    }
  },
});

function parse(resource: Json): CompletionRequest {
  const parsed = completionRequest.safeParse(resource);
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  throw new AtomError(
    'usage',
    `Not a request to a model: ${issue?.path.join('.')} ${issue?.message}`,
  );
}

function prepare(request: CompletionRequest, { models }: LlmDeps): Prepared {
  const { provider, baseUrl } = placeOf(request.model, models);
  const count = request.messages.length;
  return {
    resource: request as unknown as Json,
    facts: { provider, baseUrl },
    leaves: isHere(baseUrl) ? 'nobody' : 'provider',
    // What a model says changes nothing; what it asks for is decided on its own.
    declared: { complexity: 1, why: 'asks the model that you chose' },
    card: {
      kind: 'model',
      words: [`Ask ${request.model}`],
      may: [`Send this conversation (${count} messages) to ${baseUrl}`],
      undo: 'What was sent cannot be taken back.',
    },
  };
}

interface Asked {
  readonly question: Question;
  /** Whether anything was shown. */
  readonly said: { readonly any: boolean };
  readonly onUpdate: Update;
}

function ask(
  deps: LlmDeps,
  { question, said, onUpdate }: Asked,
  signal: AbortSignal,
): Promise<Completion> {
  const { provider, needsKey, baseUrl } = question.place;
  const asking = {
    provider,
    again: needsKey && !isHere(baseUrl),
    began: () => said.any,
    ask: () => answerOf(question, signal, onUpdate),
  };
  return persistently(deps, asking, signal);
}
