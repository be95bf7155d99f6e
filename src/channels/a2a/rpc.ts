import { z } from 'zod';
import type { HookAnswer } from '../../domain/hook.ts';

/** What is refused, by the codes of JSON-RPC 2.0 and of the Agent2Agent protocol (section 9.5). */
export const CODES = {
  parse: -32_700,
  request: -32_600,
  method: -32_601,
  params: -32_602,
  internal: -32_603,
  noTask: -32_001,
  notCancelable: -32_002,
  noPush: -32_003,
  unsupported: -32_004,
  content: -32_005,
  noExtendedCard: -32_007,
  version: -32_009,
} as const;

export type RpcCode = keyof typeof CODES;

/** Thrown where a call is refused; its message is for whoever called. */
export class RpcError extends Error {
  readonly code: RpcCode;
  constructor(code: RpcCode, message: string) {
    super(message);
    this.name = 'RpcError';
    this.code = code;
  }
}

const id = z.union([z.string().max(200), z.number(), z.null()]);
const request = z.object({
  jsonrpc: z.literal('2.0'),
  id,
  method: z.string().max(100),
  params: z.unknown().optional(),
});

export type RpcId = z.output<typeof id>;
export interface RpcRequest {
  readonly id: RpcId;
  readonly method: string;
  readonly params: unknown;
}

/** Reads one call. Throws RpcError. */
export function readCall(body: Uint8Array): RpcRequest {
  let value: unknown;
  try {
    value = JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body));
  } catch {
    throw new RpcError('parse', 'That is no JSON.');
  }
  const found = request.safeParse(value);
  if (!found.success)
    throw new RpcError('request', 'That is not one call of JSON-RPC 2.0 with an id.');
  return { ...found.data, params: found.data.params };
}

export const answered = (to: RpcId, result: object): HookAnswer =>
  json({ jsonrpc: '2.0', id: to, result });

export const refusedBy = (to: RpcId, { code, message }: RpcError): HookAnswer =>
  json({ jsonrpc: '2.0', id: to, error: { code: CODES[code], message } });

export const json = (value: object): HookAnswer => ({
  status: 200,
  headers: { 'content-type': 'application/json', 'cache-control': 'no-store' },
  body: JSON.stringify(value),
});
