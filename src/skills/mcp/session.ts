import { pathToFileURL } from 'node:url';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { LaunchResult } from '../../domain/jail.ts';
import type { McpTool } from '../../domain/mcp.ts';
import type { Wire } from './host.ts';
import { resultOf } from './result.ts';
import { readTools } from './tool-list.ts';

/** A conversation with one server. */
export interface McpSession {
  /** Its tools as it names them now. Throws AtomError `failed`. */
  tools(signal: AbortSignal): Promise<readonly McpTool[]>;
  /** Calls one of them; never again by itself. Throws AtomError `failed`, and the signal's reason. */
  call(call: McpCall, signal: AbortSignal): Promise<Json>;
  isOver(): boolean;
  /** True where it ended by itself, or had to be ended for what it did. */
  failed(): boolean;
  /** How its program ended, once it has. */
  result(): LaunchResult | undefined;
  end(): Promise<void>;
}

export interface McpCall {
  readonly tool: string;
  readonly input: Json;
  /** What it says of how far it is. */
  onProgress(text: string): void;
}

export interface SessionWish {
  readonly server: string;
  readonly version: string;
  readonly wire: Wire;
  /** Folders that it is told of where it asks. */
  readonly roots: readonly string[];
  /** Takes out what it was given and may send back. */
  readonly scrub: (text: string) => string;
  /** It says that its tools changed: what `tools` gives next was asked for anew. */
  onChanged(): void;
}

/** Until it has said who it is, and for each page of its tools. */
const HELLO_MS = 30_000;
/** A call of which nothing is heard. */
const SILENT_MS = 60_000;
const WHOLE_MS = 10 * 60_000;
const MOST_PAGES = 20;
const MOST_SAID = 500;
/** Of what it says went wrong. */
const MOST_WORDS = 2000;

/**
 * Opens a conversation. The server is told that it may ask for nothing but its folders: what it asks for
 * besides (a model, the owner) is refused. Throws AtomError `failed` with what it said or how it ended.
 */
export async function openSession(wish: SessionWish, signal: AbortSignal): Promise<McpSession> {
  const { server, wire, scrub, onChanged } = wish;
  let [isOver, hasFailed, changes] = [false, false, 0];
  let known: readonly McpTool[] | undefined;
  const { client, isAnswer } = await clientFor(wish, {
    onClose: () => {
      hasFailed ||= !isOver;
      isOver = true;
    },
    onListChanged: () => {
      changes += 1;
      if (known === undefined) return;
      known = undefined;
      onChanged();
    },
  });
  const end = async (why: 'time' | 'stopped' = 'stopped'): Promise<void> => {
    isOver = true;
    await wire.end(why);
    await client.close();
  };
  /** What went wrong, in words of ours; whoever did not answer as agreed is ended with all it started. */
  const failed = async (thrown: unknown): Promise<AtomError> => {
    if (thrown instanceof AtomError) return thrown;
    const said = thrown instanceof Error ? thrown.message : String(thrown);
    const words = isAnswer(thrown) ? said : (wire.why() ?? said);
    hasFailed ||= !isAnswer(thrown);
    if (!isAnswer(thrown)) await end('time');
    const shown = visibleBlock(scrub(words)).slice(0, MOST_WORDS).toWellFormed();
    return new AtomError('failed', `${server}: ${shown}`, { cause: thrown });
  };
  const guarded = async <T>(work: () => Promise<T>, within: AbortSignal): Promise<T> => {
    wire.renew();
    try {
      return await work();
    } catch (thrown) {
      // A stop is a stop: what it is at must not go on.
      if (within.aborted) await end();
      within.throwIfAborted();
      throw await failed(thrown);
    }
  };
  try {
    await guarded(() => client.connect(wire.transport, { timeout: HELLO_MS, signal }), signal);
  } catch (thrown) {
    await end();
    throw thrown;
  }
  return {
    tools: async (within) => {
      if (known !== undefined) return known;
      const at = changes;
      const found = await guarded(() => listTools(client, server, within), within);
      // What changed while it was listed is listed again by whoever asks next.
      if (at === changes) known = found;
      return found;
    },
    call: (call, within) =>
      guarded(
        async () => resultOf(scrubbed(await callTool(client, call, scrub, within), scrub)),
        within,
      ),
    isOver: () => isOver,
    failed: () => hasFailed,
    result: wire.result,
    end: () => end(),
  };
}

type Client = InstanceType<typeof import('@modelcontextprotocol/client').Client>;

interface ClientHooks {
  onClose(): void;
  onListChanged(): void;
}

/** A client that is not connected yet; `isAnswer` tells what a server answered from what went wrong on the way. */
async function clientFor(
  { version, roots }: Pick<SessionWish, 'version' | 'roots'>,
  { onClose, onListChanged }: ClientHooks,
) {
  const { Client, ProtocolError } = await import('@modelcontextprotocol/client');
  const client = new Client(
    { name: 'atom', version },
    { capabilities: roots.length > 0 ? { roots: {} } : {} },
  );
  client.onclose = onClose;
  // Of what it says that is no answer nobody needs to know; the counts of the wire bound it.
  client.onerror = () => undefined;
  if (roots.length > 0)
    client.setRequestHandler('roots/list', async () => ({
      roots: roots.map((path) => ({ uri: pathToFileURL(path).href })),
    }));
  client.setNotificationHandler('notifications/tools/list_changed', onListChanged);
  return { client, isAnswer: (thrown: unknown): boolean => thrown instanceof ProtocolError };
}

async function listTools(
  client: Client,
  server: string,
  signal: AbortSignal,
): Promise<readonly McpTool[]> {
  const found: unknown[] = [];
  let cursor: string | undefined;
  for (let page = 0; page < MOST_PAGES; page++) {
    const params = cursor === undefined ? {} : { cursor };
    const options = { timeout: HELLO_MS, signal };
    const answer = await client.request({ method: 'tools/list', params }, options);
    found.push(...answer.tools);
    cursor = answer.nextCursor;
    if (cursor === undefined) return readTools(server, found);
  }
  throw new AtomError('failed', `The tools of ${server} go on for more than ${MOST_PAGES} pages.`);
}

/** By a request and not by the library's own call, which would compile the schemas that a server sends. */
const callTool = (
  client: Client,
  { tool, input, onProgress }: McpCall,
  scrub: SessionWish['scrub'],
  signal: AbortSignal,
): Promise<unknown> =>
  client.request(
    {
      method: 'tools/call',
      params: { name: tool, arguments: input as Record<string, unknown> },
    },
    {
      signal,
      timeout: SILENT_MS,
      maxTotalTimeout: WHOLE_MS,
      resetTimeoutOnProgress: true,
      onprogress: (told) => onProgress(scrub(progressText(told))),
    },
  );

function progressText({
  progress,
  total,
  message = '',
}: {
  readonly progress: number;
  readonly total?: number | undefined;
  readonly message?: string | undefined;
}): string {
  const count = `${progress}${total === undefined ? '' : ` of ${total}`}`;
  return `${visible(message.slice(0, MOST_SAID))} ${count}`.trim();
}

/** Every text of an answer, without the secrets that its server holds. */
function scrubbed(value: unknown, scrub: (text: string) => string): unknown {
  if (typeof value === 'string') return scrub(value);
  if (Array.isArray(value)) return value.map((one) => scrubbed(one, scrub));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [scrub(key), scrubbed(one, scrub)]),
  );
}
