import { createCipheriv, createDecipheriv } from 'node:crypto';
import { randomKey } from '../base/ids.ts';

/** One encrypted value; every field base64. */
export interface Sealed {
  readonly iv: string;
  readonly tag: string;
  readonly text: string;
}

export interface SealWith {
  /** 32 bytes. */
  readonly key: Uint8Array;
  /** What the value belongs to; a sealed value moved elsewhere does not open. */
  readonly about: string;
}

/** AES-256-GCM with a fresh 96-bit nonce (NIST SP 800-38D). */
export function seal({ key, about }: SealWith, value: string): Sealed {
  const iv = randomKey(12);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(about));
  const text = Buffer.concat([cipher.update(value, 'utf8'), cipher.final()]);
  return {
    iv: iv.toString('base64'),
    tag: cipher.getAuthTag().toString('base64'),
    text: text.toString('base64'),
  };
}

/** The value, or undefined where the key is another or anything was changed. */
export function open({ key, about }: SealWith, { iv, tag, text }: Sealed): string | undefined {
  try {
    const cipher = createDecipheriv('aes-256-gcm', key, Buffer.from(iv, 'base64'), {
      authTagLength: 16,
    })
      .setAAD(Buffer.from(about))
      .setAuthTag(Buffer.from(tag, 'base64'));
    return cipher.update(text, 'base64', 'utf8') + cipher.final('utf8');
  } catch {
    return undefined;
  }
}
