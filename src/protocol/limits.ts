/** Version of this protocol; `connect` refuses a client of another one. */
export const PROTOCOL = 1;

/** One frame is one line of JSON, at most this many bytes (a 1 MB message and its envelope fit). */
export const MAX_FRAME_BYTES = 4 * 1024 * 1024;
