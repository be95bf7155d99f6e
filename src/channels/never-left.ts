import { systemCode } from '../base/errors.ts';

/**
 * True where a request that failed cannot have arrived: name look-up, connecting and the check of the
 * certificate come before its first byte. `cause` is what `fetch` gives as the cause of its error, or
 * what a request of `node:http` failed with.
 */
export function neverLeft(cause: unknown): boolean {
  if (cause instanceof AggregateError) return cause.errors.every(neverLeft);
  const code = systemCode(cause) ?? '';
  const step = cause instanceof Error && 'syscall' in cause ? cause.syscall : undefined;
  if (step === 'connect' || step === 'getaddrinfo') return true;
  return code === 'UND_ERR_CONNECT_TIMEOUT' || /CERT|SIGNATURE/.test(code);
}
