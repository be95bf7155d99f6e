import type { Wire } from './wire.ts';

/** The same wire, on which nothing is heard that is told there: a gateway may say a token back. */
export function withoutSecrets(wire: Wire, secrets: readonly string[]): Wire {
  const clean = (text: string): string =>
    secrets.reduce((rest, secret) => (secret ? rest.replaceAll(secret, '[secret]') : rest), text);
  return {
    get open() {
      return wire.open;
    },
    send: wire.send,
    listen: (onText, onEnd) => wire.listen((text) => onText(clean(text)), onEnd),
    ...(wire.ping ? { ping: wire.ping } : {}),
    end: wire.end,
  };
}
