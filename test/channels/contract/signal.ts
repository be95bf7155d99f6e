import type { Door } from '../../../src/channels/signal/door.ts';
import { channelContract } from '../../contracts/channel-contract.ts';
import type { ChannelStage, Lacks } from '../../contracts/channel-stage.ts';
import { startCrablineSignal } from '../../peers/signal/crabline-signal.ts';
import { DANA, envelopeOf, OWN } from '../../peers/signal/frames.ts';
import { startSignalCli } from '../../peers/signal/signal-cli.ts';
import { home, signalFor } from '../signal/stage.ts';

const OF_SIGNAL: Lacks = {
  redelivery: 'signal-cli gives a message once: line.test.ts shows what becomes of it',
  buttons: 'there are none: numbers are replied',
  threads: 'a chat has none',
};

export function signalContract(): void {
  channelContract('Signal, played by crabline over HTTP,', byHttp, {
    ...OF_SIGNAL,
    'files in': 'crabline hands out none',
    'files out': 'crabline keeps none',
    reconnect: 'http.test.ts shows where its events go on',
    credentials: 'signal-cli has them',
  });
  channelContract('Signal, by signal-cli’s Unix socket,', () => bySignalCli(true), OF_SIGNAL);
  channelContract('Signal, by signal-cli’s TCP port,', () => bySignalCli(false), {
    ...OF_SIGNAL,
    'files in': 'as by its socket',
    'files out': 'as by its socket',
    typing: 'as by its socket',
    credentials: 'as by its socket',
  });
}

type Asked = Readonly<Record<string, unknown>>;

async function byHttp(): Promise<ChannelStage> {
  const peer = await startCrablineSignal();
  return {
    ...ofDoor(peer.door, peer.asked),
    inject: (text) => peer.inject(text),
    close: peer.close,
  };
}

async function bySignalCli(socket: boolean): Promise<ChannelStage> {
  const files: Record<string, Uint8Array> = {};
  // The account that it has is ours until the test of another.
  const accounts = [OWN];
  const peer = await startSignalCli({ socket, files, accounts });
  const asked = (method: string) =>
    peer.asked.filter((one) => one.method === method).map(({ params }) => params);
  return {
    ...ofDoor(peer.door, asked),
    inject: (text) => peer.inject(text),
    bring: async (bytes) => {
      files['notes.pdf'] = bytes;
      const file = { id: 'notes.pdf', contentType: 'application/pdf', size: bytes.length };
      peer.deliver(envelopeOf(DANA, 1_700_000_000_500, { attachments: [file] }));
    },
    taken: async () =>
      asked('send').flatMap(({ attachments }) =>
        (attachments as readonly string[]).map((url) =>
          Buffer.from(url.replace(/^.*;base64,/, ''), 'base64'),
        ),
      ),
    cut: async () => {
      await peer.kill();
      await peer.start();
    },
    unwelcome: () => {
      accounts[0] = '+15553333333';
      return signalFor(peer.door).channel;
    },
    close: peer.close,
  };
}

function ofDoor(door: Door, asked: (method: string) => readonly Asked[]) {
  const another = () => signalFor(door).channel;
  return {
    channel: another(),
    another,
    home,
    shown: async () => afterEdits(asked('send')),
    refused: { id: 'm9', to: { ...home, peer: 'dana' }, text: 'hello', buttons: [] },
    typings: () => asked('sendTyping').length,
  };
}

/** One message and its edits: all that this suite sends. */
const afterEdits = (sent: readonly Asked[]) =>
  sent.slice(-1).map(({ message }) => ({ text: String(message), buttons: [] }));
