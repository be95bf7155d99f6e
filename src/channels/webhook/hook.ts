import type { Clock } from '../../base/clock.ts';
import { AtomError } from '../../base/errors.ts';
import type { Hook } from '../../domain/hook.ts';
import { type StandardVerified, verifierOf } from '../signatures/standard-webhooks.ts';
import { refused } from '../signatures/verified.ts';
import type { Accepting } from '../taking.ts';
import { eventOf } from './events.ts';
import type { Source } from './source.ts';

export interface HookDeps {
  readonly sources: readonly Source[];
  readonly clock: Clock;
  newId(): string;
  readonly accept: Accepting;
  /** Told that a program proved to be there. */
  readonly heard: () => void;
}

/** Takes what programs post: who signed it says whose it is. One that came before is taken and changes nothing. */
export function createHook({ sources, clock, newId, accept, heard }: HookDeps): Hook {
  const doors = sources.map((source) => ({ source, verify: verifierOf(source.secret) }));
  return async (request) => {
    const now = clock.now();
    // Every secret is tried, so that it takes the same time whosever it is.
    const tried = doors.map(({ source, verify }) => ({ source, verified: verify(request, now) }));
    const signed = tried.flatMap(({ source, verified }) =>
      verified.ok ? [{ source, id: verified.id, at: verified.at }] : [],
    );
    const [post] = signed;
    if (!post) return tried.map(({ verified }) => verified).find(isRefused) ?? NOBODY;
    const read = eventOf(newId, { ...post, body: request.body });
    if (!read.ok) return read;
    const keep = accept();
    if (!keep) throw new AtomError('unavailable', 'The channel is not open yet.');
    heard();
    await keep(read.event);
    return { status: 200 };
  };
}

const NOBODY = refused('there is no program that may post');

const isRefused = (
  verified: StandardVerified,
): verified is Exclude<StandardVerified, { ok: true }> => !verified.ok;
