/** One request to signal-cli, as it came over the line. */
export interface Asked {
  readonly id?: unknown;
  readonly method: string;
  readonly params: Readonly<Record<string, unknown>>;
}

export interface Refusal {
  readonly code: number;
  readonly message: string;
  readonly data?: unknown;
}

export const METHOD_NOT_FOUND: Refusal = { code: -32601, message: 'Method not implemented' };

/** Somebody who writes. */
export interface SignalWriter {
  readonly number?: string;
  readonly uuid?: string;
  readonly name?: string;
}

export const OWN = '+15550000000';
export const OWN_UUID = '00000000-0000-4000-8000-000000000000';
export const DANA: SignalWriter = {
  number: '+15550001111',
  uuid: '7ccae375-cd51-4c82-8b1e-7be3280aa485',
  name: 'Dana',
};

/** An envelope as signal-cli-jsonrpc(5) shows one; `more` goes into its data message. */
export const envelopeOf = (
  { number, uuid, name }: SignalWriter,
  timestamp: number,
  more: object,
): object => ({
  source: number ?? uuid ?? null,
  sourceNumber: number ?? null,
  sourceUuid: uuid ?? null,
  sourceName: name ?? null,
  sourceDevice: 1,
  timestamp,
  serverReceivedTimestamp: timestamp,
  serverDeliveredTimestamp: timestamp,
  dataMessage: { timestamp, message: null, expiresInSeconds: 0, viewOnce: false, ...more },
});

/** What is written on another device of our own, to somebody. */
export const syncOf = (to: SignalWriter, timestamp: number, more: object): object => ({
  ...envelopeOf({ number: OWN, uuid: OWN_UUID }, timestamp, {}),
  dataMessage: undefined,
  syncMessage: {
    sentMessage: {
      destination: to.number ?? to.uuid,
      destinationNumber: to.number ?? null,
      destinationUuid: to.uuid ?? null,
      timestamp,
      expiresInSeconds: 0,
      viewOnce: false,
      ...more,
    },
  },
});
