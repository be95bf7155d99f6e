import { writeFile } from 'node:fs/promises';
import { AtomError } from '../../base/errors.ts';
import { qrPng } from '../../base/qr.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { Scope } from '../../domain/caller.ts';
import type { PairingRequest } from '../../domain/device.ts';
import type { Answers } from '../../protocol/answers.ts';
import { createAsker } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { drawOnceItFits, drawQr } from '../out/qr.ts';
import { codeFor, tellPaired } from './change.ts';
import { startCountdown } from './countdown.ts';
import { type Requests, watchRequests } from './requests.ts';

export interface PairWish {
  readonly scopes: readonly Exclude<Scope, 'admin'>[] | undefined;
  readonly seconds: number | undefined;
  readonly url: string | undefined;
  /** A file to write the QR code to. */
  readonly png: string | undefined;
  /** A large picture, for terminals that put space between lines. */
  readonly full: boolean;
}

type Armed = Answers['devices.pair'];

/**
 * Shows a setup code, and asks a person to compare digits with the device that brings it. Where nobody can
 * be asked, and under --json, it shows the code and leaves the rest to `atom approvals`. Throws AtomError
 * `declined` where nobody brought it in time, or who did was refused.
 */
export const pairDevice = (cli: Cli, wish: PairWish): Promise<void> =>
  withGateway(cli, true, async (gateway) => {
    const requests = watchRequests(gateway);
    const armed = await gateway.request('devices.pair', paramsOf(wish));
    if (wish.png !== undefined) await writePicture(wish.png, armed.setupCode);
    if (cli.out.json) return cli.out.object({ ...armed });
    const isDrawn = await show(cli, armed, wish);
    if (!cli.mayAsk) {
      cli.out.hint('Once a device brings it, compare its digits:   atom devices list');
      return;
    }
    const stopDrawing =
      isDrawn || armed.warning !== undefined
        ? () => undefined
        : drawOnceItFits(cli, armed.setupCode, { full: wish.full });
    try {
      await decideHere(cli, gateway, { requests, armed });
    } finally {
      stopDrawing();
    }
  });

const paramsOf = ({ scopes, seconds, url }: PairWish) => ({
  ...(scopes === undefined ? {} : { scopes: [...scopes] }),
  ...(seconds === undefined ? {} : { seconds }),
  ...(url === undefined ? {} : { url }),
});

/** Nobody else may read it, and no file that is there is written over. */
async function writePicture(file: string, setupCode: string): Promise<void> {
  try {
    await writeFile(file, await qrPng(setupCode), { mode: 0o600, flag: 'wx' });
  } catch (cause) {
    throw new AtomError('failed', `The picture could not be written to ${file}.`, {
      cause,
      next: ['Name a file that is not there yet, in a folder that is:   --png code.png'],
    });
  }
}

async function show(cli: Cli, armed: Armed, { full, png }: PairWish): Promise<boolean> {
  const { out } = cli;
  out.say(`A device that brings this code may, once you say yes: ${armed.scopes.join(' ')}.`);
  if (armed.warning !== undefined) out.warn(`No QR code: ${armed.warning}.`);
  const isDrawn =
    armed.warning === undefined &&
    (await drawQr(cli, armed.setupCode, { full, instead: 'the code' }));
  out.say(isDrawn ? 'Scan it, or paste the code:' : 'Paste the code into the device:');
  out.data(armed.setupCode);
  if (png !== undefined) out.say(`The QR code is in ${png}; remove it afterwards.`);
  return isDrawn;
}

interface Waited {
  readonly requests: Requests;
  readonly armed: Armed;
}

async function decideHere(cli: Cli, gateway: Gateway, { requests, armed }: Waited): Promise<void> {
  const countdown = startCountdown(cli, armed.expiresAtMs);
  const request = await requests.next(countdown.over).finally(countdown.stop);
  if (!request)
    throw new AtomError('declined', 'Nobody brought the code in time. It is void.', {
      next: ['Show another:   atom devices pair'],
    });
  const asker = createAsker();
  try {
    // Whoever is first counts: the same request is a card in the owner's chats.
    const answer = await Promise.race([
      asker.yes(questionFor(cli, request), false),
      requests.decided(request),
    ]);
    if (typeof answer === 'string') return cli.out.say(`Meanwhile it was ${answer} elsewhere.`);
    asker.close();
    await answerHere(cli, gateway, { request, isEqual: answer });
  } finally {
    asker.close();
  }
}

function questionFor({ out }: Cli, { name, digits, fingerprint }: PairingRequest): string {
  out.say(`▌ DEVICE  calls itself “${name}”`);
  out.say(`▌ key     ${fingerprint}`);
  out.say(`▌ shows   ${digits}`);
  return `▌ Does the device show ${digits}, too?`;
}

async function answerHere(
  cli: Cli,
  gateway: Gateway,
  { request, isEqual }: { readonly request: PairingRequest; readonly isEqual: boolean },
): Promise<void> {
  const verdict = isEqual ? 'approve' : 'deny';
  const code = isEqual ? await codeFor(cli, gateway, false) : {};
  const { device } = await gateway.request('devices.answer', { ref: request.id, verdict, ...code });
  if (!device) throw new AtomError('declined', 'Refused. Nobody was let in.');
  tellPaired(cli, device);
}
