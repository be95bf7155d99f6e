import { newId } from '../../../src/base/ids.ts';
import type { ConfigFile } from '../../../src/config/schema.ts';
import type { Maturity } from '../../../src/domain/agent.ts';
import { LOCAL_OWNER } from '../../../src/domain/caller.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { GatewayEvent } from '../../../src/protocol/events.ts';
import { ensureAgent } from '../../../src/store/tables/agents.ts';
import { until } from '../../flows/stage/until.ts';
import { openKernel } from '../../gateway/memory-stage.ts';

type Message = Extract<GatewayEvent, { kind: 'message' }>;

/** Agents of one profile in this process, and the owner who speaks with them. */
export async function openOffice(
  config: Partial<ConfigFile> = {},
  stored: Readonly<Record<string, string>> = {},
  before?: Parameters<typeof openKernel>[2],
) {
  const stage = await openKernel(config, stored, before);
  const { atom, kernel, hub } = stage;
  const { store } = atom.records;
  const events: GatewayEvent[] = [];
  hub.watch(() => {
    const kept = hub.kept.at(hub.seq());
    if (kept) events.push(JSON.parse(kept.frame).event);
  });
  const call = async <T>(method: string, params: object): Promise<T> => {
    const answer = await kernel.call(LOCAL_OWNER, method, params);
    if (!answer.ok) throw new Error(answer.error.message);
    return answer.payload as T;
  };
  const hire = async (agents: Readonly<Record<string, Maturity>>): Promise<void> => {
    for (const [id, maturity] of Object.entries(agents)) {
      const made = await ensureAgent(store, { id, name: id, maturity });
      if (made === 0) await store.run('UPDATE agent SET maturity = $1 WHERE id = $2', maturity, id);
      // The next start holds them against the record.
      const body = { agent: id, maturity, by: 'owner' };
      await store.tx((sql) => atom.records.audit(sql, 'agent.added', body));
    }
  };
  const send = (text: string, agent = 'atom'): Promise<{ event: string }> =>
    call('chat.send', { text, agent, key: newId() });
  const replyTo = async ({ event }: { readonly event: string }): Promise<string> => {
    const found = await until(`the answer to ${event}`, () =>
      events.find((one): one is Message => one.kind === 'message' && one.inReplyTo === event),
    );
    return found.text;
  };
  /** Says something to an agent and waits for its answer. */
  const say = async (text: string, agent?: string): Promise<string> =>
    replyTo(await send(text, agent));
  /** The newest card that waits. */
  const asked = (): Promise<Card> =>
    until('a card', () =>
      events.flatMap((one) => (one.kind === 'approval.asked' ? [one.card] : [])).at(-1),
    );
  return { ...stage, store, events, call, hire, send, replyTo, say, asked };
}
