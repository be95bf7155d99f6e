import { z } from 'zod';

/** Part of the settings of every channel. `private`: nothing done for a message of it is told in the feed. */
export const privacy = { private: z.boolean().exactOptional() } as const;
