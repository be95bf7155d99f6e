import type { RawEntry } from '../../store/tables/audit.ts';
import type { KeyRow } from '../../store/tables/audit-keys.ts';
import type { Damaged } from './finding.ts';
import { KEY_ENTRY } from './tree.ts';

/** Looks whether each key is announced where it is said to be. */
export function lookForKeys(keys: readonly KeyRow[]): (raw: RawEntry) => Damaged | undefined {
  const announced = new Map(keys.map(({ entry, key }) => [entry, key]));
  return (raw) => {
    const key = announced.get(raw.seq);
    return key === undefined || announces(raw, key) ? undefined : unannounced(raw.seq);
  };
}

const announces = ({ kind, body }: RawEntry, key: string): boolean =>
  kind === KEY_ENTRY && body.includes(`"key":${JSON.stringify(key)}`);

const unannounced = (seq: number): Damaged => ({
  seq,
  done: 're-signed',
  problem: `entry ${seq} does not announce the key that signs from there on`,
});
