import { BridgeError } from './errors.ts';
import { type BridgeCredential, type BridgeOptions, TUNING, type Tuning } from './settings.ts';

type Variables = Readonly<Record<string, string | undefined>>;

/** What the environment asks for. */
export type BridgeEnv =
  | { readonly mode: 'memory'; readonly tuning: Partial<Tuning> }
  | { readonly mode: 'gateway'; readonly options: BridgeOptions };

const DIALECTS = ['atom', 'openclaw', 'auto'] as const;
const MODES = ['gateway', 'memory'] as const;

/** Reads the environment of a program. Throws BridgeError `config`, which repeats no value. */
export function readBridgeEnv(env: Variables): BridgeEnv {
  const of = reader(env);
  const tuning = readTuning(of);
  const mode = oneOf(of('BRIDGE_MODE'), 'ATOM_BRIDGE_MODE', MODES) ?? 'gateway';
  if (mode === 'memory') return { mode, tuning };
  const url = of('GATEWAY_URL');
  if (url === undefined)
    throw wrong(
      'ATOM_GATEWAY_URL is not set.',
      'Set it to ws://127.0.0.1:18789, or as atom devices says.',
    );
  const dialect = oneOf(of('BRIDGE_DIALECT'), 'ATOM_BRIDGE_DIALECT', DIALECTS);
  const [fingerprint, queueFolder] = [of('GATEWAY_FINGERPRINT'), of('BRIDGE_QUEUE_DIR')];
  const credential = readCredential(of, tokenFor(env));
  return {
    mode,
    options: {
      url,
      tuning,
      ...(credential ? { credential } : {}),
      ...(fingerprint === undefined ? {} : { fingerprint }),
      ...(dialect === undefined ? {} : { dialect }),
      ...(queueFolder === undefined ? {} : { queueFolder }),
    },
  };
}

type Read = (name: string) => string | undefined;

/** `ATOM_` comes first; OpenClaw has `OPENCLAW_GATEWAY_*`, and the rest with and without `BRIDGE_`. */
const reader =
  (env: Variables): Read =>
  (name) =>
    [`ATOM_${name}`, `OPENCLAW_${name}`, `OPENCLAW_${name.replace(/^BRIDGE_/, '')}`]
      .map((variable) => env[variable]?.trim())
      .find(Boolean);

/** The token of the family that the address is of: what is for one gateway is not shown to another. */
function tokenFor(env: Variables): string | undefined {
  const family = env.ATOM_GATEWAY_URL?.trim() ? 'ATOM' : 'OPENCLAW';
  return env[`${family}_GATEWAY_TOKEN`]?.trim() || undefined;
}

function readCredential(of: Read, token: string | undefined): BridgeCredential | undefined {
  const [device, secret] = [of('BRIDGE_DEVICE'), of('BRIDGE_DEVICE_SECRET')];
  if (device === undefined)
    return token === undefined
      ? undefined
      : { kind: 'token', token, ...(secret ? { secret } : {}) };
  if (token !== undefined && secret !== undefined)
    return { kind: 'device', device, key: token, secret };
  throw wrong(
    'ATOM_BRIDGE_DEVICE is set, and what it proves itself with is not.',
    'Set ATOM_GATEWAY_TOKEN to its key and ATOM_BRIDGE_DEVICE_SECRET to its seed.',
  );
}

function readTuning(of: Read): Partial<Tuning> {
  const number = (name: string, fallback: number): number => readNumber(of, name) ?? fallback;
  return {
    connectTimeoutMs: number('BRIDGE_CONNECT_TIMEOUT_MS', TUNING.connectTimeoutMs),
    sendTimeoutMs: number('BRIDGE_TIMEOUT_MS', TUNING.sendTimeoutMs),
    heartbeatMs: number('BRIDGE_HEARTBEAT_MS', TUNING.heartbeatMs),
    heartbeatTimeoutMs: number('BRIDGE_HEARTBEAT_TIMEOUT_MS', TUNING.heartbeatTimeoutMs),
    retries: number('BRIDGE_RETRIES', TUNING.retries),
    queue: {
      messages: number('BRIDGE_QUEUE_MESSAGES', TUNING.queue.messages),
      bytes: number('BRIDGE_QUEUE_BYTES', TUNING.queue.bytes),
    },
  };
}

function readNumber(of: Read, name: string): number | undefined {
  const text = of(name);
  if (text === undefined) return undefined;
  if (/^\d{1,9}$/.test(text)) return Number(text);
  throw wrong(`ATOM_${name} is no number.`, 'Set it to a whole number, or leave it out.');
}

function oneOf<T extends string>(
  text: string | undefined,
  name: string,
  known: readonly T[],
): T | undefined {
  if (text === undefined) return undefined;
  const found = known.find((one) => one === text);
  if (found !== undefined) return found;
  throw wrong(`${name} is none of ${known.join(', ')}.`, 'Set it to one of them, or leave it out.');
}

const wrong = (message: string, next: string): BridgeError =>
  new BridgeError('config', message, { next: [next] });
