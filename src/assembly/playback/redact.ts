import { hostname, userInfo } from 'node:os';
import { cutMiddle } from '../../base/cut-middle.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { redactAll, redactOutput } from '../../base/redact.ts';
import type { Played, PlayedCard, PlayStep } from '../../domain/playback.ts';
import { withoutPrivate } from '../../feed/redact.ts';
import { mapTexts } from './texts.ts';

/** More of a text is not looked at: what is cut here is far from what is left of it in the end. */
const MOST_LOOKED_AT = 64_000;

/**
 * A turn for the eyes of others: without secrets, `known` ones among them, without what tells who or where
 * somebody is, and without the names of this machine and its user. Long texts must not be cut before, or
 * half a secret is left of one. Throws AtomError `blocked` where it cannot be done.
 */
export function redactPlayed(played: Played, known: readonly string[]): Played {
  const without = redactOutput(known);
  const names = namesIn(played);
  const anonymous = (text: string): string =>
    names.reduce((rest, { shape, word }) => rest.replace(shape, word), text);
  const change = (text: string): string =>
    withoutPrivate(anonymous(cutMiddle(text, MOST_LOOKED_AT)), without);
  try {
    const { session, turn, talk, ...rest } = played;
    const steps = turn?.steps.map((step) => withShape(mapTexts(withoutFields(step), change), step));
    return {
      ...{ session: keyWithout(session), ...rest },
      ...(talk ? { talk: mapTexts(talk, change) } : {}),
      ...(turn && steps ? { turn: { ...turn, steps } } : {}),
    };
  } catch (cause) {
    throw new AtomError(
      'blocked',
      'What is private could not be taken out, so nothing was exported.',
      {
        cause,
      },
    );
  }
}

/** Fields that hold a secret by their name. */
const SECRET_FIELD =
  /pass(?:word|wd|phrase|code)?$|secret|token|api[-_]?key|private[-_]?key|credential|authori[sz]ation|cookie|^pin$/i;

/** What is a secret, or a person, by its place and not by what it looks like. */
function withoutFields(step: PlayStep): PlayStep {
  switch (step.kind) {
    case 'message':
      return { ...step, who: whoOf(step.who) };
    case 'planned':
      return {
        ...step,
        calls: step.calls.map(({ tool, input }) => ({ tool, input: withoutValues(input) })),
      };
    case 'answered': {
      const { by, ...rest } = step;
      if (by === undefined) return step;
      const [surface = '', ...id] = by.split('/');
      return { ...rest, by: `${surface}/${whoOf(id.join('/'))}` };
    }
    case 'asked':
      return { ...step, card: { ...step.card, words: wordsOf(step.card.words) } };
    case 'decided':
      return { ...step, words: wordsOf(step.words) };
    default:
      return step;
  }
}

/** What only says which kind of thing it is stays as it was: somebody may be called like that. */
function withShape(changed: PlayStep, { kind, ...step }: PlayStep): PlayStep {
  const shape = (['verdict', 'state', 'run', 'action'] as const).flatMap((name) =>
    name in step ? [[name, (step as Record<string, Json>)[name]]] : [],
  );
  return {
    ...changed,
    kind,
    ...Object.fromEntries(shape),
    ...cardShape(changed, step),
  } as PlayStep;
}

function cardShape(changed: PlayStep, step: object): object {
  if (changed.kind !== 'asked' || !('card' in step)) return {};
  const { kind, code, risk, factor, action } = step.card as PlayedCard;
  return { card: { ...changed.card, kind, code, risk, factor, action } };
}

const wordsOf = (words: readonly string[]): readonly string[] =>
  redactAll([...words]) as readonly string[];

function withoutValues(value: Json): Json {
  if (Array.isArray(value)) return (redactAll(value) as Json[]).map(withoutValues);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [
      key,
      SECRET_FIELD.test(key) && one !== null ? '[secret]' : withoutValues(one),
    ]),
  );
}

const PERSON = '[person]';
const whoOf = (id: string): string => (id === 'owner' ? id : PERSON);

/** Sessions whose names are no people's. */
const OWN: ReadonlySet<string> = new Set(['terminal', 'agent', 'job']);

function keyWithout(key: string): string {
  const [channel = '', type = '', identifier, ...thread] = key.split(':');
  if (OWN.has(channel) || identifier === undefined) return key;
  return [channel, type, '[chat]', ...thread.map(() => '[thread]')].join(':');
}

/** Names of everybody, which say nothing of anybody. */
const COMMON: ReadonlySet<string> = new Set(
  ...[['root', 'user', 'owner', 'main', 'atom', 'node', 'localhost', 'admin']],
);
const LEAST_NAME = 3;

interface Name {
  readonly shape: RegExp;
  readonly word: string;
}

/** Who and where somebody is, by the ids that atom itself knows. */
function namesIn({ session, turn }: Played): readonly Name[] {
  const [channel = '', , ...ids] = session.split(':');
  const people = (turn?.steps ?? []).flatMap((step) =>
    step.kind === 'message'
      ? [step.who]
      : step.kind === 'answered' && step.by !== undefined
        ? [step.by.split('/').slice(1).join('/')]
        : [],
  );
  const chats = OWN.has(channel) ? [] : ids;
  return [
    ...[...people, ...chats.flatMap((id) => [id, id.split('@')[0] ?? ''])].map(nameOf(PERSON)),
    nameOf('[user]')(userInfo().username),
    nameOf('[machine]')(hostname()),
  ].flat();
}

const nameOf =
  (word: string) =>
  (name: string): readonly Name[] =>
    name.length < LEAST_NAME || COMMON.has(name.toLowerCase())
      ? []
      : [
          {
            shape: new RegExp(`(?<![A-Za-z0-9])${escaped(name)}(?![A-Za-z0-9])`, 'gi'),
            word,
          },
        ];

const escaped = (text: string): string => text.replaceAll(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
