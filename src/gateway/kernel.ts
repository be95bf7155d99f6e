import { AtomError, asAtomError } from '../base/errors.ts';
import { failureFor } from '../base/hint.ts';
import type { Json } from '../base/json.ts';
import { schemaWords } from '../base/schema-words.ts';
import type { Caller, Scope } from '../domain/caller.ts';
import type { Answers } from '../protocol/answers.ts';
import type { FrameError } from '../protocol/frames.ts';
import { type Method, type ParsedParams, params } from '../protocol/methods.ts';
import { scopeForUsers, scopeOfMethod } from '../protocol/scopes.ts';
import type { KnownCallers } from './known-caller.ts';

/** What answers each method, given parameters that were checked and whoever asks. */
export type Methods = {
  readonly [M in Method]: (given: ParsedParams<M>, caller: Caller) => Promise<Answers[M]>;
};

export type Failure = { readonly ok: false; readonly error: FrameError };
export type Answer = { readonly ok: true; readonly payload: Json } | Failure;

/** The gateway without its socket: who asks, a method's name and parameters in, an answer out. Never throws. */
export interface Kernel extends Pick<KnownCallers, 'told'> {
  call(caller: Caller, method: string, given: unknown): Promise<Answer>;
}

/** What fails names commands for this `profile`. */
export const createKernel = (
  methods: Methods,
  { known, told }: KnownCallers,
  profile = 'default',
): Kernel => ({
  told,
  call: async (caller, method, given) => {
    try {
      const answer = await dispatch(methods, known(caller), { method, given });
      return { ok: true, payload: answer as Json };
    } catch (error) {
      return failure(failureFor(profile, error));
    }
  },
});

/** What was thrown, as an answer. */
export function failure(thrown: unknown): Failure {
  const { code, message, next } = asAtomError(thrown);
  return { ok: false, error: { code, message, next: [...next] } };
}

/** The parameters of a method, checked. Throws AtomError `usage`. */
export function readParams<M extends Method>(method: M, given: unknown): ParsedParams<M> {
  const parsed = params[method].safeParse(given ?? {});
  if (parsed.success) return parsed.data as ParsedParams<M>;
  throw new AtomError('usage', `${method} cannot be done like that: ${schemaWords(parsed.error)}`, {
    next: ['See what it takes:   atom help protocol'],
  });
}

async function dispatch(
  methods: Methods,
  caller: Caller,
  { method, given }: { readonly method: string; readonly given: unknown },
): Promise<unknown> {
  if (!isMethod(method)) throw new AtomError('usage', `The gateway has no method "${method}".`);
  const scope = scopeFor(caller, method);
  // Who was let in may be told to whom it speaks, whatever else it may do.
  if (method !== 'connect' && !caller.scopes.includes(scope))
    throw new AtomError(
      'blocked',
      `${caller.name} may not ask for ${method}: that takes “${scope}”.`,
      {
        next: [
          'Do it at the machine where the gateway runs, or pair anew with more: atom devices pair',
        ],
      },
    );
  // The table's type ties each method to its own parameters; the union of them needs saying so.
  const answer = methods[method] as (given: unknown, caller: Caller) => Promise<unknown>;
  return answer(readParams(method, given), caller);
}

/** Throws AtomError `blocked` where no user may ask for it, whatever a device of theirs was given. */
function scopeFor({ user, name }: Caller, method: Method): Scope {
  if (user === undefined) return scopeOfMethod(method);
  const scope = scopeForUsers(method);
  if (scope !== undefined) return scope;
  throw new AtomError('blocked', `${name} is ${user}’s, and ${method} is for the owner alone.`);
}

const isMethod = (name: string): name is Method => Object.hasOwn(params, name);
