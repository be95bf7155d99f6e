import { AtomError } from '../../base/errors.ts';
import { visible } from '../../base/visible.ts';
import type { Gateway } from '../../bridge/gateway.ts';
import type { PairingRequest } from '../../domain/device.ts';
import type { Answers } from '../../protocol/answers.ts';
import { createAsker } from '../ask/asker.ts';
import type { Cli } from '../cli.ts';
import { codeFor, tellPaired } from './change.ts';
import { startCountdown } from './countdown.ts';
import type { Requests } from './requests.ts';

interface Waited {
  readonly requests: Requests;
  readonly armed: Pick<Answers['devices.pair'], 'expiresAtMs'>;
}

/**
 * Waits for a device, and asks a person at the terminal whether it shows the same digits. Throws AtomError
 * `declined` where nobody came in time, or the answer was no.
 */
export async function decideHere(
  cli: Cli,
  gateway: Gateway,
  { requests, armed }: Waited,
): Promise<void> {
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

function questionFor({ out }: Cli, request: PairingRequest): string {
  const { name, digits, fingerprint, owner } = request;
  out.say(`▌ DEVICE  calls itself “${name}”`);
  out.say(`▌ key     ${fingerprint}`);
  if (owner) out.say(`▌ of      ${owner.user}, known as ${visible(owner.words)}`);
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
