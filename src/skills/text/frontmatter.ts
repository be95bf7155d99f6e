import { LineCounter, type YAMLError } from 'yaml';
import { noteOn, type SkillText, wrongIn } from './decode.ts';
import { mendLines } from './mend.ts';
import { parseYaml } from './parse-yaml.ts';

/** What stands between the `---` lines of a `SKILL.md`, and what follows them. */
export interface Frontmatter {
  /** Scalars are texts as they were written, whatever YAML would make of them. */
  readonly fields: ReadonlyMap<unknown, unknown>;
  /** The line of a field in the file; that of the first `---` where there is none. */
  readonly lineOf: (field: string) => number;
  readonly body: string;
  readonly notes: readonly string[];
}

const MARK = /^---[ \t]*$/;
const END = /^(?:---|\.\.\.)[ \t]*$/;
// YAML takes longer than its length says, and nothing else happens meanwhile.
const MOST_LINES = 200;
const MOST_CHARACTERS = 8 * 1024;
/** Of a head with more faults, nothing can be told. */
const MOST_MENDED = 10;

/** Reads the head of a `SKILL.md`. Throws AtomError `usage` that names the line and what to do. */
export function readFrontmatter({ lines, notes }: SkillText): Frontmatter {
  const start = lines.findIndex((line) => line.trim() !== '');
  const first = lines[start];
  if (first === undefined) throw wrongIn(1, 'it is empty.', HOW_TO_BEGIN);
  if (!MARK.test(first))
    throw wrongIn(start + 1, 'it does not begin with a line "---".', HOW_TO_BEGIN);
  const end = lines.findIndex((line, at) => at > start && END.test(line));
  if (end < 0)
    throw wrongIn(
      start + 1,
      'its frontmatter, which begins here, does not end.',
      'Write a line "---" after the last field.',
    );
  const head = lines.slice(start + 1, end);
  refuseLong(head, start + 1);
  const { fields, lines: at, mended } = parse(head, start + 2);
  return {
    fields,
    lineOf: (field) => at.get(field) ?? start + 1,
    body: lines
      .slice(end + 1)
      .join('\n')
      .trim(),
    notes: [
      ...notes,
      ...(start > 0 ? [noteOn(1, 'it begins with empty lines: take them out.')] : []),
      ...mended.map((line) =>
        noteOn(line + start + 2, 'this is no YAML as it stands: put the text in quotes.'),
      ),
    ],
  };
}

function refuseLong(head: readonly string[], line: number): void {
  const characters = head.reduce((sum, { length }) => sum + length + 1, 0);
  if (head.length <= MOST_LINES && characters <= MOST_CHARACTERS) return;
  throw wrongIn(
    line,
    `its frontmatter has ${head.length} lines with ${characters} characters; ${MOST_LINES} with ${MOST_CHARACTERS} are read.`,
    'Keep what the skill is and needs in it, and move the rest below it.',
  );
}

const HOW_TO_BEGIN =
  'Begin it with a line "---", then the fields name and description, then a line "---".';

interface Parsed {
  readonly fields: ReadonlyMap<unknown, unknown>;
  readonly lines: ReadonlyMap<unknown, number>;
  /** Lines of the head, from 0, that were read as text because they are no YAML. */
  readonly mended: readonly number[];
}

/** `offset` is the line of the file in which the head begins. */
function parse(head: readonly string[], offset: number): Parsed {
  const first = read(head);
  const wrong = first.errors.map((error) => first.lineOf(error) - 1);
  if (wrong.length === 0) return { ...fieldsOf(first, offset), mended: [] };
  if (wrong.length <= MOST_MENDED) {
    const { lines, mended } = mendLines(head, wrong);
    const second = read(lines);
    if (second.errors.length === 0) return { ...fieldsOf(second, offset), mended };
  }
  const [error] = first.errors;
  throw wrongIn(
    Math.min(wrong[0] ?? 0, head.length - 1) + offset,
    `this is no YAML: ${error?.message.replace(/\.?$/, '.')}`,
    'Put texts with signs such as : # [ { in quotes, and indent with blanks.',
  );
}

type Read = ReturnType<typeof read>;

function read(lines: readonly string[]) {
  const counter = new LineCounter();
  const document = parseYaml(lines.join('\n'), counter);
  return {
    document,
    errors: document.errors,
    lineOf: (error: Pick<YAMLError, 'pos'>) => counter.linePos(error.pos[0]).line,
  };
}

function fieldsOf({ document, lineOf }: Read, offset: number): Omit<Parsed, 'mended'> {
  // Without aliases a small file stays a small value.
  const value = withoutAliases(() => document.toJS({ mapAsMap: true, maxAliasCount: 0 }), offset);
  if (!(value instanceof Map))
    throw wrongIn(offset, 'the frontmatter has no fields.', HOW_TO_BEGIN);
  const { contents } = document;
  const lines = new Map<unknown, number>();
  for (const { key } of contents !== null && 'items' in contents ? (contents.items as Pairs) : [])
    if (key?.range)
      lines.set(key.value, lineOf({ pos: [key.range[0], key.range[0]] }) + offset - 1);
  return { fields: value, lines };
}

type Pairs = readonly { readonly key?: { readonly value?: unknown; readonly range?: [number] } }[];

function withoutAliases(make: () => unknown, line: number): unknown {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    throw wrongIn(line, 'it uses YAML anchors and aliases.', 'Write each value out.');
  }
}
