/** True for a header that holds a key or the like: its value is never shown, and on no record. */
export const isSecretHeader = (name: string): boolean =>
  /auth|key|token|secret|passw|session|signature/.test(name.toLowerCase());
