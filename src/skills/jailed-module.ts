import { extname } from 'node:path';
import { z } from 'zod';
import { AtomError } from '../base/errors.ts';
import type { Json } from '../base/json.ts';
import type { Ending, JailSpec, JailStatus, Launch, LaunchResult } from '../domain/jail.ts';

/** Where compiled skills run. */
export interface SkillHost {
  readonly launch: Launch;
  /** What is known of the jail now: unless it held when it was tried, no skill runs. */
  readonly status: () => JailStatus | Promise<JailStatus>;
  /** The Node that runs skills: 22.18 or later. */
  readonly nodePath: string;
  /** `skills/runner.js` of the build, or this folder's `runner.ts`. */
  readonly runnerPath: string;
  /** An empty folder that may be a jail, for skills that need no files. */
  readonly emptyFolder: string;
}

/** One request to one compiled skill. */
export interface ModuleRequest {
  readonly host: SkillHost;
  /** Path of the compiled module. */
  readonly module: string;
  readonly request: Json;
  readonly jail: JailSpec;
  /** The run that it belongs to. */
  readonly run?: string;
}

type OnUpdate = Parameters<Launch>[2];

const WALL_MS = 60_000;
/** Of a result and of what a skill prints. */
const OUTPUT_BYTES = 512 * 1024;

const reply = z.discriminatedUnion('ok', [
  z.object({ ok: z.literal(true), value: z.json() }),
  z.object({ ok: z.literal(false), message: z.string() }),
]);

/** A read-only jail with nothing in it. */
export const emptyJail = ({ emptyFolder }: SkillHost): JailSpec => ({
  name: 'empty',
  folder: emptyFolder,
  mode: 'read-only',
});

/**
 * Runs a compiled skill once and gives back its value. Throws AtomError `failed` with the skill's own
 * words, `unavailable` where there is no jail. What it prints goes to `onUpdate` as standard error.
 */
export async function runModule(
  { host, module, request, jail, run }: ModuleRequest,
  signal: AbortSignal,
  onUpdate: OnUpdate,
): Promise<Json> {
  requireJail(await host.status());
  const runner = `/opt/atom/runner${extname(host.runnerPath) === '.ts' ? '.mts' : '.mjs'}`;
  const result = await host.launch(
    {
      jail,
      ...(run === undefined ? {} : { run }),
      argv: ['/opt/atom/node', runner],
      cwd: jail.folder,
      stdin: JSON.stringify(request),
      limits: { wallMs: WALL_MS, outputBytes: OUTPUT_BYTES },
      readOnly: [
        { host: host.nodePath, inside: '/opt/atom/node' },
        { host: host.runnerPath, inside: runner },
        { host: module, inside: '/opt/atom/skill.mjs' },
      ],
    },
    signal,
    (part) => part.stream === 'stderr' && onUpdate(part),
  );
  signal.throwIfAborted();
  return withLeft(answerIn(result), result);
}

function requireJail({ state }: JailStatus): void {
  if (state === 'ready') return;
  throw new AtomError('unavailable', 'No skill can run, because there is no jail that holds.', {
    next: ['atom doctor'],
  });
}

function answerIn({ ending, stdout, stderr, truncated }: LaunchResult): Json {
  const parsed = truncated ? undefined : reply.safeParse(parseLine(stdout.trim()));
  if (parsed?.success !== true) {
    const said = stderr.trim().split('\n').slice(-5).join('\n');
    throw new AtomError('failed', `The skill gave no result: ${why(ending)}\n${said}`.trimEnd());
  }
  if (!parsed.data.ok) throw new AtomError('failed', parsed.data.message);
  return parsed.data.value as Json;
}

/** What a skill gives back is its own; what it left besides is told in a value of ours around it. */
function withLeft(value: Json, { quarantined, notes }: LaunchResult): Json {
  if (!quarantined && !notes) return value;
  return {
    value,
    ...(quarantined ? { quarantined: [...quarantined] } : {}),
    ...(notes ? { notes: [...notes] } : {}),
  };
}

function parseLine(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

const ENDINGS = {
  time: 'it took too long.',
  memory: 'it needed too much memory.',
  output: 'its result or what it printed was too long.',
  disk: 'it wrote too much.',
  processes: 'it started too many processes.',
  stopped: 'it was stopped.',
} as const;

function why(ending: Ending): string {
  if (ending.kind === 'exit') return `it ended with exit code ${ending.code}.`;
  return ending.kind === 'signal' ? `it was ended by ${ending.signal}.` : ENDINGS[ending.kind];
}
