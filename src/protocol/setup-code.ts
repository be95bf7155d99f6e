import { AtomError } from '../base/errors.ts';

/** What a device needs to know to connect for the first time. Secret until it is used. */
export interface SetupCode {
  /** `ws://…` or `wss://…` of the gateway. */
  readonly url: string;
  /** 128 random bits, base64url; single use. */
  readonly bootstrapToken: string;
  /** Milliseconds since 1970. */
  readonly expiresAtMs: number;
  /** Of the gateway's public key: `SHA256:` and base64url. */
  readonly fingerprint: string;
}

/** The code as it is scanned or pasted: JSON in base64url without padding. */
export const writeSetupCode = (code: SetupCode): string =>
  Buffer.from(JSON.stringify(code)).toString('base64url');

/** Reads a setup code. Throws AtomError `usage` where a text is none; the text is not repeated. */
export function readSetupCode(text: string): SetupCode {
  const code = parsed(text.trim());
  if (isSetupCode(code))
    return {
      url: code.url,
      bootstrapToken: code.bootstrapToken,
      expiresAtMs: code.expiresAtMs,
      fingerprint: code.fingerprint,
    };
  throw new AtomError('usage', 'That is not a setup code of atom.', {
    next: ['Show a new one:   atom devices pair'],
  });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    return undefined;
  }
}

const isSetupCode = (code: unknown): code is SetupCode =>
  typeof code === 'object' &&
  code !== null &&
  'url' in code &&
  typeof code.url === 'string' &&
  /^wss?:\/\//.test(code.url) &&
  'bootstrapToken' in code &&
  typeof code.bootstrapToken === 'string' &&
  /^[A-Za-z0-9_-]{22}$/.test(code.bootstrapToken) &&
  'expiresAtMs' in code &&
  typeof code.expiresAtMs === 'number' &&
  'fingerprint' in code &&
  typeof code.fingerprint === 'string' &&
  /^SHA256:[A-Za-z0-9_-]{43}$/.test(code.fingerprint);
