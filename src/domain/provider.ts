/** The ways to speak to a provider of models; `chat` is what most servers understand. */
export const modelApis = ['anthropic', 'responses', 'chat', 'google', 'openrouter'] as const;
export type ModelApi = (typeof modelApis)[number];

export interface Provider {
  /** As people know it. */
  readonly words: string;
  readonly baseUrl: string;
  readonly api: ModelApi;
  /** True for a server of one's own: it needs no key and costs nothing. */
  readonly own: boolean;
}

/** The providers that need no settings, by their names in model ids, where their documentation says they are. */
export const PROVIDERS: Readonly<Record<string, Provider>> = {
  anthropic: far('Anthropic', 'https://api.anthropic.com/v1', 'anthropic'),
  openai: far('OpenAI', 'https://api.openai.com/v1', 'responses'),
  google: far('Google', 'https://generativelanguage.googleapis.com/v1beta', 'google'),
  openrouter: far('OpenRouter', 'https://openrouter.ai/api/v1', 'openrouter'),
  ollama: here('Ollama', 11_434),
  lmstudio: here('LM Studio', 1234),
  llamacpp: here('llama.cpp', 8080),
  // As it was called before there were three of them.
  local: here('a model server of this machine', 11_434),
};

function far(words: string, baseUrl: string, api: ModelApi): Provider {
  return { words, baseUrl, api, own: false };
}

function here(words: string, port: number): Provider {
  return { words, baseUrl: `http://127.0.0.1:${port}/v1`, api: 'chat', own: true };
}

/** The provider of a name; undefined where it needs settings. */
export const providerNamed = (name: string): Provider | undefined =>
  Object.hasOwn(PROVIDERS, name) ? PROVIDERS[name] : undefined;

/** A model id taken apart: what comes before the first slash, and the rest. */
export function partsOfModel(id: string): { readonly provider: string; readonly model: string } {
  const slash = id.indexOf('/');
  return { provider: slash < 0 ? '' : id.slice(0, slash), model: id.slice(slash + 1) };
}
