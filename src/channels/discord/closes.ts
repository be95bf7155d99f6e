/** Discord will not have us back, whatever we do: discord.com/developers/docs/topics/opcodes-and-status-codes. */
const FATAL: Readonly<Record<number, string>> = {
  4004: 'Discord does not accept the token (4004). Copy it again from the Developer Portal, under Bot: atom channels add discord',
  4010: 'Discord says that the shard is invalid (4010). That is a fault of atom: please report it',
  4011: 'this bot is in too many servers for one connection (4011). Give atom a bot of its own',
  4012: 'Discord does not speak this version of its gateway any more (4012). Update atom',
  4013: 'Discord does not know what it was asked to send (4013). That is a fault of atom: please report it',
  4014: 'Discord refuses an intent that this bot is not allowed (4014). Turn on “Message Content Intent” in the Developer Portal, under Bot, Privileged Gateway Intents; or do without it: atom channels add discord --set messageContent=false',
};

/** Why a close is the last, in words with the next step; undefined where we may come back. */
export const fatalWords = (code: number): string | undefined => FATAL[code];

/** What a close means that is not the last. */
export function closeWords(code: number, lastError: string | undefined): string {
  if (lastError !== undefined) return `the gateway cannot be reached (${lastError})`;
  if (code === 1006) return 'the connection was cut';
  if (code === 4008) return 'Discord says that too much was sent (4008)';
  return `the gateway closed the connection (${code})`;
}
