import { statSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import type { GatewayProcess } from '../../flows/stage/gateway-process.ts';
import { EFFECTS, type Kind } from './talk.ts';
import type { Moment } from './wire.ts';
import type { World } from './world.ts';

/** A point on the way of one message at which the gateway is killed, as it can be seen from outside. */
export interface Failpoint {
  readonly name: string;
  /** What leads there. */
  readonly kind: Kind;
  /** True where only a turn with a model comes by. */
  readonly model?: true;
  /** Resolves when a gateway that runs comes by, or the signal aborts. */
  reached(world: World, gateway: GatewayProcess, signal: AbortSignal): Promise<void>;
}

type Reached = Failpoint['reached'];

/** In the order of a message's way: in, turn, question, effect, reply. */
export const FAILPOINTS: readonly Failpoint[] = [
  at('Telegram hands a message over', 'look', onWire('accepted', 'getUpdates', hasUpdate)),
  at('a message has come in', 'look', onWire('answered', 'getUpdates', hasUpdate)),
  at('the gate admits it', 'act', onLog('message from telegram')),
  at('it is kept', 'act', onMore('SELECT count(*) FROM spool')),
  at('its lane is leased', 'act', onSome(`SELECT 1 FROM lane WHERE queue = 'in' AND lease > 0`)),
  at('its turn is begun', 'act', onMore('SELECT count(*) FROM transcript')),
  at('Telegram is told that it is kept', 'act', onWire('arrived', 'getUpdates', hasOffset)),
  { ...at('the model is asked', 'bid', onModel('arrived')), model: true },
  { ...at('the model has answered', 'bid', onModel('accepted')), model: true },
  at('the owner is asked', 'ask', onMore(entries('approval.asked'))),
  at('the card is on its way', 'ask', onWire('arrived', 'sendMessage', isCard)),
  at('the card is there', 'ask', onWire('accepted', 'sendMessage', isCard)),
  at('the owner said yes', 'ask', onMore(entries('approval.approved'))),
  at('the command is begun', 'act', onMore(begun())),
  at('its effect is there', 'act', onEffect()),
  at('its end is on record', 'act', onMore(entries('done'))),
  at('the reply is queued', 'act', onMore('SELECT count(*) FROM outbox')),
  at('the reply is being sent', 'look', onSome(`SELECT 1 FROM outbox WHERE state = 'sending'`)),
  at('the reply has arrived', 'look', onWire('arrived', 'sendMessage')),
  at('the reply is taken', 'look', onWire('accepted', 'sendMessage')),
  at('Telegram has said so', 'act', onWire('answered', 'sendMessage')),
  at('the reply is dispatched', 'act', onLog('reply dispatched')),
];

function at(name: string, kind: Kind, reached: Reached): Failpoint {
  return { name, kind, reached };
}

function onWire(
  phase: Moment['phase'],
  method: string,
  fits: (moment: Moment) => boolean = () => true,
): Reached {
  return ({ telegram }, _, signal) =>
    new Promise((resolve) => {
      const stop = telegram.watch((moment) => {
        if (moment.phase === phase && moment.call.method === method && fits(moment)) resolve();
      });
      signal.addEventListener('abort', () => {
        stop();
        resolve();
      });
    });
}

function onModel(phase: Moment['phase']): Reached {
  return ({ model }, _, signal) =>
    new Promise((resolve) => {
      const stop = model?.watch((moment) => {
        if (moment.phase === phase) resolve();
      });
      signal.addEventListener('abort', () => {
        stop?.();
        resolve();
      });
    });
}

function onLog(text: string): Reached {
  return (_, gateway) => gateway.logged(text, 60_000).then(() => undefined);
}

/** Once a query counts more than before this start, whose own entries come first. */
function onMore(query: string): Reached {
  let before: number | undefined;
  return looking((db) => {
    const now = Number(db.prepare(query).pluck().get());
    before ??= now;
    if (now <= before) return false;
    before = undefined;
    return true;
  });
}

function onSome(query: string): Reached {
  return looking((db) => db.prepare(query).get() !== undefined);
}

function onEffect(): Reached {
  return async (world, _, signal) => {
    const size = (): number =>
      statSync(join(world.profile.jail, EFFECTS), { throwIfNoEntry: false })?.size ?? 0;
    const before = size();
    await often(() => size() > before, signal);
  };
}

/** Looks into the store beside the gateway. */
function looking(seen: (db: Database.Database) => boolean): Reached {
  return async ({ profile }, _, signal) => {
    const db = new Database(profile.paths.database, { readonly: true });
    try {
      await often(() => seen(db), signal);
    } finally {
      db.close();
    }
  };
}

function often(seen: () => boolean, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setInterval(() => {
      if (!signal.aborted && !seen()) return;
      clearInterval(timer);
      resolve();
    }, 2);
  });
}

function entries(kind: string): string {
  return `SELECT count(*) FROM audit WHERE kind = '${kind}'`;
}

function begun(): string {
  return `${entries('begun')} AND json_extract(body, '$.action') = 'shell.exec'`;
}

function hasUpdate({ answer }: Moment): boolean {
  return answer?.includes('"update_id"') ?? false;
}

function hasOffset({ call }: Moment): boolean {
  return Number(call.body.offset ?? 0) > 0;
}

function isCard({ call }: Moment): boolean {
  return String(call.body.text).includes('APPROVAL ');
}
