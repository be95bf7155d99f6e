import { type Asked, DANA, METHOD_NOT_FOUND, OWN, OWN_UUID, type Refusal } from './frames.ts';

export interface SignalCliOptions {
  /** On a Unix socket instead of TCP. */
  readonly socket?: boolean;
  readonly port?: number;
  /** The accounts of a signal-cli that has several; absent for one that was started with `-a`. */
  readonly accounts?: readonly string[];
  /** False for one that takes messages in by itself, and hands them to whoever is connected. */
  readonly manual?: boolean;
  /** What it keeps of attachments, by id. */
  readonly files?: Readonly<Record<string, Uint8Array>>;
  /** Where the timestamps of messages begin. */
  readonly now?: number;
}

/** What happened so far. */
export interface Played {
  /** Envelopes that nobody has taken yet. */
  readonly waiting: object[];
  readonly asked: Asked[];
  readonly files: Readonly<Record<string, Uint8Array>>;
  ending?: Refusal | { readonly result: object } | 'lose' | 'slow' | undefined;
  /** Ends a slow `send`. */
  slow?: PromiseWithResolvers<void>;
  /** True once the phone took the code, false once it is too old. */
  linked?: PromiseWithResolvers<boolean>;
}

type Reply = { readonly result: unknown } | { readonly error: Refusal } | 'lose';

/** What signal-cli answers; `next` gives timestamps. */
export function answersOf(
  played: Played,
  options: SignalCliOptions,
  next: () => number,
): (asked: Asked) => Promise<Reply> {
  const { accounts } = options;
  let codes = 0;
  const methods: Record<string, (params: Asked['params']) => Promise<Reply> | Reply> = {
    version: () => ({ result: { version: '0.14.6' } }),
    subscribeReceive: () => ({ result: 0 }),
    unsubscribeReceive: () => ({ result: {} }),
    sendTyping: () => ({ result: {} }),
    sendReceipt: () => ({ result: { timestamp: next() } }),
    sendReaction: () => ({ result: { timestamp: next() } }),
    async send() {
      const { ending } = played;
      played.ending = undefined;
      if (ending === 'slow') {
        played.slow = Promise.withResolvers();
        await played.slow.promise;
      } else if (ending !== undefined) {
        if (ending === 'lose') return ending;
        return 'code' in ending ? { error: ending } : ending;
      }
      return { result: { timestamp: next(), results: [{ type: 'SUCCESS' }] } };
    },
    getUserStatus({ recipient }) {
      const asked = Array.isArray(recipient) ? recipient : [recipient];
      const uuid = (number: unknown) => (number === DANA.number ? DANA.uuid : null);
      return {
        result: asked.map((number) => ({ recipient: number, number, uuid: uuid(number) })),
      };
    },
    getAttachment({ id, recipient, groupId }) {
      const file = played.files[String(id)];
      if (file === undefined || (recipient ?? groupId) === undefined)
        return { error: { code: -1, message: `An error occurred reading attachment: ${id}` } };
      return { result: { data: Buffer.from(file).toString('base64') } };
    },
  };
  const several: typeof methods = {
    listAccounts: () => ({
      result: accounts?.map((number) => ({ number, aci: number === OWN ? OWN_UUID : null })),
    }),
    startLink() {
      codes += 1;
      played.linked = Promise.withResolvers();
      return { result: { deviceLinkUri: `sgnl://linkdevice?uuid=${codes}&pub_key=X` } };
    },
    async finishLink() {
      const taken = await played.linked?.promise;
      if (taken === false)
        return { error: { code: -3, message: 'Link request timed out, please try again.' } };
      return { result: { number: OWN, aci: OWN_UUID } };
    },
  };
  return async (asked) => {
    const params = asked.params ?? {};
    played.asked.push({ ...asked, params });
    const { account } = params;
    const ofAll = accounts && several[asked.method];
    if (ofAll) return ofAll(params);
    const method = methods[asked.method];
    if (!method) return { error: METHOD_NOT_FOUND };
    if (asked.method === 'version') return method(params);
    if (!accounts && account !== undefined)
      return { error: { code: -32600, message: 'Unrecognized field "account"' } };
    if (accounts && !accounts.includes(String(account)))
      return { error: { code: -32602, message: 'Specified account does not exist' } };
    return method(params);
  };
}
