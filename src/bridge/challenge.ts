import type { Challenge } from '../protocol/connect.ts';
import { firstText } from './first-text.ts';
import type { WebWire } from './web-socket.ts';

/** The first frame of a gateway, and which dialect it is of. */
export type AnyChallenge =
  | { readonly dialect: 'atom'; readonly challenge: Challenge }
  | { readonly dialect: 'openclaw'; readonly nonce: string };

/** Waits for a gateway's first frame; resolves with undefined where it is no challenge. */
export const challengeOn = async (
  wire: WebWire,
  signal: AbortSignal,
): Promise<AnyChallenge | undefined> => readChallenge(await firstText(wire, signal));

/** By hand, like every frame of a gateway (see server-frame). */
function readChallenge(text: string): AnyChallenge | undefined {
  const frame = parsed(text);
  if (!isRecord(frame) || frame.type !== 'event') return undefined;
  const { event, payload } = frame;
  if (event === 'connect.challenge' && isRecord(payload) && isText(payload.nonce))
    return { dialect: 'openclaw', nonce: payload.nonce };
  if (!isRecord(event) || event.kind !== 'connect.challenge') return undefined;
  const { challenge, gateway } = event;
  if (!isText(challenge) || !isText(gateway)) return undefined;
  return { dialect: 'atom', challenge: { kind: 'connect.challenge', challenge, gateway } };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isText = (value: unknown): value is string => typeof value === 'string' && value.length > 0;
