/** Why the gateway closed a connection of the network, beside the codes of RFC 6455. The reason is in words. */
export const closeCodes = {
  /** What came was no frame. */
  malformed: 4000,
  /** The device or program may no longer connect. */
  revoked: 4001,
  /** What should prove who it is did not. */
  refused: 4003,
  /** `connect` did not come in time. */
  late: 4004,
  /** Read too slowly: connect again with `since`. */
  slow: 4008,
  /** The owner answered the request of a new device. */
  paired: 4010,
  /** Something went wrong at the gateway (RFC 6455, “internal error”). */
  failed: 1011,
  /** The gateway stops (RFC 6455, “going away”). */
  stopping: 1001,
} as const;

export type CloseKind = keyof typeof closeCodes;
