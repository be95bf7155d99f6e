import { createHmac } from 'node:crypto';
import type { WireNode } from './wire.ts';

const { proto, Curve } = await import('@whiskeysockets/baileys');

export interface Registration {
  readonly identity: Uint8Array;
  readonly registrationId: number;
  readonly signedPreKey: {
    readonly keyId: number;
    readonly publicKey: Uint8Array;
    readonly signature: Uint8Array;
  };
  readonly osName: string;
}

/** What a server shows codes with. */
export const pairDevice = (): WireNode => ({
  tag: 'iq',
  attrs: { from: 's.whatsapp.net', type: 'set', id: 'pair1', xmlns: 'md' },
  content: [
    {
      tag: 'pair-device',
      attrs: {},
      content: ['a', 'b', 'c'].map((name) => ({
        tag: 'ref',
        attrs: {},
        content: Buffer.from(`2@REF${name}abcdefghijklmnop`),
      })),
    },
  ],
});

/** What the server passes on once a phone has scanned: the account's signature over the client's identity. */
export function pairSuccess(qr: string, own: string): WireNode {
  const [, , identity = '', secret = ''] = qr.replace(/^https?:\/\/[^#]*#/, '').split(',');
  const account = Curve.generateKeyPair();
  const details = proto.ADVDeviceIdentity.encode({
    rawId: 1,
    timestamp: 1_700_000_000,
    keyIndex: 1,
  }).finish();
  const signed = Buffer.concat([Buffer.from([6, 0]), details, Buffer.from(identity, 'base64')]);
  const identityBytes = proto.ADVSignedDeviceIdentity.encode({
    details,
    accountSignatureKey: account.public,
    accountSignature: Curve.sign(account.private, signed),
  }).finish();
  const hmac = createHmac('sha256', Buffer.from(secret, 'base64')).update(identityBytes).digest();
  const content = proto.ADVSignedDeviceIdentityHMAC.encode({
    details: identityBytes,
    hmac,
  }).finish();
  const device = { jid: `${own}:1@s.whatsapp.net`, lid: `${own}:1@lid` };
  return {
    tag: 'iq',
    attrs: { from: 's.whatsapp.net', type: 'set', id: 'pair2', t: '1700000000' },
    content: [
      {
        tag: 'pair-success',
        attrs: {},
        content: [
          { tag: 'device-identity', attrs: {}, content: Buffer.from(content) },
          { tag: 'device', attrs: device },
          { tag: 'platform', attrs: { name: 'android' } },
        ],
      },
    ],
  };
}

interface PairingData {
  readonly eIdent?: Uint8Array | null;
  readonly eRegid?: Uint8Array | null;
  readonly eSkeyId?: Uint8Array | null;
  readonly eSkeyVal?: Uint8Array | null;
  readonly eSkeySig?: Uint8Array | null;
  readonly deviceProps?: Uint8Array | null;
}

/** What a client registers with. */
export function registrationOf(data: PairingData): Registration {
  const number = (bytes: Uint8Array | null | undefined): number =>
    Number.parseInt(Buffer.from(bytes ?? []).toString('hex') || '0', 16);
  const props = proto.DeviceProps.decode(data.deviceProps ?? new Uint8Array());
  return {
    identity: data.eIdent ?? new Uint8Array(),
    registrationId: number(data.eRegid),
    signedPreKey: {
      keyId: number(data.eSkeyId),
      publicKey: data.eSkeyVal ?? new Uint8Array(),
      signature: data.eSkeySig ?? new Uint8Array(),
    },
    osName: props.os ?? '',
  };
}
