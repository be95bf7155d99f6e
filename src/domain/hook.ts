/** A request that a platform makes of us, whole, within the limits of the server. */
export interface HookRequest {
  readonly method: 'GET' | 'POST';
  /** As the platform called it: rebuilt from the public address and, behind a trusted proxy, its headers. */
  readonly url: string;
  /** By lower-case name; one that came several times is joined by `, `. */
  readonly headers: Readonly<Record<string, string>>;
  /** As it came: signatures are over these bytes. */
  readonly body: Uint8Array;
}

export interface HookAnswer {
  readonly status: number;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** Why it was refused: for the log alone. Holds nothing of the request. */
  readonly reason?: string;
}

/**
 * Answers one. A good status means that what it holds is durable, and nothing else was done yet. What is
 * refused is refused without a word of why; that goes to the log. AtomError `unavailable` is answered with
 * 503 and whatever else it throws with 500: the platform brings it again.
 */
export interface Hook {
  (request: HookRequest): Promise<HookAnswer>;
  /** True where it is asked by GET as well; to the others, such a request does not get through. */
  readonly takesGet?: boolean;
}
