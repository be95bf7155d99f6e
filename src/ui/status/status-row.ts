import { clockTime } from '../../base/clock.ts';
import { visible } from '../../base/visible.ts';
import type { Halted } from '../../domain/halt.ts';
import type { ChannelStatus, Status } from '../../protocol/status.ts';
import { type Row, type Span, span, type Tone, widthOf } from '../text/spans.ts';
import { clip } from '../text/wrap.ts';

export interface StatusLook {
  readonly profile: string;
  readonly status: Status | undefined;
  readonly waiting: number;
  readonly stopping: boolean;
  readonly columns: number;
}

/** `default · running · telegram @dana_bot · jail ready · 1 waits for you`: what fits, most urgent first kept. */
export function statusRow(look: StatusLook): Row {
  const isNarrow = look.columns < NARROW;
  const parts = [
    ...(look.status?.halted ? [haltPart(look.status.halted, isNarrow)] : []),
    ...(look.waiting > 0 ? [waitingPart(look.waiting, isNarrow)] : []),
    ...(look.status?.doubts ? [span(`${look.status.doubts} in doubt: /runs`, 'caution')] : []),
    span(visible(look.profile), 'strong'),
    gatewayPart(look),
    ...(look.status
      ? [jailPart(look.status), ...look.status.channels.filter(isElsewhere).map(channelPart)]
      : []),
  ];
  return joined(parts, look.columns);
}

/** A window where only the first words of what is urgent fit. */
const NARROW = 36;

/** Parts with dots between, as long as they fit; the first is there in any case. */
function joined([first, ...others]: readonly Span[], columns: number): Row {
  if (!first) return [];
  let out: Row = [{ ...first, text: clip(first.text, Math.max(1, columns - 2)) }];
  for (const part of others) {
    const next = [...out, span(' · ', 'dim'), part];
    if (widthOf(next) > columns - 2) return [...out, span(' …', 'dim')];
    out = next;
  }
  return out;
}

function haltPart({ kind, at }: Halted, isNarrow: boolean): Span {
  const [word, tone]: readonly [string, Tone] =
    kind === 'halted' ? ['HALTED', 'danger'] : ['paused', 'caution'];
  return span(isNarrow ? word : `${word} since ${clockTime(at)} — /resume`, tone);
}

const waitingPart = (waiting: number, isNarrow: boolean): Span =>
  span(`${waiting} ${waiting === 1 ? 'waits' : 'wait'}${isNarrow ? '' : ' for you'}`, 'caution');

function gatewayPart({ status, stopping }: StatusLook): Span {
  if (stopping || status?.stopping) return span('stopping', 'caution');
  return status ? span('running', 'good') : span('connected', 'dim');
}

const jailPart = ({ jail }: Status): Span =>
  jail.state === 'ready'
    ? span('jail ready', 'good')
    : span(`jail ${jail.state}: no commands`, 'danger');

/** This terminal is before whoever reads it. */
const isElsewhere = ({ name }: ChannelStatus): boolean => name !== 'terminal';

function channelPart({ name, health }: ChannelStatus): Span {
  const words = health.state === 'ready' ? health.identity || 'ready' : health.state;
  return span(`${visible(name)} ${visible(words)}`, HEALTH[health.state]);
}

const HEALTH: Readonly<Record<ChannelStatus['health']['state'], Tone>> = {
  starting: 'dim',
  ready: 'good',
  retrying: 'caution',
  failed: 'danger',
};
