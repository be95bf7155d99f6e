import { expect, test } from 'vitest';
import { pairable } from '../../src/assembly/pairing-links.ts';
import { channels } from '../../src/channels/registry.ts';
import { platformNames } from '../../src/cli/channels/platforms.ts';
import { channelNames } from '../../src/config/channels/all.ts';
import { parseKey } from '../../src/protocol/session-key.ts';

const own = ['terminal', 'device', 'agent'];
const platforms = Object.keys(channels).filter((name) => !own.includes(name));

test('every channel that there is can be set up, added, paired and spoken of, and no other', () => {
  const sorted = (names: readonly string[]) => names.toSorted();
  expect(sorted(platformNames)).toEqual(sorted(platforms));
  expect(sorted(channelNames)).toEqual(sorted(platforms));
  // Programs and agents elsewhere are named in the settings.
  const paired = pairable({ list: () => [] }).map(({ channel }) => channel);
  expect(sorted(paired)).toEqual(
    sorted(platforms.filter((name) => name !== 'webhook' && name !== 'a2a')),
  );
  for (const name of platforms) expect(parseKey(`${name}:dm:x`).channel).toBe(name);
});
