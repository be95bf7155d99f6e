import { duration } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import { qrPng } from '../../base/qr.ts';
import { DEFAULT_SCOPES } from '../../domain/caller.ts';
import type { PairingRequest } from '../../domain/device.ts';
import type { PairDoor, Said } from '../../ingress/pair-door.ts';
import { whyNotHere } from '../../outbox/card-text.ts';
import type { Media } from '../../outbox/media.ts';
import { findApproval } from '../../store/tables/approvals.ts';
import type { Channels } from '../channels.ts';
import type { AtomOptions } from '../parts.ts';
import type { Records } from '../record.ts';
import type { Armed } from './arm.ts';
import type { Devices } from './devices.ts';

export interface ChatParts {
  readonly devices: Pick<Devices, 'arm' | 'answer' | 'waiting'>;
  readonly records: Pick<Records, 'store'>;
  readonly channels: Pick<Channels, 'facts'>;
  readonly media: Pick<Media, 'keep'>;
}

const SECONDS = 180;

/** Connects devices from a chat: shows setup codes, and lets in who waits. */
export const createPairDoor = (
  { clock }: Pick<AtomOptions, 'clock'>,
  { devices, records, channels, media }: ChatParts,
): PairDoor => ({
  code: ({ from, sender }, wanted) =>
    orWhyNot(async () => {
      const by = { surface: from.channel, id: sender.id };
      const armed = await devices.arm({ scopes: DEFAULT_SCOPES, seconds: SECONDS }, by);
      const waiting = devices.waiting().map((one) => waitingLine(one, clock.now()));
      const said = { secret: true, expiresAt: armed.expiresAtMs };
      // A picture is for a phone: one that would not get there has nothing to scan.
      if (
        wanted === 'text' ||
        channels.facts(from.channel).media.image === undefined ||
        armed.warning !== undefined
      )
        return { ...said, text: [...textOf(armed), ...waiting].join('\n') };
      const picture = await media.keep(await qrPng(armed.setupCode), SECONDS * 1000);
      return { ...said, media: picture, text: [...captionOf(armed), ...waiting].join('\n') };
    }),
  approve: async (by, ref, proof) => {
    const { text } = await orWhyNot(async () => {
      const one = devices.waiting().find(({ id }) => id === ref);
      const asked = one && (await findApproval(records.store, one.id));
      const notHere = asked && whyNotHere(asked.card, channels.facts(by.surface));
      if (notHere !== undefined) return { text: notHere };
      const given = { by, ...(proof === undefined ? {} : { code: proof }) };
      const row = await devices.answer({ ref, verdict: 'approve' }, given);
      return { text: `“${row?.name}” is connected as ${row?.id}: it showed ${one?.digits}.` };
    });
    return text;
  },
});

/** What cannot be done is said in the chat, with what to do instead. */
async function orWhyNot(work: () => Promise<Said>): Promise<Said> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof AtomError) return { text: [error.message, ...error.next].join('\n') };
    throw error;
  }
}

const captionOf = ({ scopes }: Armed): readonly string[] => [
  `Scan this with the device. Works once, for ${SECONDS / 60} minutes.`,
  `It may then, once you say yes: ${scopes.join(', ')}.`,
];

const textOf = ({ setupCode, scopes, warning }: Armed): readonly string[] => [
  `Paste this into the device. Works once, for ${SECONDS / 60} minutes:`,
  setupCode,
  `It may then, once you say yes: ${scopes.join(', ')}.`,
  ...(warning === undefined ? [] : [`No picture: ${warning}.`]),
];

const waitingLine = ({ id, name, digits, expiresAt }: PairingRequest, now: number): string =>
  `“${name}” waits and shows ${digits}, for ${duration(expiresAt - now)}: /pair approve ${id}`;
