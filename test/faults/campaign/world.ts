import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { atom } from '../../flows/stage/atom.ts';
import {
  type GatewayProcess,
  type StartOptions,
  spawnGateway,
} from '../../flows/stage/gateway-process.ts';
import { createProfile, type Profile } from '../../flows/stage/profile.ts';
import { until } from '../../flows/stage/until.ts';
import { startCrabline } from '../../peers/crabline.ts';
import { check, type Verdict } from './check.ts';
import { type Heard, isReply, type Told, tokenOf, tokensIn, tokensOf } from './history.ts';
import { keepWorld } from './keep.ts';
import { startModel } from './model.ts';
import { EFFECTS, type Kind, wordsFor } from './talk.ts';
import { layWire, type Moment, type Wire } from './wire.ts';

export interface WorldOptions {
  readonly chance: () => number;
  /** Turns are taken by a model; by the offline planner unless told. */
  readonly model?: boolean;
  /** bin/atom.js of another build. */
  readonly program?: string | undefined;
  /** How long answers are waited for that are not coming; two minutes unless told. */
  readonly patienceMs?: number | undefined;
}

export interface Start extends StartOptions {
  /** Added to the environment of this one process. */
  readonly env?: Readonly<Record<string, string>>;
}

/** A profile, the people who write to it, and somebody who writes down what they see. */
export interface World {
  readonly profile: Profile;
  readonly chance: () => number;
  readonly patienceMs: number;
  readonly telegram: Wire;
  readonly model?: Wire;
  /** Who writes to the bot on Telegram. */
  readonly chats: readonly string[];
  readonly told: readonly Told[];
  readonly heard: readonly Heard[];
  spawn(start?: Start): GatewayProcess;
  /** Spawns and waits until messages are taken. */
  start(start?: Start): Promise<GatewayProcess>;
  /** Says something, in some chat unless told; resolves to what, once it can be fetched. */
  tell(kind?: Kind, chat?: string): Promise<Told>;
  /** Writes down what was said and heard elsewhere than on Telegram. */
  note(told: Told): void;
  hear(heard: Heard): void;
  /** How many messages have no answer yet. */
  unanswered(): number;
  /** True once every message has its answer. */
  isQuiet(): boolean;
  /** Ends what the faults left: starts once more, waits for every answer, ends in good order, and judges. */
  judge(): Promise<Verdict>;
  /** Takes everything down. `keep`: its folder stays, with what was seen and what the gateways logged. */
  close(how?: { readonly keep: boolean }): Promise<void>;
}

const CHATS = 6;
/** A channel that was left alone is tried again after a minute. */
const PATIENCE_MS = 120_000;

export async function createWorld(options: WorldOptions): Promise<World> {
  const peer = await startCrabline();
  const telegram = await layWire(peer.apiRoot);
  const mock = options.model ? await startModel() : undefined;
  const model = mock && (await layWire(mock.url));
  const chats = Array.from({ length: CHATS }, (_, n) => String(1001 + n));
  const profile = createProfile({
    config: {
      channels: { telegram: { enabled: true, allow: chats, apiRoot: telegram.root } },
      limits: { actionsPerMinute: 100_000, commandsPerHour: 100_000 },
      ...(model && { model: 'local/test', models: { local: { baseUrl: `${model.root}/v1` } } }),
    } as object,
    env: { TELEGRAM_BOT_TOKEN: peer.token, DBUS_SESSION_BUS_ADDRESS: '' },
  });
  const told: Told[] = [];
  const heard: Heard[] = [];
  const answered = new Set<string>();
  const say = (text: string, chat: string) => peer.inject(text, { id: Number(chat) });
  const hear: World['hear'] = (message) => {
    heard.push(message);
    const [, code] = /\bAPPROVAL (\w{4})/.exec(message.text) ?? [];
    // The owner says yes to whatever is asked.
    if (code) say(`ok ${code}`, message.chat).catch(() => undefined);
    if (isReply(message)) for (const token of tokensOf(message)) answered.add(token);
  };
  const quotable = new Map<string, string>();
  telegram.watch((moment) => {
    for (const [id, token] of quotableIn(moment)) quotable.set(id, token);
    const message = messageIn(moment, quotable);
    if (message) hear(message);
  });

  const gateways: GatewayProcess[] = [];
  const spawn: World['spawn'] = ({ env, ...start } = {}) => {
    const gateway = spawnGateway(
      { ...profile, env: { ...profile.env, ...env } },
      { ...start, ...(options.program && { program: options.program }) },
    );
    gateways.push(gateway);
    return gateway;
  };
  const start: World['start'] = async (given) => {
    const gateway = spawn(given);
    await gateway.logged('ready', 40_000);
    return gateway;
  };
  const unanswered = (): number => told.filter(({ token }) => !answered.has(token)).length;
  const isQuiet = (): boolean => unanswered() === 0;
  const world: World = {
    profile,
    telegram,
    chats,
    told,
    heard,
    spawn,
    start,
    unanswered,
    isQuiet,
    hear,
    note: (one) => void told.push(one),
    chance: options.chance,
    patienceMs: options.patienceMs ?? PATIENCE_MS,
    ...(model && { model }),
    tell: async (given, where) => {
      const chat = where ?? chats[Math.floor(options.chance() * CHATS)] ?? '';
      const token = tokenOf(chat, told.length);
      const asks = told.some((one) => !answered.has(one.token) && one.asks);
      const kind = given ?? kindFor(options.chance(), { asks, model: options.model === true });
      const text = wordsFor(kind, token, profile.jail);
      const one = { chat, token, acts: kind !== 'look', asks: kind === 'ask' };
      told.push(one);
      await say(text, chat);
      return one;
    },
    judge: async () => check({ told, heard, ...(await lookAfter(world)) }),
    close: async ({ keep } = { keep: false }) => {
      await Promise.all([telegram.close(), model?.close()]);
      await Promise.all([peer.close(), mock?.close()]);
      if (keep) keepWorld(profile.folder, { told, heard }, gateways);
      else profile.remove();
    },
  };
  // The database has to be there before it can be told that the agent acts without asking each time.
  await (await start()).kill();
  profile.setMaturity('supervised');
  return world;
}

