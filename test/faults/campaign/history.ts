/** What was said to the bot. `acts`: it asks for something that shows when it is done twice. */
export interface Told {
  readonly chat: string;
  /** Found in the message, in its reply, and in the file that its effect is written to. */
  readonly token: string;
  readonly acts: boolean;
  /** The owner is asked before it is done. */
  readonly asks: boolean;
}

/** A message of the bot that the other side took, whether or not the bot was told so. */
export interface Heard {
  readonly chat: string;
  readonly text: string;
  /** The token of the message that it quotes, where it quotes one. */
  readonly quotes?: string;
}

/** A card asks; a notice tells the owner, in every chat, of a command that a crash cut off. Neither is a reply. */
export const isCard = (text: string): boolean => /\bAPPROVAL \w{4}\b/.test(text);
export const isNotice = (text: string): boolean => /^IN DOUBT \w{6}$/m.test(text);
export const isReply = ({ text }: Heard): boolean => !isCard(text) && !isNotice(text);

/** Which messages something is said of: those that it names, and the one that it quotes. */
export const tokensOf = ({ text, quotes }: Heard): readonly string[] => [
  ...new Set([...tokensIn(text), ...(quotes === undefined ? [] : [quotes])]),
];

/** What somebody beside the gateway saw, in the order in which they saw it. Knows nothing of atom's inside. */
export interface History {
  readonly told: readonly Told[];
  readonly heard: readonly Heard[];
  /** How often each token is in the files of the jail. */
  readonly effects: ReadonlyMap<string, number>;
  /** Tokens of commands that begun and of which the record has no end: nobody knows how far they got. */
  readonly doubtfulRuns: readonly string[];
  /** Messages that are in doubt still. */
  readonly doubtfulMessages: readonly string[];
  /** Messages that were put aside after too many tries. */
  readonly dead: readonly string[];
  /** What the owner is shown of runs, of messages that go out and of those that were put aside. */
  readonly shown: string;
  /** Anything else that is not as it should be: a damaged file, a record that does not verify. */
  readonly broken: readonly string[];
}

/** Names of the messages: the chat's number and the message's. */
export const tokenOf = (chat: string, n: number): string => `c${chat}m${n}`;

const TOKEN = /c\d+m\d+/g;

/** The names of messages in a text, each once. */
export const tokensIn = (text: string): readonly string[] => [...new Set(text.match(TOKEN) ?? [])];
