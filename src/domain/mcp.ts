import { digestOf, sha256 } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import type { Complexity } from './complexity.ts';
import type { JailSpec } from './jail.ts';

/**
 * A server of the Model Context Protocol, as the owner named it: a program that runs in a jail (`command`),
 * or one that is reached over HTTP (`url`). What is not named it has not.
 */
export interface McpServer {
  /** a–z and 0–9. */
  readonly name: string;
  /** A program and its arguments; `node` is the Node that atom runs on. */
  readonly command?: readonly string[];
  /** Name of the jail that it works in; an empty folder where it names none. */
  readonly jail?: string;
  /** What it may do there; `read-only` where it is left out. */
  readonly mode?: JailSpec['mode'];
  /** Folders outside, absolute, that are shown read-only at their own path. */
  readonly shows?: readonly string[];
  /** Hosts that it may speak to, as in the network of a jail. */
  readonly network?: readonly string[];
  /** Variables of its environment, and the names of the secrets that they hold. */
  readonly secrets?: Readonly<Record<string, string>>;
  readonly url?: string;
  /** Headers, each the name of a secret, or a word and that name: `Bearer mcp.issues.token`. */
  readonly headers?: Readonly<Record<string, string>>;
}

/** A tool as its server describes it: a stranger's words until the owner has approved exactly these. */
export interface McpTool {
  readonly name: string;
  readonly title?: string;
  readonly description: string;
  /** JSON Schema of its input. */
  readonly input: Json;
  /** What it says of itself, such as `readOnlyHint`: shown to the owner, and believed by nobody. */
  readonly annotations: Json;
}

/** What the owner approved of a server: its settings and its tools. What has this digest may be used. */
export interface McpApproval {
  readonly digest: string;
  readonly server: McpServer;
  readonly tools: readonly McpTool[];
  /** Milliseconds since 1970. */
  readonly at: number;
  /** `surface/id`. */
  readonly by: string;
}

/** How much the owner said that a tool does; `digest` is that of the tool that it was said of. */
export interface McpClass {
  readonly server: string;
  readonly tool: string;
  readonly digest: string;
  readonly complexity: Complexity;
}

/** A tool that agents may ask for. */
export interface McpReadyTool {
  readonly server: string;
  readonly tool: string;
  /** Under which models find it: a–z, 0–9 and `_`. */
  readonly name: string;
  /** Safe to draw, and short. */
  readonly description: string;
  readonly input: Json;
  readonly complexity: Complexity;
  /** Digest of what was approved of the whole server. */
  readonly pin: string;
}

/** A server of the settings, whatever may be done with it. */
export interface McpListing {
  readonly name: string;
  /** `waiting` for the owner's approval: no agent knows of its tools. */
  readonly state: 'ready' | 'waiting';
  /** Why it waits, in words. */
  readonly why?: string;
  /** Its command or its address. */
  readonly where: string;
  /** What it may touch, one thing a line. */
  readonly may: readonly string[];
  /** Those that are approved. */
  readonly tools: readonly {
    readonly tool: string;
    readonly name: string;
    readonly description: string;
    readonly complexity: Complexity;
    /** False where nobody said how much it does. */
    readonly classified: boolean;
  }[];
  readonly approved?: Pick<McpApproval, 'at' | 'by'>;
  /** True while it runs, or a connection to it is kept. */
  readonly isOpen: boolean;
}

/** What approving a server would mean, as it was when it was last asked. Changes nothing. */
export interface McpPlan {
  readonly server: McpListing;
  /** Names exactly this: where anything of it differs, an approval is refused. */
  readonly digest: string;
  /** False where it was never approved. */
  readonly known: boolean;
  /** Description and input are what models would be told, and all of it. */
  readonly tools: readonly (Omit<McpTool, 'title'> & {
    /** Of all that it says of itself. */
    readonly digest: string;
    readonly change: 'new' | 'changed' | 'removed' | 'same';
  })[];
  /** What changed since, as a unified diff, cut short. */
  readonly diff: string;
  /** What the owner should look at twice, in sentences. */
  readonly warnings: readonly string[];
}

/** Over everything that a tool says of itself. */
export const toolDigest = (tool: McpTool): string => digestOf(tool as unknown as Json);

/** Over a server's settings and its tools, in whatever order it names them. */
export const mcpPin = (server: McpServer, tools: readonly McpTool[]): string =>
  digestOf([server as unknown as Json, tools.map(toolDigest).toSorted()]);

const MOST_NAME = 64;

/**
 * Under which name models find a tool: `mcp_<server>_<tool>`. One that has to be changed for that carries
 * the beginning of a digest. No other server's tool has the same: a server's name holds no `_`.
 */
export function mcpToolName(server: string, tool: string): string {
  const plain = `mcp_${server}_${tool}`;
  if (/^[a-z0-9_]+$/.test(plain) && plain.length <= MOST_NAME) return plain;
  const safe = plain.toLowerCase().replaceAll(/[^a-z0-9_]+/g, '_');
  const mark = sha256(tool.toWellFormed()).slice(0, 8);
  return `${safe.slice(0, MOST_NAME - mark.length - 1)}_${mark}`;
}

/** True where it can tell others what it is told. */
export const speaksOutside = ({ url, network = [] }: McpServer): boolean =>
  url !== undefined || network.length > 0;

/** What an agent's list of skills calls a server. */
export const mcpSkillName = (server: string): string => `mcp:${server}`;
