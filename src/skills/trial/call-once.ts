import { newId } from '../../base/ids.ts';
import type { Json } from '../../base/json.ts';
import type { SkillHost } from '../runtime/host.ts';
import { callModule } from '../runtime/modules.ts';

type Call = Omit<Parameters<typeof callModule>[1], 'run'>;

/** No process is kept ready for tests. */
const noPool = { begin: () => () => undefined, take: () => undefined };

/** Calls a skill for a test, in a process of its own. Throws as `callModule` does. */
export const callOnce = (host: SkillHost, call: Call, signal: AbortSignal): Promise<Json> =>
  callModule({ host, pool: noPool }, { ...call, run: newId() }, signal);
