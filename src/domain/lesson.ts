/** What atom or an agent of it may do from now on, since the owner said so. */
export interface Lesson {
  /** In one sentence, without a word of what was asked. */
  readonly words: string;
  /** Whose, where and in which channel it was learned; absent where it is about none. */
  readonly agent?: string;
  readonly jail?: string;
  readonly channel?: string;
}
