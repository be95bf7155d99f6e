import { visible } from '../../base/visible.ts';
import type { Config } from '../../config/schema.ts';
import { ownChannelName } from '../../domain/own-channel.ts';
import { bad, type Finding, note } from '../doctor/finding.ts';

/**
 * Channels on which a sender's name proves little, whose library is nobody's promise, or which are the
 * owner's own code, and programs that may have things done. `factor`: whether there is a second one.
 */
export const channelFindings = (
  channels: Config['channels'],
  factor: boolean,
): readonly Finding[] => [
  ...(channels.sms?.enabled ? smsFindings(factor) : []),
  ...(channels.whatsapp?.enabled
    ? [
        note(
          'channel',
          'whatsapp: an unofficial library, which WhatsApp may block; its keys read and write as that account',
          "Meta's own instead:   atom channels add whatsapp-cloud",
          'Unlink it:   atom channels remove whatsapp',
        ),
      ]
    : []),
  ...Object.entries(channels.own ?? {})
    .filter(([, { enabled }]) => enabled)
    .map(([folder]) => ownFinding(ownChannelName(folder))),
  ...memberFindings(channels.webhook),
];

const smsFindings = (factor: boolean): readonly Finding[] => {
  const words = 'sms: networks let others write in the name of a number';
  return factor
    ? [note('channel', `${words}; what cannot be undone needs a code as well`, LESS)]
    : [
        bad(
          'channel',
          `${words}, and no second factor is asked for`,
          'Have one asked for:   atom 2fa enroll',
          LESS,
        ),
      ];
};

const LESS = 'Do without it:   atom channels remove sms';

const ownFinding = (name: string): Finding =>
  note(
    'channel',
    `${visible(name)}: your own code says who wrote what, and is believed`,
    `Look at it:   atom channels test ${name}`,
    `Do without it:   atom channels remove ${name}`,
  );

const memberFindings = (webhook: Config['channels']['webhook']): readonly Finding[] =>
  (webhook?.enabled ? webhook.sources : [])
    .filter(({ role }) => role === 'member')
    .map(({ name }) =>
      note(
        'channel',
        `webhook: the program ${name} may ask for things to be done`,
        'Look:   atom config get channels.webhook',
      ),
    );
