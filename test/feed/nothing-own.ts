import type { Own } from '../../src/feed/redact.ts';

/** Of an account that nothing is known of, and that keeps no secrets. */
export const nothingOwn: Own = { secrets: (text) => text, account: (text) => text };
