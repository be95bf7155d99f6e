/** What the benchmarks use of it; it comes without types. */
declare module 'autocannon' {
  interface Request {
    readonly method: string;
    readonly setupRequest: (request: object, context: object) => object;
    readonly onResponse: (status: number, body: string, context: object) => void;
  }
  export default function autocannon(options: {
    readonly url: string;
    readonly connections: number;
    /** Seconds. */
    readonly duration: number;
    readonly timeout?: number;
    /** Requests a second of all connections together. */
    readonly overallRate?: number;
    readonly requests: readonly Request[];
  }): Promise<{ readonly duration: number; readonly errors: number }>;
}
