import { setTimeout as pause } from 'node:timers/promises';
import { until } from '../../flows/stage/until.ts';
import type { Fault, Settings } from './fault.ts';
import { inWorld } from './kills.ts';
import type { Call, Deed } from './wire.ts';
import type { World } from './world.ts';

/** What may be done to one call; undefined where it is left alone. */
type Meddle = (call: Call, chance: () => number) => Deed | undefined;

/** How long a gateway gets to come through by itself: its longest time-out, and a channel left alone. */
const COME_THROUGH_MS = 150_000;

/** People wait for answers, too: with so many open, nobody says more. */
const MOST_OPEN = 12;
/** At most so long between two messages, otherwise. */
const APART_MS = 200;

/** Meddles with the calls to Telegram while people talk, until it was done `times` times. */
const outage =
  (meddle: Meddle): Fault['strike'] =>
  (times: number, settings: Settings) =>
    inWorld(settings, {}, async (world) => {
      const { telegram, tell, chance, told } = world;
      let struck = 0;
      telegram.rule((call) => {
        const deed = struck < times ? meddle(call, chance) : undefined;
        if (deed === undefined) return 'pass';
        struck += 1;
        return deed;
      });
      const gateway = await world.start();
      while (struck < times && told.length < 20 + 6 * times) {
        await tell();
        await pause(chance() * APART_MS);
        if (world.unanswered() >= MOST_OPEN && !(await isDown(world, MOST_OPEN - 1))) break;
      }
      const wrong = (await isDown(world, 0))
        ? []
        : ['not every message was answered before the gateway was started anew'];
      await gateway.kill();
      return { struck, wrong };
    });

/** Whether no more than so many messages have no answer, within the time that a gateway gets. */
const isDown = ({ unanswered }: World, most: number): Promise<boolean> =>
  until('answers', () => unanswered() <= most, COME_THROUGH_MS).then(
    () => true,
    () => false,
  );

const isSend = ({ method }: Call): boolean => method === 'sendMessage';
const isPoll = ({ method }: Call): boolean => method === 'getUpdates';

const TOO_MANY = {
  status: 429,
  body: {
    ok: false,
    error_code: 429,
    description: 'Too Many Requests: retry after 1',
    parameters: { retry_after: 1 },
  },
};
const BAD_GATEWAY = {
  status: 502,
  body: { ok: false, error_code: 502, description: 'Bad Gateway' },
};

export const outages: readonly Fault[] = [
  {
    name: '429',
    nightly: 200,
    usual: 20,
    strike: outage((call, chance) => {
      if (isSend(call)) return chance() < 0.6 ? TOO_MANY : undefined;
      return isPoll(call) && chance() < 0.2 ? TOO_MANY : undefined;
    }),
  },
  {
    name: '5xx',
    nightly: 200,
    usual: 10,
    strike: outage((call, chance) => (isSend(call) && chance() < 0.3 ? BAD_GATEWAY : undefined)),
  },
  {
    name: 'reset',
    nightly: 200,
    usual: 10,
    strike: outage((call, chance) => {
      if (chance() > 0.25 || !(isSend(call) || isPoll(call))) return undefined;
      return chance() < 0.5 ? 'reset' : 'reset after';
    }),
  },
  {
    name: 'no-answer',
    nightly: 50,
    usual: 3,
    strike: outage((call, chance) =>
      isSend(call) && chance() < 0.3 ? 'silence after' : undefined,
    ),
  },
  {
    name: 'half-open',
    nightly: 50,
    usual: 3,
    strike: outage((call, chance) =>
      (isSend(call) || isPoll(call)) && chance() < 0.2 ? 'silence' : undefined,
    ),
  },
];
