import type { Hello } from '../../protocol/connect.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import type { Listening } from '../listening.ts';
import { meaningOf } from './meaning.ts';

/** The last event of a gateway that was heard, as `connect` takes it. */
interface Position {
  readonly boot: string;
  readonly seq: number;
}

/** Keeps count of a gateway's events over several connections, so that none is lost or told twice. */
export interface Follow {
  since(): Position | undefined;
  /** Holds back the events of one connection until it is known which run of the gateway numbers them. */
  hold(tell: Listening['tell']): Held;
}

interface Held {
  take(event: GatewayEvent, seq: number): void;
  /** True where some events were missed and will not be told. */
  begin(hello: Hello): boolean;
}

export function following(): Follow {
  let last: Position | undefined;
  return {
    since: () => last,
    hold(tell) {
      const early: [GatewayEvent, number][] = [];
      let boot: string | undefined;
      let heard = -1;
      const take = (event: GatewayEvent, seq: number): void => {
        if (event.kind === 'connect.challenge') return;
        if (boot === undefined) return void early.push([event, seq]);
        // Told again after a reconnect, and heard before.
        if (seq <= heard) return;
        heard = seq;
        last = { boot, seq: Math.max(seq, last?.seq ?? 0) };
        tell({ ...event }, meaningOf(event));
      };
      const begin = (hello: Hello): boolean => {
        const same = last?.boot === hello.boot;
        const gap = hello.gap || (last !== undefined && !same);
        if (same) heard = last?.seq ?? -1;
        else last = { boot: hello.boot, seq: hello.seq };
        boot = hello.boot;
        for (const [event, seq] of early.splice(0)) take(event, seq);
        return gap;
      };
      return { take, begin };
    },
  };
}
