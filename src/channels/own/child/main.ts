// The program that runs inside the jail for one channel of the owner's own: waits for its compiled module, has
// it connect, and carries its messages. Built into a single file, which is all that the jail is shown of atom.
import { Console } from 'node:console';
import { createInterface } from 'node:readline';
import * as zod from 'zod';
import { ZOD } from '../../../base/zod-here.ts';
import type { ChannelDefinition, ChannelLine, OutgoingMessage } from '../define.ts';
import type { News, Order } from '../frames.ts';
import { connectThrough } from './connect.ts';

const write = process.stdout.write.bind(process.stdout);
// What a module prints is no message to atom.
process.stdout.write = process.stderr.write.bind(process.stderr) as typeof process.stdout.write;
globalThis.console = new Console(process.stderr, process.stderr);
Object.assign(globalThis, { [ZOD]: zod });

const closing = new AbortController();
const waiting = new Map<number, PromiseWithResolvers<void>>();
let last = 0;
let told = '';
let channel: ChannelDefinition | undefined;
let line: ChannelLine | undefined;

const tell = (news: News): void => void write(`${JSON.stringify(news)}\n`);
const wordsOf = (thrown: unknown): string =>
  (thrown instanceof Error ? thrown.message : String(thrown)).slice(0, 1000) || 'it failed';
/** Told last: atom ends the process. */
const over = (thrown?: unknown): void =>
  tell(thrown === undefined ? { news: 'over' } : { news: 'over', words: wordsOf(thrown) });

process.on('uncaughtException', over);
process.on('unhandledRejection', over);

async function load(code: string): Promise<void> {
  const url = `data:text/javascript;base64,${Buffer.from(code).toString('base64')}`;
  const module = (await import(url)) as { readonly channel?: ChannelDefinition };
  if (module.channel === undefined) throw new Error('channel.ts exports nothing named channel.');
  channel = module.channel;
  const { open: _open, send: _send, ...said } = channel;
  tell({ news: 'loaded', said });
}

async function open({ settings, secrets }: Extract<Order, { do: 'open' }>): Promise<void> {
  line = {
    settings,
    signal: closing.signal,
    connect: connectThrough(process.env.HTTP_PROXY),
    secret: (name) => secrets[name] ?? missing(name),
    health: (health) => {
      const words = health.state === 'ready' ? health.identity : health.reason;
      // It may be said on every round.
      if (told === `${health.state} ${words}`) return;
      told = `${health.state} ${words}`;
      tell({ news: 'health', state: health.state, words });
    },
    accept: (message) => {
      const call = ++last;
      const taken = Promise.withResolvers<void>();
      waiting.set(call, taken);
      tell({ news: 'message', call, message });
      return taken.promise;
    },
  };
  await channel?.open(line);
}

function missing(name: string): never {
  throw new Error(`${name} is not among the secrets that this channel names.`);
}

async function send(call: number, message: OutgoingMessage): Promise<void> {
  try {
    if (!channel || !line) throw new Error('it is not open');
    tell({ news: 'sent', call, id: String(await channel.send(message, line)) });
  } catch (thrown) {
    const { kind } = thrown as { readonly kind?: unknown };
    const isKnown = kind === 'refused' || kind === 'later';
    tell({ news: 'unsent', call, kind: isKnown ? kind : 'unknown', words: wordsOf(thrown) });
  }
}

function taken({ call, error }: Extract<Order, { do: 'taken' }>): void {
  const one = waiting.get(call);
  waiting.delete(call);
  if (error === undefined) one?.resolve();
  else one?.reject(new Error(error));
}

function obey(order: Order): void {
  if (order.do === 'load') load(order.code).catch(over);
  else if (order.do === 'open') open(order).then(() => over(), over);
  else if (order.do === 'send') void send(order.call, order.message);
  else if (order.do === 'taken') taken(order);
  else if (order.do === 'answer') tell({ news: 'here' });
  else closing.abort();
}

createInterface({ input: process.stdin })
  .on('line', (text) => obey(JSON.parse(text) as Order))
  // Nobody is there any more.
  .on('close', () => process.exit(0));
