/** What a person can take back from a chat; each answers what they are told. */
export interface UndoDoor {
  /** The last run of a conversation. `id` is the same where the message comes twice. Throws AtomError. */
  last(from: { readonly key: string; readonly id: string }): Promise<string>;
  /** What could be taken back of a conversation. */
  list(key: string): Promise<string>;
}
