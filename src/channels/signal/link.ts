import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { LinkStep } from '../../domain/channel.ts';
import { type Door, doorText, openWire, startCommand } from './door.ts';
import { addressOf, idIn } from './ids.ts';
import { METHOD_NOT_FOUND } from './session.ts';
import { RpcError, type Wire, WireError } from './wire.ts';

export interface LinkDeps {
  readonly door: Door;
  readonly account: string;
  readonly answerMs: number;
  tell(step: LinkStep): void;
}

const started = z.object({
  deviceLinkUri: z
    .string()
    .max(1024)
    .regex(/^sgnl:\/\/linkdevice\?/),
});
const finished = z.object({ number: z.string().nullish(), aci: z.string().nullish() });

const DEVICE_NAME = 'atom';
/** Signal keeps a code for a minute or so; then there is another. */
const MOST_CODES = 4;
const CODE_MS = 120_000;

/**
 * Has signal-cli make a link of it, and tells how that goes. Resolves once the first code is there; throws
 * AtomError where there can be none.
 */
export async function beginLink(deps: LinkDeps, signal: AbortSignal): Promise<void> {
  const wire = await openWire(deps.door, { events: {}, take: () => undefined }, soon(deps)).catch(
    (thrown: unknown) => {
      throw unlinkable(deps, thrown);
    },
  );
  try {
    const first = await newCode(deps, wire);
    finish(deps, wire, first, signal)
      .then(deps.tell)
      .finally(() => wire.close());
  } catch (thrown) {
    wire.close();
    throw thrown;
  }
}

const soon = ({ answerMs }: LinkDeps): AbortSignal => AbortSignal.timeout(answerMs);

async function newCode(deps: LinkDeps, wire: Wire): Promise<string> {
  try {
    const { deviceLinkUri } = started.parse(await wire.call('startLink', {}, soon(deps)));
    deps.tell({ kind: 'qr', text: deviceLinkUri });
    return deviceLinkUri;
  } catch (thrown) {
    throw unlinkable(deps, thrown);
  }
}

/** Waits for the phone; a code that got too old is followed by another. */
async function finish(
  deps: LinkDeps,
  wire: Wire,
  first: string,
  signal: AbortSignal,
): Promise<LinkStep> {
  let code = first;
  for (let left = MOST_CODES; ; left -= 1) {
    const until = AbortSignal.any([signal, AbortSignal.timeout(CODE_MS)]);
    const asked = { deviceLinkUri: code, deviceName: DEVICE_NAME };
    try {
      return linkedAs(deps, await wire.call('finishLink', asked, until));
    } catch (thrown) {
      const why = thrown instanceof Error ? thrown.message : String(thrown);
      if (signal.aborted) return { kind: 'failed', reason: 'Another try has taken its place.' };
      if (thrown instanceof WireError || left <= 1)
        return { kind: 'failed', reason: `Nothing was linked: ${why}` };
    }
    const next = await newCode(deps, wire).catch((refused: unknown) => refused);
    if (typeof next !== 'string') return { kind: 'failed', reason: String(next) };
    code = next;
  }
}

function linkedAs({ account }: LinkDeps, answer: unknown): LinkStep {
  const { success, data } = finished.safeParse(answer);
  const identity = data?.number ?? data?.aci;
  if (!success || !identity)
    return { kind: 'failed', reason: 'signal-cli did not say which account it linked.' };
  if (idIn(identity) === account || idIn(data.aci ?? '') === account)
    return { kind: 'linked', identity: addressOf(account) };
  return {
    kind: 'failed',
    reason: `signal-cli has linked ${identity}, and channels.signal.account is ${addressOf(account)}. Where the first is right: atom config set channels.signal.account ${idIn(identity) ?? '…'}`,
  };
}

function unlinkable({ door }: LinkDeps, thrown: unknown): AtomError {
  const start = startCommand(door);
  if (thrown instanceof RpcError && thrown.code === METHOD_NOT_FOUND)
    return new AtomError('failed', 'This signal-cli was started for one account and links none.', {
      next: [`Start it without -a:   ${start}`, 'Or by hand:   signal-cli link -n atom'],
    });
  const why = thrown instanceof Error ? thrown.message : String(thrown);
  return new AtomError('failed', `signal-cli at ${doorText(door)} gives no code: ${why}`, {
    next: [`Start it:   ${start}`],
  });
}
