/** Where somebody is: one chat on one account of one channel, or one thread in it. */
export interface Address {
  readonly channel: string;
  /** Which of our accounts: the bot's id, the phone number; `main` where there is only one. */
  readonly account: string;
  /** The platform's unchangeable id of the chat, never a user name. */
  readonly peer: string;
  readonly thread?: string;
}

/** One text for one address, usable as a key. */
export const addressKey = ({ channel, account, peer, thread }: Address): string =>
  [channel, account, peer, thread ?? ''].map(encodeURIComponent).join('/');
