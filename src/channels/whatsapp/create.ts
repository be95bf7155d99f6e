import { between } from '../../base/backoff.ts';
import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Log } from '../../base/log.ts';
import { sleep } from '../../base/wait.ts';
import type { Channel, ChannelHooks } from '../../domain/channel.ts';
import type { Store } from '../../domain/store.ts';
import { answerAsk } from './answer.ts';
import { whatsappFacts } from './facts.ts';
import { createKeep, type KeepDeps } from './keep.ts';
import { type Line, type LineDeps, startLine } from './line.ts';
import { createMail } from './mail.ts';

export interface WhatsAppDeps extends KeepDeps {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
  newId(): string;
  /** What keeps the child in. */
  readonly jail: LineDeps['jail'];
  /** The program of the child, such as `dist/channels/whatsapp.mjs`. */
  readonly program: string;
  readonly library: () => string | undefined;
  readonly settings: {
    /** What the phone shows as the name of this device. */
    readonly name: string;
    readonly dailyCap: number;
    readonly allow: readonly string[];
    readonly groups: readonly string[];
    /** True where cards are asked by a poll as well; false unless given. */
    readonly polls?: boolean;
    /** Another server than WhatsApp's own. */
    readonly url?: string;
  };
  /** A pause before each message; one to three seconds unless given. */
  readonly pauseMs?: () => number;
  readonly connectMs?: number;
  readonly wait?: (ms: number, signal: AbortSignal) => Promise<void>;
}

const LEAST_PAUSE_MS = 1000;
const MOST_PAUSE_MS = 3000;
/** Clocks differ: what was written shortly before the link is not old. */
const SLACK_MS = 60_000;
const GOODBYE_MS = 2000;

/** A linked device of a WhatsApp account. Its protocol runs in a process of its own. */
export function createWhatsApp(deps: WhatsAppDeps): Channel {
  const { store, clock, settings, log } = deps;
  const keep = createKeep(deps);
  const wait = deps.wait ?? sleep;
  const pauseMs = deps.pauseMs ?? (() => between(LEAST_PAUSE_MS, MOST_PAUSE_MS));
  let hooks: ChannelHooks | undefined;
  let line: Line | undefined;
  const mail = createMail({
    store,
    clock,
    log,
    settings,
    keep,
    wait,
    pauseMs,
    newId: deps.newId,
    ...(deps.connectMs === undefined ? {} : { connectMs: deps.connectMs }),
    tell: (order) => opened().tell(order),
    stranger: (id) =>
      // The log holds no number that could be allowed: whoever it is comes in by a code of the owner's.
      log.warn(`Unauthorized request from user_id: ${id}`, { allow: 'atom pair whatsapp' }),
  });
  const opened = (): Line => {
    line ??= startLine({
      keep,
      clock,
      log,
      wait,
      jail: deps.jail,
      program: deps.program,
      library: deps.library,
      settings: {
        name: settings.name,
        ...(settings.url === undefined ? {} : { url: settings.url }),
      },
      answer: (ask) =>
        answerAsk(
          {
            store,
            keep,
            log,
            read: mail.read,
            taken: mail.taken,
            accept: (event) => accept(event),
          },
          ask,
        ),
      health: (health) => hooks?.health(health),
      news: mail.news,
      opened: mail.opened,
    });
    return line;
  };
  const accept: ChannelHooks['accept'] = async (event) => {
    if (hooks === undefined) throw new AtomError('failed', 'nobody takes messages in yet');
    await hooks.accept(event);
  };
  return {
    facts: whatsappFacts,
    open(given) {
      hooks = given;
      opened();
    },
    send: (message, signal) => {
      opened();
      return mail.send(message, signal);
    },
    acknowledge: async (event) => mail.seen(event),
    typing: async (to) => mail.typing(to),
    download: (media, signal) => mail.download(media, signal),
    linking: {
      async begin({ phone }, tell) {
        // What cannot be opened any more is no link.
        const linked = await keep.linked().catch(() => undefined);
        if (linked !== undefined && opened().busy())
          throw new AtomError('usage', `WhatsApp is linked to +${linked.number} already.`, {
            next: ['Unlink it first:   atom channels remove whatsapp'],
          });
        await keep.forgetAll(clock.now() - SLACK_MS);
        opened().link({ ...(phone === undefined ? {} : { phone }), tell });
      },
      async end() {
        opened().tell({ do: 'log-out' });
        await mail.untilClosed(GOODBYE_MS);
        await keep.forgetAll();
        opened().wake();
      },
    },
    async close() {
      await line?.stop();
    },
  };
}
