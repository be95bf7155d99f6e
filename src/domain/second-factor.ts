/** How a code was taken. Expected refusals are values, with words for whoever gave it. */
export type FactorCheck =
  | { readonly ok: true; readonly how: 'totp' | 'recovery' }
  | {
      readonly ok: false;
      readonly reason: 'wrong' | 'replayed' | 'locked' | 'not-enrolled';
      readonly message: string;
      /** Milliseconds since 1970. */
      readonly lockedUntil?: number;
    };

/** What is known about the owner's second factor, and may be shown. */
export type FactorStatus =
  | { readonly enrolled: false }
  | {
      readonly enrolled: true;
      readonly since: number;
      /** Recovery codes that were not used yet. */
      readonly recoveryCodes: number;
      /** No code is taken before this; milliseconds since 1970. */
      readonly lockedUntil?: number;
    };

/** How enrolment ended. The recovery codes are shown once and kept as hashes only. */
export type Confirmed =
  | { readonly ok: true; readonly recoveryCodes: readonly string[] }
  | { readonly ok: false; readonly message: string };
