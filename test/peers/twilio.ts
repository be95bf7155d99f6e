import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createEmulator } from 'emulate';
import type { Hook } from '../../src/domain/hook.ts';
import { freePort } from './free-port.ts';

const SID = `AC${'0'.repeat(32)}`;
const TOKEN = 'a token of the tests';
export const OWN_NUMBER = '15550001111';

/** One request that the emulator answered. */
export interface TwilioMessage {
  readonly sid: string;
  readonly to: string;
  readonly body: string;
  readonly num_segments: string;
}

/** Twilio, played by `emulate`: it checks credentials and numbers, and signs what it posts to `hook`. */
export async function startTwilio() {
  const answers: { hook?: Hook; statuses: number[] } = { statuses: [] };
  const port = await freePort();
  const door = await startDoor(answers);
  const emulator = await createEmulator({
    service: 'twilio',
    port,
    hostname: '127.0.0.1',
    seed: {
      twilio: {
        account: { sid: SID, auth_token: TOKEN, friendly_name: 'tests' },
        phone_numbers: [
          { phone_number: `+${OWN_NUMBER}`, sms_url: `${door.url}/hooks/sms`, sms_method: 'POST' },
        ],
      },
    },
  });
  const apiRoot = `http://127.0.0.1:${port}`;
  const ask = async (path: string, form?: Readonly<Record<string, string>>) => {
    const answer = await fetch(`${apiRoot}${path}`, {
      method: form ? 'POST' : 'GET',
      headers: { authorization: `Basic ${Buffer.from(`${SID}:${TOKEN}`).toString('base64')}` },
      ...(form && { body: new URLSearchParams(form) }),
    });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    accountSid: SID,
    token: TOKEN,
    apiRoot,
    hookUrl: `${door.url}/hooks/sms`,
    /** What the last posts were answered with. */
    statuses: answers.statuses,
    /** Who answers what is posted. */
    answerWith: (hook: Hook): void => {
      answers.hook = hook;
    },
    inject: (text: string, from = '15552223333') =>
      ask('/_twilio/simulate/inbound-message', {
        To: `+${OWN_NUMBER}`,
        From: `+${from}`,
        Body: text,
      }),
    sent: async (): Promise<readonly TwilioMessage[]> => {
      const path = `/2010-04-01/Accounts/${SID}/Messages.json?From=%2B${OWN_NUMBER}`;
      return ((await ask(path)).messages as TwilioMessage[]).toReversed();
    },
    close: async () => {
      await emulator.close();
      await door.close();
    },
  };
}

/** Stands where the gateway's server stands: hands the bytes over as they come. */
async function startDoor(answers: { hook?: Hook; statuses: number[] }) {
  const server = createServer((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('end', async () => {
      const { status } = await Promise.resolve(
        answers.hook?.({
          method: 'POST',
          url: `http://${request.headers.host}${request.url}`,
          headers: request.headers as Record<string, string>,
          body: Buffer.concat(parts),
        }) ?? { status: 404 },
      ).catch(() => ({ status: 500 }));
      answers.statuses.push(status);
      response.writeHead(status).end();
    });
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    close: () => new Promise((resolve) => server.close(resolve)),
  };
}
