/** Why an OpenClaw gateway refused a request, as far as a client goes by it. */
export interface Refusal {
  readonly code: string;
  readonly message: string;
  readonly retryable: boolean;
  readonly retryAfterMs: number;
  /** The finer code that handshakes carry (`AUTH_TOKEN_MISMATCH`, `PAIRING_REQUIRED`). */
  readonly detail?: string;
}

/** What an OpenClaw gateway sends; see docs/gateway/protocol.md of openclaw/openclaw, "Framing". */
export type OpenClawFrame =
  | { readonly type: 'res'; readonly id: string; readonly ok: true; readonly payload: unknown }
  | { readonly type: 'res'; readonly id: string; readonly ok: false; readonly refusal: Refusal }
  | { readonly type: 'event'; readonly event: string; readonly payload: unknown };

/** Reads one frame; undefined where it is none. */
export function readOpenClawFrame(text: string): OpenClawFrame | undefined {
  const frame = parsed(text);
  if (!isRecord(frame)) return undefined;
  const { type, id, ok, payload, event, error } = frame;
  if (type === 'event') return typeof event === 'string' ? { type, event, payload } : undefined;
  if (type !== 'res' || typeof id !== 'string') return undefined;
  if (ok === true) return { type, id, ok, payload };
  return ok === false ? { type, id, ok, refusal: refusalOf(error) } : undefined;
}

function refusalOf(error: unknown): Refusal {
  const { code, message, retryable, retryAfterMs, details } = isRecord(error) ? error : {};
  const detail = isRecord(details) ? details.code : undefined;
  return {
    code: typeof code === 'string' ? code : 'UNKNOWN',
    message: typeof message === 'string' ? message : 'The gateway gave no reason.',
    retryable: retryable === true,
    retryAfterMs: typeof retryAfterMs === 'number' ? retryAfterMs : 0,
    ...(typeof detail === 'string' ? { detail } : {}),
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

export const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
