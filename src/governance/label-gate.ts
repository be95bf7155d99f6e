import type { RuleMatch } from '../domain/decision.ts';
import type { Window } from '../domain/window.ts';

/** What a decision knows of an action, as far as labels matter. */
export interface Gated {
  readonly subject: { readonly action: string };
  readonly window: Window;
  readonly targets: readonly string[];
}

/** Actions that run, send or keep something: what an injected instruction would want. */
const RISKY: ReadonlySet<string> = new Set([
  'shell.exec',
  'file.write',
  'message.send',
  'skill.call',
]);
/** Actions that carry words out of this machine to somebody else. */
const LEAVING: ReadonlySet<string> = new Set(['message.send', 'net.fetch']);

/**
 * The gate against injected instructions. The model is assumed to obey whoever wrote last, so the
 * window's label counts, not what the model says: with words of strangers in it, whatever runs, sends
 * or keeps is asked about; with secrets in it, nothing leaves.
 */
export function labelGate({ subject: { action }, window }: Gated): readonly RuleMatch[] {
  const { labels } = window;
  const matches: RuleMatch[] = [];
  if (labels.integrity === 'untrusted' && RISKY.has(action)) {
    matches.push({
      rule: 'labels/untrusted',
      verdict: 'ask',
      why: 'this turn has read words that are not yours',
    });
  }
  if (labels.confidentiality === 'secret' && LEAVING.has(action)) {
    matches.push({
      rule: 'labels/secret',
      verdict: 'deny',
      why: 'this turn has seen a secret, so nothing may leave',
    });
  }
  return matches;
}
