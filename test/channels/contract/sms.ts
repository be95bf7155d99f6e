import { channelContract } from '../../contracts/channel-contract.ts';
import { WRONG } from '../../contracts/channel-stage.ts';
import { startTwilio } from '../../peers/twilio.ts';
import { smsFor, smsHome } from '../sms/stage.ts';

export const smsContract = (): void =>
  channelContract(
    'SMS, by Twilio as emulate plays it,',
    async () => {
      const peer = await startTwilio();
      const another = () => smsFor(peer);
      return {
        channel: another(),
        another,
        home: smsHome,
        inject: async (text) => void (await peer.inject(text)),
        shown: async () => (await peer.sent()).map(({ body }) => ({ text: body, buttons: [] })),
        refused: { id: 'm9', to: { ...smsHome, peer: 'dana' }, text: 'hello', buttons: [] },
        unwelcome: () => smsFor(peer, { token: WRONG }),
        close: peer.close,
      };
    },
    {
      redelivery: 'Twilio tries once',
      edits: 'what was sent stays as it is',
      buttons: 'there are none: words are replied',
      threads: 'a number has one conversation',
      'files in': 'emulate sends none; one that Twilio’s own library signed is in sms.test.ts',
      'files out': 'atom sends none: they would need an address that everybody can read',
      typing: 'there is none',
      reconnect: 'Twilio connects to us',
    },
  );
