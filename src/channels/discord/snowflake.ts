/** The first second of 2015, from which Discord counts: discord.com/developers/docs/reference#snowflakes. */
const EPOCH = 1_420_070_400_000;

/** When something with this id was made, in milliseconds since 1970. */
export const timeOf = (id: string): number => Number(BigInt(id) >> 22n) + EPOCH;

/** An id that is smaller than that of everything made at or after a moment. */
export const idBefore = (at: number): string =>
  String((BigInt(Math.max(0, Math.floor(at) - EPOCH)) << 22n) - 1n).replace(/^-.*/, '0');

/** Orders ids by the moment they were made. */
export const byAge = (a: string, b: string): number => {
  const difference = BigInt(a) - BigInt(b);
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
};

/** True for what has the form of an id. */
export const isSnowflake = (text: string): boolean => /^\d{17,20}$/.test(text);
