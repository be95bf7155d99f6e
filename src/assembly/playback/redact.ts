import { cutMiddle } from '../../base/cut-middle.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { mapTexts } from '../../base/map-texts.ts';
import { type Redact, redactOutput } from '../../base/redact.ts';
import type { Played, PlayedCard, PlayStep } from '../../domain/playback.ts';
import { type OwnPlace, withoutAccount, wordShape } from '../../feed/account.ts';
import { isCommon } from '../../feed/account-names.ts';
import { type Own, withoutPrivate } from '../../feed/redact.ts';
import { withoutAddresses } from './addresses.ts';
import { redactInput, redactWords } from './inputs.ts';

/** More of a text is not looked at: what is cut here is far from what is left of it in the end. */
const MOST_LOOKED_AT = 64_000;

/**
 * A turn for the eyes of others: without secrets, `known` ones among them, without what tells who or where
 * somebody is, and without the names of this machine and its user. Long texts must not be cut before, or
 * half a secret is left of one. Throws AtomError `blocked` where it cannot be done.
 */
export function redactPlayed(played: Played, known: readonly string[], place: OwnPlace): Played {
  const [people, here] = [withoutPeople(played), withoutAccount(place, 'everywhere')];
  const withoutKnown = redactOutput(known);
  const own: Own = {
    // Before numbers of people: a telephone's would take the beginning of one along.
    secrets: (text) => withoutAddresses(withoutKnown(text)),
    account: (text) => here(people(text)),
  };
  const change = (text: string): string => withoutPrivate(cutMiddle(text, MOST_LOOKED_AT), own);
  try {
    const { session, turn, talk, ...rest } = played;
    const steps = turn?.steps.map((step) =>
      withShape(mapTexts(withoutFields(step, change), change), step),
    );
    return {
      session: keyWithout(session),
      ...rest,
      // Its first words were cut before: half a secret may be left of one.
      ...(talk ? { talk: { ...mapTexts(talk, change), begins: '' } } : {}),
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

/** What is a secret, or a person, by its place and not by what it looks like. */
function withoutFields(step: PlayStep, change: Redact): PlayStep {
  switch (step.kind) {
    case 'message':
      return { ...step, who: whoOf(step.who) };
    case 'planned':
      return {
        ...step,
        calls: step.calls.map(({ tool, input }) => ({ tool, input: redactInput(input, change) })),
      };
    case 'answered': {
      const { by, ...rest } = step;
      if (by === undefined) return step;
      const [surface = '', ...id] = by.split('/');
      return { ...rest, by: `${surface}/${whoOf(id.join('/'))}` };
    }
    case 'asked':
      return { ...step, card: { ...step.card, words: redactWords(step.card.words, change) } };
    case 'decided':
      return { ...step, words: redactWords(step.words, change) };
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

const PERSON = '[person]';
const whoOf = (id: string): string => (id === 'owner' ? id : PERSON);

/** Sessions whose names are no people's. */
const OWN: ReadonlySet<string> = new Set(['terminal', 'agent', 'job']);

function keyWithout(key: string): string {
  const [channel = '', type = '', identifier, ...thread] = key.split(':');
  if (OWN.has(channel) || identifier === undefined) return key;
  return [channel, type, '[chat]', ...thread.map(() => '[thread]')].join(':');
}

const LEAST_NAME = 3;

/** Who they are that spoke, by the ids that atom itself knows, and as they call themselves. */
function withoutPeople({ session, turn }: Played): Redact {
  const [channel = '', , ...ids] = session.split(':');
  const people = (turn?.steps ?? []).flatMap(peopleIn);
  const chats = OWN.has(channel) ? [] : ids.flatMap((id) => [id, id.split('@')[0] ?? '']);
  const shapes = [...new Set([...people, ...chats])]
    .filter((name) => name.length >= LEAST_NAME && !isCommon(name))
    .toSorted((a, b) => b.length - a.length)
    .map(wordShape);
  return (text) =>
    shapes.reduce(
      (rest, shape) => rest.replace(shape, PERSON),
      text.replace(CLAIM, (all, name: string) => all.replace(name, PERSON)),
    );
}

/** As `claimOf` says it. */
const CLAIM = /\(calls itself “([^”]{1,400})”/g;

function peopleIn(step: PlayStep): readonly string[] {
  switch (step.kind) {
    case 'message':
      return [step.who];
    case 'answered':
      return step.by === undefined ? [] : [step.by.split('/').slice(1).join('/')];
    case 'asked':
      return [...step.card.who.matchAll(CLAIM)].flatMap(([, name = '']) => [
        name,
        ...name.split(/\s+/),
      ]);
    default:
      return [];
  }
}
