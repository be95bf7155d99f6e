import type { Atom } from '../../atom.ts';
import { asAtomError } from '../../base/errors.ts';
import { redact } from '../../base/redact.ts';
import { within } from '../../base/wait.ts';
import { diskRoom } from '../../config/disk.ts';
import { type Health, type HealthCheck, healthOf } from '../../domain/health.ts';
import { proveWritable } from '../../store/prove-writable.ts';
import { checkChannels } from './channels.ts';
import { checkGateway, checkWebhooks, type Standing } from './gateway.ts';
import { checkJail } from './jail.ts';
import { checkQueues } from './queues.ts';
import { checkDoubts, checkRecord } from './record.ts';

type Look = (atom: Atom) => Promise<readonly HealthCheck[]> | readonly HealthCheck[];

/** No look takes longer; one that does is itself what is wrong. */
const LOOK_MS = 5000;

/** Tries what has to work. A look that fails is a check that is bad, and keeps no other from being taken. */
export async function readHealth(atom: Atom, standing: Standing): Promise<Health> {
  const looks: readonly (readonly [string, Look])[] = [
    ['gateway', () => [checkGateway(atom, standing)]],
    ['store', checkStore],
    ['jail', checkJail],
    ['channels', checkChannels],
    ['webhooks', () => checkWebhooks(standing)],
    ['record', checkRecord],
    ['queues', checkQueues],
    ['runs', checkDoubts],
    ['disk', ({ options }) => [checkDisk(options.paths.data)]],
  ];
  const all = await Promise.all(looks.map(([name, look]) => taken(name, atom, look)));
  return healthOf(all.flat());
}

async function taken(name: string, atom: Atom, look: Look): Promise<readonly HealthCheck[]> {
  try {
    return await within(LOOK_MS, name, Promise.resolve(look(atom)));
  } catch (thrown) {
    return [{ name, state: 'bad', words: redact(asAtomError(thrown).message) }];
  }
}

async function checkStore({ records }: Atom): Promise<readonly HealthCheck[]> {
  await proveWritable(records.store);
  return [{ name: 'store', state: 'good', words: 'takes what is written' }];
}

function checkDisk(folder: string): HealthCheck {
  const { freeBytes, enough } = diskRoom(folder);
  const words = `${Math.round(freeBytes / 1024 / 1024)} MB free`;
  return { name: 'disk', state: enough ? 'good' : 'bad', words: enough ? words : `only ${words}` };
}
