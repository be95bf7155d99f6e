/** True for “a poem”, “my keys”, “all files”: about something, and not the very words. */
export const isAbout = (words: string): boolean =>
  /^(an?|the|my|your|our|his|her|their|some|any|all|every|each|it|this|that|these|those|them)\b|\bfiles?\b/i.test(
    words,
  );

const isInQuotes = (words: string, message: string): boolean =>
  [`"${words}"`, `'${words}'`, `“${words}”`, `‘${words}’`].some((quoted) =>
    message.includes(quoted),
  );

/** True for words that can be meant letter by letter: all in quotes can. */
export const isVerbatim = (words: string, message: string): boolean =>
  !isAbout(words) || isInQuotes(words, message);
