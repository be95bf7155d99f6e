/** Whether a request is signed by whom it should be. `reason` is for the log, and holds nothing of the request. */
export type Verified =
  | { readonly ok: true }
  | { readonly ok: false; readonly status: 401; readonly reason: string };

/** A hook may answer with it as it is. */
export const refused = (reason: string): Extract<Verified, { readonly ok: false }> => ({
  ok: false,
  status: 401,
  reason,
});

export const GENUINE: Verified = { ok: true };

export const NO_MATCH = 'the signature does not match';
