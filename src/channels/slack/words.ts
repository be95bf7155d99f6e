/** The words of a message as people read them: what Slack writes as `<@U1>` or `<https://…|label>` is undone. */
export function readWords(text: string, me: string): string {
  const told = text.replace(/<([^<>]*)>/g, (_, inside: string) => readToken(inside, me));
  return told.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&').trim();
}

/** Source: docs.slack.dev/messaging/formatting-message-text#retrieving-messages. */
function readToken(inside: string, me: string): string {
  const [what = '', label] = inside.split('|', 2);
  if (what === `@${me}`) return '';
  if (/^[@#!]/.test(what))
    return what.startsWith('!') ? `@${label ?? what.slice(1)}` : (label ?? what);
  if (label === undefined || label === what || `mailto:${label}` === what) return label ?? what;
  return `${label} (${what})`;
}
