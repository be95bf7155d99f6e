/** What a message means outside any turn, or undefined where it is for the agent. */
export type Control =
  | { readonly kind: 'stop' }
  | { readonly kind: 'new' }
  /** `/agent writer`: who answers here from now on; without a name, who could. */
  | { readonly kind: 'agent'; readonly name?: string }
  /** A typed answer to a card: `ok k7p2`, `no k7p2`. */
  | { readonly kind: 'answer'; readonly verdict: 'approve' | 'deny'; readonly code: string };

const CODE_LENGTH = 4;
const VERDICTS: ReadonlyMap<string, 'approve' | 'deny'> = new Map([
  ['ok', 'approve'],
  ['no', 'deny'],
]);

/** Reads commands that must never queue behind a turn, word by word. */
export function controlIn(text: string): Control | undefined {
  const words = text
    .trim()
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  const [first = '', second = ''] = words;
  if (words.length === 1 && first === '/stop') return { kind: 'stop' };
  if (words.length === 1 && first === '/new') return { kind: 'new' };
  if (words.length <= 2 && first === '/agent')
    return second === '' ? { kind: 'agent' } : { kind: 'agent', name: second };
  if (words.length === 1 && first === '/agents') return { kind: 'agent' };
  const verdict = VERDICTS.get(first);
  if (words.length === 2 && verdict && second.length === CODE_LENGTH)
    return { kind: 'answer', verdict, code: second };
  return undefined;
}
