import type { Clock } from '../../base/clock.ts';
import type { Hook, HookAnswer } from '../../domain/hook.ts';
import { verifySlack } from '../signatures/slack.ts';
import { isRecord } from './api.ts';
import type { Brought } from './brought.ts';
import type { Intake } from './intake.ts';

export interface HookDeps {
  readonly signingSecret: string;
  readonly clock: Clock;
  readonly intake: Intake;
  /** Told that Slack proved to be there. */
  readonly heard: () => void;
}

const TAKEN: HookAnswer = { status: 200 };
const UNREADABLE: HookAnswer = { status: 400, reason: 'it cannot be read' };

/**
 * Answers the Events API, interactions and slash commands, all at one address. One that is brought again
 * (`X-Slack-Retry-Num`) is known by the id of what it tells. Source: docs.slack.dev/apis/events-api.
 */
export const createHook =
  ({ signingSecret, clock, intake, heard }: HookDeps): Hook =>
  async ({ headers, body }) => {
    const verified = verifySlack({ headers, body }, { secret: signingSecret, now: clock.now() });
    if (!verified.ok) return verified;
    heard();
    const text = Buffer.from(body).toString('utf8');
    const isForm = headers['content-type']?.startsWith('application/x-www-form-urlencoded');
    const brought = isForm ? readForm(new URLSearchParams(text)) : readEvent(text);
    if (brought === undefined) return UNREADABLE;
    if (typeof brought === 'string')
      return { status: 200, headers: { 'content-type': 'text/plain' }, body: brought };
    const answer = await intake(brought);
    return answer === undefined
      ? TAKEN
      : {
          status: 200,
          headers: { 'content-type': 'application/json' },
          body: JSON.stringify(answer),
        };
  };

/** What is brought, or the word that Slack wants to hear back. */
function readEvent(text: string): Brought | string | undefined {
  const payload = parsed(text);
  if (payload?.type === 'url_verification')
    return typeof payload.challenge === 'string' ? payload.challenge : undefined;
  return payload && { kind: 'event', payload };
}

function readForm(form: URLSearchParams): Brought | undefined {
  const inside = form.get('payload');
  if (inside === null) return { kind: 'command', form };
  const payload = parsed(inside);
  return payload && { kind: 'interaction', payload };
}

function parsed(text: string) {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
}
