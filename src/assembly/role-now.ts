import type { InboundEvent } from '../domain/event.ts';
import type { Role } from '../domain/role.ts';
import { roleIn } from '../domain/sender.ts';
import type { Store } from '../domain/store.ts';
import type { People } from '../governance/people/people.ts';
import { deviceById } from '../store/tables/devices.ts';
import { behind } from './behind.ts';
import { isOwnersPlace } from './owner-chats.ts';

/**
 * The role of whoever said it, as things are now. Whose key was taken away, or was never given, is known
 * no more.
 */
export async function roleNow(
  store: Store,
  event: Pick<InboundEvent, 'id' | 'from' | 'sender' | 'via'>,
  { roleOf }: Pick<People, 'roleOf'>,
): Promise<Role | undefined> {
  if (event.via?.surface === 'agent') {
    const began = await behind(store, event.id);
    if (began === 'owner') return 'owner';
    return began && roleNow(store, began, { roleOf });
  }
  // The owner made it; its chat may have been taken away since, and then it is nobody's.
  if (event.via?.surface === 'job')
    return (await isOwnersPlace({ people: { roleOf }, store }, event.from)) ? 'owner' : undefined;
  // The terminal holds no key: whoever reaches the profile's own socket is the owner.
  if (!event.via || event.via.surface === 'terminal') return roleIn(event, roleOf);
  const device = await deviceById(store, event.sender.id);
  return device && device.revokedAt === undefined ? roleIn(event, roleOf) : undefined;
}
