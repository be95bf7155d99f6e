import type { Json } from '../../src/base/json.ts';
import type { Launch, LaunchResult } from '../../src/domain/jail.ts';

interface Question {
  readonly id?: number;
  readonly method: string;
}

/** What a played process answers to `call`; a text in `fails` is its error. */
export type Played = { readonly value: Json } | { readonly fails: string };

/** Launches nothing: answers as a skill's process would. */
export const playedLaunch =
  (answer: () => Played): Launch =>
  ({ dialogue }) => {
    const { promise, resolve } = Promise.withResolvers<LaunchResult>();
    const say = (message: object): void =>
      dialogue?.take(Buffer.from(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`));
    const reply = ({ id, method }: Question): void => {
      if (id === undefined) return;
      const played = method === 'call' ? answer() : { value: null };
      if ('fails' in played) say({ id, error: { code: -32_000, message: played.fails } });
      else say({ id, result: played.value });
    };
    const end: LaunchResult = {
      ending: { kind: 'stopped' },
      stdout: '',
      stderr: '',
      truncated: false,
      ms: 1,
    };
    setImmediate(() =>
      dialogue?.open({
        write: async (text) => {
          for (const line of text.split('\n').filter(Boolean))
            setImmediate(() => reply(JSON.parse(line) as Question));
        },
        watch: () => undefined,
        end: () => resolve(end),
      }),
    );
    return promise;
  };
