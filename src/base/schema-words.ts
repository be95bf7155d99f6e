import type { z } from 'zod';

type Issue = z.core.$ZodIssue;

/** More would not be read. */
const MOST_ISSUES = 4;

/**
 * What is wrong with a value, in sentences: `"when" is empty. "text" is longer than 2,000 characters.` Nothing
 * of the value itself is repeated, which may be a secret or a stranger's.
 */
export function schemaWords({ issues }: z.core.$ZodError): string {
  const sentences = issues.slice(0, MOST_ISSUES).map((issue) => `${sentence(issue)}.`);
  return [...new Set(sentences)].join(' ');
}

function sentence(issue: Issue): string {
  const name = issue.path.length === 0 ? 'It' : `"${issue.path.map(String).join('.')}"`;
  if (!ITS_OWN.test(issue.message)) return `${name} is wrong: ${issue.message}`;
  switch (issue.code) {
    case 'too_small':
      return `${name} ${tooSmall(issue)}`;
    case 'too_big':
      return `${name} ${tooBig(issue)}`;
    case 'invalid_type':
      return `${name} ${wrongType(issue)}`;
    case 'invalid_value':
      return `${name} has to be ${issue.values.map((value) => JSON.stringify(value)).join(' or ')}`;
    case 'unrecognized_keys':
      return `${name} has nothing called ${issue.keys.map((key) => JSON.stringify(key)).join(', ')}`;
    case 'invalid_union':
      return ofUnion(issue, name);
    default:
      return `${name} ${plainly(issue)}`;
  }
}

const count = (many: number | bigint): string => many.toLocaleString('en');

const UNITS: Readonly<Record<string, string>> = { string: 'character', array: 'entry' };

/** `1 character`, `2 entries`; a bare number where it is about a number. */
function amount(origin: string, many: number | bigint): string {
  const unit = UNITS[origin];
  if (unit === undefined) return count(many);
  return `${count(many)} ${Number(many) === 1 ? unit : unit.replace(/y$/, 'ie').concat('s')}`;
}

function tooSmall({ origin, minimum }: z.core.$ZodIssueTooSmall): string {
  if (origin in UNITS && Number(minimum) === 1) return 'is empty';
  return `has to be at least ${amount(origin, minimum)}`;
}

const tooBig = ({ origin, maximum }: z.core.$ZodIssueTooBig): string =>
  origin in UNITS
    ? `is longer than ${amount(origin, maximum)}`
    : `has to be at most ${amount(origin, maximum)}`;

const TYPES: Readonly<Record<string, string>> = {
  string: 'a text',
  int: 'a whole number',
  number: 'a number',
  boolean: 'true or false',
  array: 'a list',
  object: 'an object',
  record: 'an object',
};

const wrongType = ({ expected, message }: z.core.$ZodIssueInvalidType): string =>
  message.endsWith('received undefined')
    ? 'is missing'
    : `has to be ${TYPES[expected] ?? `of type ${expected}`}`;

/** What the first of several forms would take; the others are mostly what may be left out. */
function ofUnion({ errors, path }: z.core.$ZodIssueInvalidUnion, name: string): string {
  const [first] = errors[0] ?? [];
  return first
    ? sentence({ ...first, path: [...path, ...first.path] })
    : `${name} is of no kind that is known`;
}

/** How the library's own messages begin: any other one is ours, and is said. */
const ITS_OWN = /^(?:Too (?:small|big)|Invalid|Unrecognized)\b/;

function plainly(issue: Issue): string {
  if (issue.code === 'invalid_format') return 'is not written as it has to be';
  return issue.code === 'not_multiple_of' ? `has to be a multiple of ${issue.divisor}` : 'is wrong';
}
