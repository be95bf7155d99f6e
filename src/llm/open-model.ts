import type { LanguageModel } from 'ai';
import { AtomError } from '../base/errors.ts';
import type { ModelPlace } from './place.ts';

/** The model, ready to be asked. Loads only the SDK it needs. Throws AtomError `credentials`. */
export async function openModel(
  place: ModelPlace,
  key: string | undefined,
): Promise<LanguageModel> {
  const { provider, model, baseUrl: baseURL, needsKey } = place;
  if (needsKey && key === undefined) {
    throw new AtomError('credentials', `There is no key for ${provider}.`, {
      next: [`Store it:   atom secrets set ${provider}.key`, 'Or choose the model "offline".'],
    });
  }
  // Given also where there is none: the SDKs would look for one in the environment.
  const settings = { baseURL, apiKey: key ?? 'none', fetch: staying };
  switch (place.api) {
    case 'anthropic':
      return (await import('@ai-sdk/anthropic')).createAnthropic(settings)(model);
    case 'responses':
      return (await import('@ai-sdk/openai')).createOpenAI(settings).responses(model);
    case 'google':
      return (await import('@ai-sdk/google')).createGoogle(settings)(model);
    case 'openrouter':
      return (await import('@openrouter/ai-sdk-provider'))
        .createOpenRouter({ ...settings, compatibility: 'strict' })
        .chat(model);
    case 'chat':
      return chatModel(place, key);
  }
}

/** OpenAI renamed a field that every other server knows by its old name. */
async function chatModel(
  { provider, model, baseUrl: baseURL }: ModelPlace,
  key: string | undefined,
): Promise<LanguageModel> {
  if (provider === 'openai') {
    const { createOpenAI } = await import('@ai-sdk/openai');
    return createOpenAI({ baseURL, apiKey: key ?? 'none', fetch: staying }).chat(model);
  }
  const { createOpenAICompatible } = await import('@ai-sdk/openai-compatible');
  return createOpenAICompatible({
    name: provider,
    baseURL,
    includeUsage: true,
    fetch: staying,
    ...(key === undefined ? {} : { apiKey: key }),
  })(model);
}

/** A conversation goes where the governor was told that it goes, and its key too: nobody is sent elsewhere. */
const staying: typeof fetch = (input, init) => fetch(input, { ...init, redirect: 'error' });