/** Most look or act. One question at a time: more than three of one person are refused. */
function kindFor(
  dice: number,
  { asks, model }: { readonly asks: boolean; readonly model: boolean },
): Kind {
  if (dice > 0.9 && !asks) return 'ask';
  if (dice > 0.7 && model) return 'bid';
  return dice > 0.45 ? 'act' : 'look';
}

function messageIn(
  { phase, call: { method, body }, answer }: Moment,
  quotable: ReadonlyMap<string, string>,
): Heard | undefined {
  if (phase !== 'accepted' || method !== 'sendMessage') return undefined;
  if (!answer?.includes('"ok":true')) return undefined;
  const { message_id: id } = (body.reply_parameters ?? {}) as { readonly message_id?: number };
  const quotes = quotable.get(`${body.chat_id} ${id}`);
  return { chat: String(body.chat_id), text: String(body.text), ...(quotes && { quotes }) };
}

interface Handed {
  readonly result?: readonly {
    readonly message?: {
      readonly message_id: number;
      readonly text?: string;
      readonly chat: { readonly id: number };
    };
  }[];
}

/** What Telegram calls the messages that it hands over, with their tokens. */
function quotableIn({ phase, call, answer }: Moment): readonly (readonly [string, string])[] {
  if (phase !== 'accepted' || call.method !== 'getUpdates' || !answer) return [];
  return ((JSON.parse(answer) as Handed).result ?? []).flatMap(({ message }) => {
    const [token] = tokensIn(message?.text ?? '');
    return message && token ? [[`${message.chat.id} ${message.message_id}`, token] as const] : [];
  });
}

/** What the last, undisturbed start of the gateway and its files show. */
async function lookAfter(world: World) {
  const { profile, telegram, model } = world;
  telegram.rule(() => 'pass');
  model?.rule(() => 'pass');
  for (const wire of [telegram, model]) wire?.cut();
  const broken: string[] = [];
  const gateway = await world.start();
  const waiting = () =>
    profile.rows(`SELECT 1 FROM outbox WHERE state IN ('queued', 'sending', 'uncertain')
      UNION ALL SELECT 1 FROM spool WHERE state = 'waiting'`).length;
  await until('every answer', () => world.isQuiet() && waiting() === 0, world.patienceMs).catch(
    (late: unknown) => void broken.push(`${waiting()} still wait: ${String(late)}`),
  );
  const shown = await shownOf(profile);
  gateway.signal('SIGTERM');
  const { code } = await gateway.ended;
  if (code !== 143) broken.push(`the last gateway ended with ${code}`);
  const [found] = profile.rows<{ integrity_check: string }>('PRAGMA integrity_check');
  if (found?.integrity_check !== 'ok') broken.push(`the database: ${found?.integrity_check}`);
  const verified = await atom(profile, ['audit', 'verify']);
  if (verified.code !== 0) broken.push(`the record: ${verified.out}${verified.err}`);
  return {
    broken,
    shown,
    effects: countTokens(join(profile.jail, EFFECTS)),
    doubtfulRuns: doubtfulRuns(profile),
    dead: profile
      .rows<{ body: string }>(`SELECT body FROM spool WHERE state = 'dead'`)
      .flatMap(({ body }) => tokensIn(body)),
    doubtfulMessages: profile
      .rows<{ id: string }>(`SELECT id FROM outbox WHERE state IN ('sending', 'uncertain')`)
      .map(({ id }) => id),
  };
}

/** What the owner is shown of what goes out, of what was put aside, and of each run that is in doubt. */
async function shownOf(profile: Profile): Promise<string> {
  const runs = profile.rows<{ id: string }>(`SELECT id FROM run WHERE state = 'uncertain'`);
  const looks = [
    ['outbox', 'list'],
    ['spool', 'list', '--dead'],
    ...runs.map(({ id }) => ['runs', 'show', id]),
  ];
  const shown: string[] = [];
  for (const words of looks) shown.push((await atom(profile, words)).out);
  return shown.join('\n');
}

function countTokens(file: string): ReadonlyMap<string, number> {
  const many = new Map<string, number>();
  const lines = existsSync(file) ? readFileSync(file, 'utf8').split('\n') : [];
  for (const line of lines) many.set(line, (many.get(line) ?? 0) + 1);
  return many;
}

const doubtfulRuns = (profile: Profile): readonly string[] =>
  profile
    .rows<{ body: string }>(
      `SELECT audit.body FROM run JOIN audit ON audit.kind = 'begun' AND json_extract(audit.body, '$.run') = run.id
       WHERE run.action = 'shell.exec' AND run.state IN ('begun', 'uncertain')`,
    )
    .flatMap(({ body }) => tokensIn(body));
