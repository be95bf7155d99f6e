import { z } from 'zod';
import { exitCodes } from '../base/errors.ts';
import type { Scope } from '../domain/caller.ts';
import { closeCodes } from './close-codes.ts';
import { eventWords } from './event-words.ts';
import type { GatewayEvent } from './events.ts';
import { requestFrame, serverFrame } from './frames.ts';
import { MAX_FRAME_BYTES, PROTOCOL } from './limits.ts';
import { type Method, params } from './methods.ts';
import { scopeOfEvent, scopeOfMethod } from './scopes.ts';

/** A JSON Schema, as far as it is looked at here. */
export interface Schema {
  readonly type?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly [key: string]: unknown;
}

/** All that two programs must agree on, made from what the gateway itself checks with. */
export interface Reference {
  readonly protocol: number;
  readonly maxFrameBytes: number;
  readonly frames: { readonly request: Schema; readonly server: Schema };
  readonly methods: readonly {
    readonly name: string;
    readonly scope: Scope;
    readonly params: Schema;
  }[];
  readonly events: readonly {
    readonly kind: string;
    readonly scope: Scope;
    readonly words: string;
  }[];
  readonly errors: readonly string[];
  readonly closeCodes: Readonly<Record<string, number>>;
}

export const protocolReference = (): Reference => ({
  protocol: PROTOCOL,
  maxFrameBytes: MAX_FRAME_BYTES,
  frames: { request: schemaOf(requestFrame), server: schemaOf(serverFrame) },
  methods: (Object.keys(params) as Method[]).map((name) => ({
    name,
    scope: scopeOfMethod(name),
    params: schemaOf(params[name]),
  })),
  events: Object.entries(eventWords).map(([kind, words]) => ({
    // The scope of an event hangs on its kind alone.
    kind,
    scope: scopeOfEvent({ kind } as GatewayEvent),
    words,
  })),
  errors: Object.keys(exitCodes),
  closeCodes,
});

/** What a client writes: defaults may be left out. */
const schemaOf = (schema: z.ZodType): Schema =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }) as Schema;
