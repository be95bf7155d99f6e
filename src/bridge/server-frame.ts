import type { GatewayEvent } from '../protocol/events.ts';
import type { FrameError } from '../protocol/frames.ts';

export type ServerFrame =
  | { readonly type: 'res'; readonly id: string; readonly ok: true; readonly payload: unknown }
  | { readonly type: 'res'; readonly id: string; readonly ok: false; readonly error: FrameError }
  | { readonly type: 'event'; readonly seq: number; readonly event: GatewayEvent };

/**
 * Reads one line from the gateway; `undefined` where it is no frame. By hand instead of with the zod
 * schema of protocol/frames, because loading zod would double the cold start of `atom status`.
 */
export function readServerFrame(line: string): ServerFrame | undefined {
  const frame = parsed(line);
  if (!isRecord(frame)) return undefined;
  if (frame.type === 'event') return isEvent(frame) ? (frame as ServerFrame) : undefined;
  if (frame.type !== 'res' || typeof frame.id !== 'string') return undefined;
  if (frame.ok === true && 'payload' in frame) return frame as ServerFrame;
  return frame.ok === false && isFailure(frame.error) ? (frame as ServerFrame) : undefined;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return undefined;
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const isEvent = ({ seq, event }: Record<string, unknown>): boolean =>
  typeof seq === 'number' && isRecord(event) && typeof event.kind === 'string';

const isFailure = (error: unknown): boolean =>
  isRecord(error) &&
  typeof error.code === 'string' &&
  typeof error.message === 'string' &&
  Array.isArray(error.next) &&
  error.next.every((step) => typeof step === 'string');
