import { z } from 'zod';
import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import { refused } from '../signatures/verified.ts';
import type { Accepting } from '../taking.ts';
import { A2A_VERSION, agentCard, type CardWords } from './card.ts';
import { readMessage } from './message.ts';
import { type Remote, remoteOf } from './remote.ts';
import {
  answered,
  json,
  type RpcCode,
  RpcError,
  type RpcId,
  type RpcRequest,
  readCall,
  refusedBy,
} from './rpc.ts';
import { type Asked, taskOf } from './task.ts';

export interface HookDeps {
  readonly remotes: readonly Remote[];
  readonly card: CardWords;
  readonly clock: Clock;
  newId(): string;
  readonly accept: Accepting;
  /** A message by its event's id, or by what its sender called it. */
  readonly find: (
    remote: string,
    by: { readonly id: string } | { readonly external: string },
  ) => Promise<Asked | undefined>;
  /**
   * Before a message of a remote agent is kept: one more conversation, where it begins one. Throws AtomError
   * `unavailable` where it has too many in which something waits.
   */
  readonly makeRoom: (remote: string, context: string) => Promise<void>;
  /** Waits for the answer to an event, and no longer than a caller may be made to. */
  readonly wait: (event: string) => Promise<void>;
}

/** The card for anybody; everything else for whoever carries a token. */
export function createHook(deps: HookDeps): Hook {
  const answer = async (request: Parameters<Hook>[0]): Promise<HookAnswer> => {
    if (request.method === 'GET') return json(agentCard(deps.card, request.url));
    const remote = remoteOf(deps.remotes, request.headers.authorization);
    if (!remote) return refused('its token is nobody’s');
    let id: RpcId = null;
    try {
      const call = readCall(request.body);
      ({ id } = call);
      requireVersion(request.headers['a2a-version']);
      return answered(id, await resultOf(deps, remote, call));
    } catch (thrown) {
      if (thrown instanceof RpcError) return refusedBy(id, thrown);
      if (thrown instanceof AtomError) return refusedBy(id, worded(thrown));
      throw thrown;
    }
  };
  return Object.assign(answer, { takesGet: true });
}

const requireVersion = (version: string | undefined): void => {
  if (version !== undefined && version !== '' && version !== A2A_VERSION)
    throw new RpcError('version', `Only version ${A2A_VERSION} of the protocol is spoken here.`);
};

/** What an AtomError may say to a stranger: of a fault, nothing. */
const worded = ({ code, message }: AtomError): RpcError =>
  code === 'usage'
    ? new RpcError('params', message)
    : new RpcError('internal', code === 'unavailable' ? message : 'It could not be taken.');

/** Methods of the protocol that are none of ours, and how that is said. */
const REFUSED: Readonly<Record<string, readonly [RpcCode, string]>> = {
  SendStreamingMessage: ['unsupported', 'Nothing is streamed: ask for the task again.'],
  SubscribeToTask: ['unsupported', 'Nothing is streamed: ask for the task again.'],
  ListTasks: ['unsupported', 'Tasks are not listed.'],
  CancelTask: ['notCancelable', 'It cannot be cancelled from afar.'],
  GetExtendedAgentCard: ['noExtendedCard', 'There is only the one card.'],
  CreateTaskPushNotificationConfig: ['noPush', 'Nobody is called back.'],
  GetTaskPushNotificationConfig: ['noPush', 'Nobody is called back.'],
  ListTaskPushNotificationConfigs: ['noPush', 'Nobody is called back.'],
  DeleteTaskPushNotificationConfig: ['noPush', 'Nobody is called back.'],
};

async function resultOf(
  deps: HookDeps,
  remote: Remote,
  { method, params }: RpcRequest,
): Promise<object> {
  if (method === 'SendMessage') return { task: await send(deps, remote, params) };
  if (method === 'GetTask') return get(deps, remote, params);
  const [code, words] = Object.hasOwn(REFUSED, method) ? (REFUSED[method] ?? []) : [];
  throw new RpcError(code ?? 'method', words ?? 'There is no such method.');
}

async function send(deps: HookDeps, remote: Remote, params: unknown): Promise<object> {
  const sent = readMessage(params, { remote, id: deps.newId(), at: deps.clock.now() });
  const keep = deps.accept();
  if (!keep) throw new AtomError('unavailable', 'The gateway is not ready yet.');
  const find = () => deps.find(remote.name, { external: sent.event.externalId });
  const keepNew = async () => {
    await deps.makeRoom(remote.name, sent.context);
    await keep(sent.event);
    return find();
  };
  // One that came before is the one that it was.
  const kept = (await find()) ?? (await keepNew());
  if (!kept) throw new AtomError('unavailable', 'It was not kept. Send it again later.');
  if (!sent.waits || kept.result !== undefined) return taskOf(kept);
  await deps.wait(kept.id);
  return taskOf((await deps.find(remote.name, { id: kept.id })) ?? kept);
}

const byId = z.object({ id: z.string().min(1).max(128) });

async function get(deps: HookDeps, remote: Remote, params: unknown): Promise<object> {
  const found = byId.safeParse(params);
  if (!found.success) throw new RpcError('params', 'A task is named by its id.');
  const asked = await deps.find(remote.name, { id: found.data.id });
  if (!asked) throw new RpcError('noTask', 'There is no such task.');
  return taskOf(asked);
}
