import type { Socket } from 'node:net';

/** How hosts are found and reached: whoever asks for a host decides between the two. */
export interface Outside {
  /** Every address of a name. Throws where it has none. */
  resolve(host: string): Promise<readonly string[]>;
  /** An open connection to exactly this address. Throws where there is none. */
  dial(address: string, port: number): Promise<Socket>;
}
