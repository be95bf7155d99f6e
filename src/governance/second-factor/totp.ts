/** RFC 6238 as every authenticator app does it: SHA-1, six digits, steps of 30 seconds. */
const STEP_SECONDS = 30;

/** Codes of one secret. */
export interface Totp {
  /**
   * The time step that a six-digit code belongs to, where it is good at `at` (milliseconds since 1970):
   * the current step, or one that ended at most `lateSeconds` before, and newer than `after`. Never a
   * step to come. Compares in constant time.
   */
  stepOf(
    code: string,
    when: { readonly at: number; readonly lateSeconds?: number; readonly after?: number },
  ): number | undefined;
}

/** Takes a Base32 secret. The library is loaded here, on first use. */
export async function openTotp(secret: string): Promise<Totp> {
  const { verifySync } = await import('otplib/functional');
  return {
    stepOf: (token, { at, lateSeconds = STEP_SECONDS, after }) => {
      const epoch = Math.floor(at / 1000);
      // The clock was set back behind a code that was used: no code of now is new.
      if (after !== undefined && after > Math.floor(epoch / STEP_SECONDS)) return undefined;
      const result = verifySync({
        secret,
        token,
        epoch,
        epochTolerance: [lateSeconds, 0],
        period: STEP_SECONDS,
        ...(after === undefined ? {} : { afterTimeStep: after }),
      });
      return result.valid && 'timeStep' in result ? result.timeStep : undefined;
    },
  };
}

/** A new secret of 160 bits, and the address that authenticator apps read from a QR code. */
export async function newSecret(
  label: string,
): Promise<{ readonly secret: string; readonly uri: string }> {
  const { generateSecret, generateURI } = await import('otplib/functional');
  const secret = generateSecret({ length: 20 });
  return { secret, uri: generateURI({ issuer: 'atom', label, secret }) };
}
