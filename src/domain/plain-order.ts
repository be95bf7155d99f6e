/** What is said, word for word, by whoever means a command and leaves its sign out. */
const ORDERS: Readonly<Record<string, '/stop' | '/undo'>> = {
  stop: '/stop',
  'stop it': '/stop',
  'stop that': '/stop',
  'stop now': '/stop',
  abort: '/stop',
  undo: '/undo',
  'undo it': '/undo',
  'undo that': '/undo',
  'undo this': '/undo',
  'undo the last change': '/undo',
  'undo my last change': '/undo',
};

/** The longest of them with manners around it: what is longer is not looked at. */
const LONGEST = 60;

/**
 * The command that a whole message in plain words stands for: `Stop!`, `undo that, please`. Undefined for every
 * other, and so wherever such a word is but a part of what is said, or a question.
 */
export function plainOrder(text: string): '/stop' | '/undo' | undefined {
  if (text.length > LONGEST) return undefined;
  const words = text
    .toLowerCase()
    .replace(/[\s.!…]+$/u, '')
    .trim()
    .split(/[\s,]+/u);
  const said = words.filter((word) => word !== 'please').join(' ');
  return Object.hasOwn(ORDERS, said) ? ORDERS[said] : undefined;
}
