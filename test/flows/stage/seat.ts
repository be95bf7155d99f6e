import { newId } from '../../../src/base/ids.ts';
import { connectGateway } from '../../../src/bridge/connect.ts';
import type { Gateway } from '../../../src/bridge/gateway.ts';
import type { Card } from '../../../src/domain/card.ts';
import type { TranscriptEntry } from '../../../src/domain/session.ts';
import type { GatewayEvent } from '../../../src/protocol/events.ts';
import type { Profile } from './profile.ts';
import { until } from './until.ts';

/** Somebody at the terminal: what they can say, and everything they are shown. */
export interface Seat {
  readonly gateway: Gateway;
  readonly events: readonly GatewayEvent[];
  /** Says something; resolves to the event's id once it is kept. */
  say(text: string, key?: string): Promise<string>;
  /** The answer to an event. */
  answerTo(event: string, ms?: number): Promise<string>;
  /** Says something and waits for the answer. */
  ask(text: string, ms?: number): Promise<string>;
  /** The first question that is asked after `from` questions. */
  asked(from?: number): Promise<Card>;
  decide(
    card: Card,
    verdict: 'approve' | 'deny',
    typed?: boolean,
  ): Promise<{ readonly ok: boolean; readonly message: string }>;
  transcript(): Promise<readonly TranscriptEntry[]>;
  leave(): void;
}

export async function takeSeat({ paths }: Pick<Profile, 'paths'>): Promise<Seat> {
  const gateway = await connectGateway({ socketPath: paths.socket, client: 'cli', events: true });
  const events: GatewayEvent[] = [];
  gateway.on((event) => void events.push(event));
  const say: Seat['say'] = async (text, key = newId()) =>
    (await gateway.request('chat.send', { text, key })).event;
  const answerTo: Seat['answerTo'] = async (event, ms) => {
    const message = await until(
      `an answer to ${event}`,
      () => events.find((e) => e.kind === 'message' && e.inReplyTo === event),
      ms,
    );
    return message.kind === 'message' ? message.text : '';
  };
  return {
    gateway,
    events,
    say,
    answerTo,
    ask: async (text, ms) => answerTo(await say(text), ms),
    asked: (from = 0) =>
      until('a question', () => events.flatMap((e) => askedIn(e)).at(from) ?? undefined),
    decide: ({ id }, verdict, typed = false) =>
      gateway.request('approvals.answer', { ref: id, verdict, typed }),
    transcript: async () =>
      (await gateway.request('chat.history', { session: 'terminal:self:main', limit: 500 }))
        .entries,
    leave: gateway.close,
  };
}

const askedIn = (event: GatewayEvent): readonly Card[] =>
  event.kind === 'approval.asked' ? [event.card] : [];
