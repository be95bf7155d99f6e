import type { Bridge } from './contract.ts';
import { createBridge } from './create.ts';
import { readBridgeEnv } from './env.ts';
import { createMemoryBridge } from './memory/memory-bridge.ts';

/**
 * The bridge that the environment asks for: `ATOM_GATEWAY_URL`, `ATOM_GATEWAY_TOKEN`,
 * `ATOM_GATEWAY_FINGERPRINT` and `ATOM_BRIDGE_*`, or the same under the names of OpenClaw (see the README).
 * `ATOM_BRIDGE_MODE=memory` gives one without a gateway. Throws BridgeError `config` where a variable is
 * missing or makes no sense; no value is repeated.
 */
export function bridgeFromEnv(
  env: Readonly<Record<string, string | undefined>> = process.env,
): Bridge {
  const found = readBridgeEnv(env);
  return found.mode === 'memory'
    ? createMemoryBridge({ tuning: found.tuning })
    : createBridge(found.options);
}
