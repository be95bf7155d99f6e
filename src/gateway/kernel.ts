import { AtomError, asAtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Answers } from '../protocol/answers.ts';
import type { FrameError } from '../protocol/frames.ts';
import { type Method, type ParsedParams, params } from '../protocol/methods.ts';

/** What answers each method, given parameters that were checked. */
export type Methods = {
  readonly [M in Method]: (given: ParsedParams<M>) => Promise<Answers[M]>;
};

export type Answer =
  | { readonly ok: true; readonly payload: Json }
  | { readonly ok: false; readonly error: FrameError };

/** The gateway without its socket: a method's name and parameters in, an answer out. Never throws. */
export interface Kernel {
  call(method: string, given: unknown): Promise<Answer>;
}

export const createKernel = (methods: Methods): Kernel => ({
  call: async (method, given) => {
    try {
      const answer = await dispatch(methods, method, given);
      return { ok: true, payload: answer as Json };
    } catch (error) {
      const { code, message, next } = asAtomError(error);
      return { ok: false, error: { code, message, next: [...next] } };
    }
  },
});

async function dispatch(methods: Methods, method: string, given: unknown): Promise<unknown> {
  if (!isMethod(method)) throw new AtomError('usage', `The gateway has no method "${method}".`);
  const parsed = params[method].safeParse(given ?? {});
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    const where = [method, ...(issue?.path ?? [])].join('.');
    throw new AtomError('usage', `${where}: ${issue?.message ?? 'not what this method takes'}`);
  }
  // The table's type ties each method to its own parameters; the union of them needs saying so.
  const answer = methods[method] as (given: unknown) => Promise<unknown>;
  return answer(parsed.data);
}

const isMethod = (name: string): name is Method => Object.hasOwn(params, name);
