import { z } from 'zod';
import { PROVIDERS } from '../../domain/provider.ts';

/** A model server on this machine that speaks OpenAI's protocol. */
export interface LocalServer {
  /** As in model ids: `ollama`, `lmstudio`, `llamacpp`. */
  readonly provider: string;
  readonly words: string;
  readonly baseUrl: string;
  /** What it offers, at least one. */
  readonly models: readonly string[];
}

/** Where nobody listens, that is known at once; this is for one that is slow to answer. */
const PROBE_MS = 1000;
const MOST_MODELS = 50;

/** The ids that can be written as a model's name. */
const list = z.object({ data: z.array(z.object({ id: z.string().max(200) })) });

/** Ollama, LM Studio and llama.cpp, where each listens unless told otherwise, if it answers within a second. */
export async function findLocalServers(): Promise<readonly LocalServer[]> {
  // `local` is another name for the first.
  const places = Object.entries(PROVIDERS).filter(([name, { own }]) => own && name !== 'local');
  const found = await Promise.all(
    places.map(async ([provider, { words, baseUrl }]) => ({
      provider,
      words,
      baseUrl,
      models: await modelsAt(baseUrl),
    })),
  );
  return found.filter(({ models }) => models.length > 0);
}

async function modelsAt(baseUrl: string): Promise<readonly string[]> {
  try {
    const signal = AbortSignal.timeout(PROBE_MS);
    const answer = await fetch(`${baseUrl}/models`, { signal, redirect: 'error' });
    const ids = list.parse(await answer.json()).data.map(({ id }) => id);
    return ids.filter((id) => /^\S+$/.test(id)).slice(0, MOST_MODELS);
  } catch {
    return []; // nobody there, or nobody we can talk to
  }
}
