/** One line of a Prometheus text, taken apart. */
export interface Parsed {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  readonly value: number;
}

/** Values are numbers as Go reads them, and what is left out is nobody's. */
const LINE =
  /^([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\{((?:[a-zA-Z_][a-zA-Z0-9_]*="(?:[^"\\\n]|\\["\\n])*",?)*)\})? (-?\d+(?:\.\d+)?(?:e[+-]?\d+)?|NaN|[+-]Inf)$/;
const LABEL = /([a-zA-Z_][a-zA-Z0-9_]*)="((?:[^"\\\n]|\\["\\n])*)"/g;

/**
 * Reads the text format 0.0.4, written from its description and not from what atom writes. Throws where a
 * line is none of it, a family is told of twice, or a sample comes outside its family.
 */
export function parseExposition(text: string): readonly Parsed[] {
  if (!text.endsWith('\n')) throw new Error('the last line has no end');
  const types = new Map<string, string>();
  let family = '';
  return text
    .slice(0, -1)
    .split('\n')
    .flatMap((line) => {
      const [, kind, name = '', rest = ''] = /^# (HELP|TYPE) (\S+) (.*)$/.exec(line) ?? [];
      if (kind === 'HELP') return [];
      if (kind === undefined) return [within(family, types.get(family), parseLine(line))];
      if (types.has(name)) throw new Error(`${name} is told of twice`);
      checkType(name, rest);
      types.set(name, rest);
      family = name;
      return [];
    });
}

function checkType(name: string, type: string): void {
  if (!/^(counter|gauge|summary|histogram|untyped)$/.test(type)) throw new Error(`type ${type}`);
  if (type === 'counter' && !name.endsWith('_total')) throw new Error(`${name} is no counter`);
}

function within(family: string, type: string | undefined, sample: Parsed): Parsed {
  const ends = type === 'summary' ? ['', '_sum', '_count'] : [''];
  if (ends.some((end) => sample.name === family + end)) return sample;
  throw new Error(`${sample.name} is not of ${family}`);
}

function parseLine(line: string): Parsed {
  const [, name, labels = '', value] = LINE.exec(line) ?? [];
  if (name === undefined) throw new Error(`no sample: ${line}`);
  const pairs = [...labels.matchAll(LABEL)].map(
    ([, label = '', text = '']) =>
      [label, text.replace(/\\(.)/g, (_, c) => (c === 'n' ? '\n' : c))] as const,
  );
  return { name, labels: Object.fromEntries(pairs), value: Number(value) };
}
