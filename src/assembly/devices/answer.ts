import { AtomError, type ErrorCode } from '../../base/errors.ts';
import type { AnswerResult } from '../../domain/approval.ts';
import type { DeviceRow } from '../../store/tables/devices.ts';
import type { OwnerProof } from '../owner-acts.ts';
import type { Pairing } from './pairing.ts';
import type { DeviceParts } from './parts.ts';

export interface Answering {
  /** The id of a request, or the digits that both sides show, with or without their space. */
  readonly ref: string;
  readonly verdict: 'approve' | 'deny';
  /** What it is called from then on. */
  readonly name?: string;
}

/** Answers a device that waits; resolves to it as it was let in. */
export async function answerWaiting(
  { records, roster }: DeviceParts,
  pairing: Pairing,
  { ref, verdict, name, proof }: Answering & { readonly proof: OwnerProof },
): Promise<DeviceRow | undefined> {
  const wanted = ref.replace(/\s/g, '').toLowerCase();
  const found = pairing
    .list()
    .filter(({ request }) => [request.id, request.digits.replace(' ', '')].includes(wanted));
  const [one] = found;
  if (!one || found.length > 1)
    throw new AtomError('not-found', `No device waits as ${ref}.`, {
      next: ['See who waits:   atom devices list'],
    });
  const result = await records.approvals.answer({
    ref: one.approval,
    verdict,
    typed: true,
    by: proof.by,
    ...(proof.code === undefined ? {} : { code: proof.code }),
  });
  if (!result.ok) throw new AtomError(CODES[result.reason], result.message);
  const end = await one.ended;
  if (end.kind === 'device.refused') {
    if (verdict === 'deny') return undefined;
    throw new AtomError('failed', 'It was not let in: the device is gone, or something changed.');
  }
  const row = await roster.require(end.device);
  return name === undefined ? row : await roster.rename(row, name);
}

const CODES: Readonly<Record<(AnswerResult & { ok: false })['reason'], ErrorCode>> = {
  unknown: 'not-found',
  decided: 'declined',
  expired: 'declined',
  'needs-typed': 'usage',
  'not-here': 'blocked',
  'needs-code': 'credentials',
  'wrong-code': 'credentials',
  locked: 'credentials',
};
