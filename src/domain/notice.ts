import { alertKinds, alertWords } from './alert.ts';
import { postKinds } from './feed-post.ts';
import { dayIn, wallTime } from './schedule/wall-time.ts';

const posted = postKinds.map((kind) => `post.${kind}` as const);

/** What the owner may have told to a chat of theirs: what is alerted, what the feed says, and how things end. */
export const noticeEvents = [
  ...alertKinds,
  ...posted,
  ...(['approval.expired', 'job.done', 'job.failed'] as const),
] as const;
export type NoticeEvent = (typeof noticeEvents)[number];

/** What each is about, in a few words. */
export const noticeWords: Readonly<Record<NoticeEvent, string>> = {
  ...alertWords,
  'post.status': 'what agents do, as the feed tells it',
  'post.insight': 'an insight in the feed',
  'post.question': 'a question in the feed',
  'post.alert': 'an alert in the feed',
  'approval.expired': 'a question that nobody answered in time',
  'job.done': 'a job that was done',
  'job.failed': 'a job that failed, was stopped or was refused',
};

/** Told at once, whatever the hour. */
const CRITICAL: ReadonlySet<NoticeEvent> = new Set<NoticeEvent>(['panic', 'record', 'factor']);
export const isCritical = (event: NoticeEvent): boolean => CRITICAL.has(event);

/** Something that happened, in words, and the agent it is about: `atom` where it is about none. */
export interface Happening {
  readonly kind: NoticeEvent;
  readonly text: string;
  readonly agent?: string;
  /** Where only that is known. */
  readonly agentId?: string;
}

/** When somebody wants to hear of it. Times of day such as `22:00`. */
export interface NoticeHours {
  readonly quiet?: { readonly from: string; readonly to: string };
  /** Everything that is not critical comes together at this time. */
  readonly digest?: string;
  readonly zone: string;
}

/** When something that happened at `at` is told: `at` itself, or later. Milliseconds since 1970. */
export function tellAt(
  { quiet, digest, zone }: NoticeHours,
  event: NoticeEvent,
  at: number,
): number {
  if (isCritical(event)) return at;
  const now = timeIn(zone, at);
  if (digest !== undefined) return nextAt(digest, zone, { at, later: now >= digest ? 1 : 0 });
  if (quiet === undefined || !isWithin(quiet, now)) return at;
  return nextAt(quiet.to, zone, { at, later: now >= quiet.to ? 1 : 0 });
}

/** Hours may go over midnight; from and to the same is never. */
const isWithin = ({ from, to }: { readonly from: string; readonly to: string }, now: string) =>
  from <= to ? now >= from && now < to : now >= from || now < to;

const DAY_MS = 86_400_000;

function nextAt(
  time: string,
  zone: string,
  { at, later }: { readonly at: number; readonly later: number },
): number {
  const [hour = 0, minute = 0] = time.split(':').map(Number);
  const found = wallTime(dayIn(zone, at, later), { hour, minute }, zone);
  // An hour that a clock shows twice may lie behind.
  return Math.max(found ?? at + DAY_MS, at);
}

const timeIn = (zone: string, at: number): string =>
  new Intl.DateTimeFormat('en-GB', {
    hour: '2-digit',
    minute: '2-digit',
    hourCycle: 'h23',
    timeZone: zone,
  }).format(at);

/** What may stand in a template. */
export const noticeFields = ['event', 'text', 'agent', 'time'] as const;
const FIELD = /\{(\w*)\}/g;

/** The names in braces that nothing stands for. */
export const unknownFields = (template: string): readonly string[] =>
  [...template.matchAll(FIELD)]
    .map(([, name = '']) => name)
    .filter((name) => !noticeFields.some((known) => known === name));

export const PLAIN_TEMPLATE = '{event}, {agent}: {text}';

/** A template with what happened in it. What is put in is not looked at for braces again. */
export function noticeText(
  template: string,
  { kind, text, agent = 'atom' }: Happening,
  { at, zone }: { readonly at: number; readonly zone: string },
): string {
  const time = `${dayIn(zone, at)} ${timeIn(zone, at)}`;
  const values: Readonly<Record<string, string>> = { event: kind, text, agent, time };
  return template.replace(FIELD, (whole, name: string) => values[name] ?? whole);
}
