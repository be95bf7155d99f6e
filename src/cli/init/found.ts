import { z } from 'zod';
import type { Env } from '../../config/env.ts';

/** A model server on this machine that speaks OpenAI's protocol. */
export interface LocalServer {
  readonly baseUrl: string;
  /** The first model it offers. */
  readonly model: string;
}

/** Ollama and LM Studio, where each listens unless told otherwise. */
const PLACES = ['http://127.0.0.1:11434/v1', 'http://127.0.0.1:1234/v1'] as const;
const PROBE_MS = 200;

const list = z.object({ data: z.array(z.object({ id: z.string() })) });

/** Model servers that answer on the loopback within 200 ms. */
export async function findLocalServers(): Promise<readonly LocalServer[]> {
  const found = await Promise.all(PLACES.map(ask));
  return found.filter((server) => server !== undefined);
}

async function ask(baseUrl: string): Promise<LocalServer | undefined> {
  try {
    const answer = await fetch(`${baseUrl}/models`, { signal: AbortSignal.timeout(PROBE_MS) });
    const model = list.parse(await answer.json()).data[0]?.id;
    return model === undefined ? undefined : { baseUrl, model };
  } catch {
    return undefined; // nobody there, or nobody we can talk to
  }
}

/** Names, never values, of keys that the environment holds. */
export const keysInEnv = ({ secrets }: Env): readonly string[] => Object.keys(secrets);
