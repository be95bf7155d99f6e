import type { Change } from '../frames.ts';
import type { Asking } from './ask.ts';
import type { Baileys, Creds } from './baileys.ts';

type Values = Readonly<Record<string, unknown>>;

/** Baileys' auth state, kept by the parent. */
export interface Auth {
  readonly creds: Creds;
  readonly keys: {
    get(kind: string, ids: readonly string[]): Promise<Values>;
    set(values: Readonly<Record<string, Values>>): Promise<void>;
  };
  /** Keeps the credentials as they are now. */
  keepCreds(): void;
}

/** Opens what is kept, or begins as a device that nobody knows. */
export function openAuth({ BufferJSON, initAuthCreds, proto }: Baileys, ask: Asking): Auth {
  const parse = (text: string): unknown => JSON.parse(text, BufferJSON.reviver);
  const text = (value: unknown): string => JSON.stringify(value, BufferJSON.replacer);
  const kept = ask({ ask: 'read', kind: 'creds', ids: ['main'] }).values?.main;
  const creds = kept === undefined ? initAuthCreds() : (parse(kept) as Creds);
  const revive = (kind: string, value: unknown): unknown =>
    kind === 'app-state-sync-key'
      ? proto.Message.AppStateSyncKeyData.fromObject(value as Values)
      : value;
  return {
    creds,
    keys: {
      get: async (kind, ids) => {
        const { values = {} } = ask({ ask: 'read', kind, ids: [...ids] });
        return Object.fromEntries(
          Object.entries(values).map(([id, value]) => [id, revive(kind, parse(value))]),
        );
      },
      set: async (all) => {
        const changes: Change[] = Object.entries(all).flatMap(([kind, values]) =>
          Object.entries(values ?? {}).map(([id, value]) => ({
            kind,
            id,
            value: value === null || value === undefined ? null : text(value),
          })),
        );
        if (changes.length > 0) ask({ ask: 'write', changes });
      },
    },
    keepCreds: () =>
      void ask({ ask: 'write', changes: [{ kind: 'creds', id: 'main', value: text(creds) }] }),
  };
}
