import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { GatewayProcess } from '../../flows/stage/gateway-process.ts';
import type { History } from './history.ts';

/** Leaves what a broken promise can be understood by in its folder: what was seen, and each gateway's log. */
export function keepWorld(
  folder: string,
  { told, heard }: Pick<History, 'told' | 'heard'>,
  gateways: readonly GatewayProcess[],
): void {
  const seen = join(folder, 'seen');
  mkdirSync(seen, { recursive: true });
  writeFileSync(join(seen, 'history.json'), JSON.stringify({ told, heard }, null, 1));
  for (const [at, gateway] of gateways.entries())
    writeFileSync(join(seen, `gateway-${String(at).padStart(4, '0')}.log`), gateway.stderr());
}
