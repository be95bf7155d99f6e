/** Whom a command spoke to through atom's proxy, and whom it was not let speak to; never what was said. */
export interface Contacts {
  readonly reached: readonly Contact[];
  readonly refused: readonly RefusedContact[];
}

/** `host` is `name:port`; `up` and `down` are bytes, as they left and came. */
export interface Contact {
  readonly host: string;
  readonly up: number;
  readonly down: number;
}

export interface RefusedContact {
  readonly host: string;
  readonly why: string;
}
