import { visible } from '../../base/visible.ts';
import type { FeedPost } from '../../domain/feed-post.ts';
import type { GatewayEvent } from '../../protocol/events.ts';
import { withCard } from '../card/newcomer.ts';
import { decisionSentence } from '../card/sentences.ts';
import { withPost } from '../feed/feed-rows.ts';
import { isShown, logRow } from '../log/log-row.ts';
import { atomRows, feedRows } from '../log/talk-rows.ts';
import { type Row, row } from '../text/spans.ts';
import { refusedRows } from './newcomers.ts';
import type { DeskState, Turn } from './state.ts';
import { afterOutput, afterTurn } from './turns.ts';

/** What is known after an event, and what is written above. */
export interface Told {
  readonly known: Pick<DeskState, 'cards' | 'turns' | 'stopping' | 'feed'>;
  readonly rows: readonly Row[];
}

/** One event from the gateway, worked in. Pure; kinds it does not know change nothing. */
export function apply(known: Told['known'], event: GatewayEvent): Told {
  switch (event.kind) {
    case 'log':
      return { known, rows: isShown(event.line) ? [logRow(event.line)] : [] };
    case 'message':
      return { known, rows: isHere(event.session) ? atomRows(event.text) : [] };
    case 'feed':
      return withFeed(known, event.post);
    case 'turn':
      return withTurns(known, afterTurn(known.turns, event), endWords(event));
    case 'output':
      return withTurns(known, afterOutput(known.turns, event));
    case 'approval.asked':
      return { known: { ...known, cards: withCard(known.cards, event.card) }, rows: [] };
    case 'approval.decided':
      return decided(known, event);
    case 'pairing':
      return { known, rows: refusedRows(event.pairing) };
    case 'stopping':
      return {
        known: { ...known, stopping: true },
        rows: [row(stoppingWords(event.running), 'caution')],
      };
    default:
      return { known, rows: [] };
  }
}

/** In the pane where that is open; else what somebody said. What agents do is in the pane and atom feed. */
function withFeed(known: Told['known'], post: FeedPost): Told {
  if (known.feed) return { known: { ...known, feed: withPost(known.feed, post) }, rows: [] };
  return { known, rows: post.about === undefined ? feedRows(post) : [] };
}

/** What is answered elsewhere, to a phone or a program, is no part of the conversation here. */
const isHere = (session: string): boolean => session.startsWith('terminal:');

const withTurns = (known: Told['known'], turns: readonly Turn[], words?: string): Told => ({
  known: { ...known, turns },
  rows: words ? [row(words, 'dim')] : [],
});

function decided(
  known: Told['known'],
  event: Extract<GatewayEvent, { kind: 'approval.decided' }>,
): Told {
  const sentence = decisionSentence(event);
  const cards = known.cards.filter(({ id }) => id !== event.id);
  const tone = event.state === 'approved' ? 'good' : 'caution';
  return { known: { ...known, cards }, rows: sentence ? [row(sentence, tone)] : [] };
}

function endWords({ state }: Extract<GatewayEvent, { kind: 'turn' }>): string | undefined {
  if (state.step !== 'ended') return undefined;
  if (state.result === 'stopped') return 'Stopped.';
  return state.result === 'failed' ? 'That did not work; the log above says why.' : undefined;
}

const stoppingWords = (running: readonly string[]): string =>
  running.length === 0
    ? 'The gateway is stopping.'
    : `The gateway stops once this is done: ${running.map(visible).join(', ')}`;
