/** One measured value, or a distribution of them. Numbers are in the units that the name ends in. */
export interface Sample {
  readonly labels?: Readonly<Record<string, string>>;
  readonly value: number | Distribution;
}

/** What a summary holds. */
export interface Distribution {
  readonly count: number;
  readonly sum: number;
  /** By the quantile: `0.5`. */
  readonly quantiles: Readonly<Record<string, number>>;
}

/** Everything of one name. */
export interface Family {
  readonly name: string;
  readonly help: string;
  readonly type: 'counter' | 'gauge' | 'summary';
  readonly samples: readonly Sample[];
}

/** What says what the text is (Prometheus text format 0.0.4). */
export const CONTENT_TYPE = 'text/plain; version=0.0.4; charset=utf-8';

/** Families as Prometheus reads them: prometheus.io/docs/instrumenting/exposition_formats. */
export const exposition = (families: readonly Family[]): string =>
  families.map(familyText).join('');

const familyText = ({ name, help, type, samples }: Family): string =>
  [
    `# HELP ${name} ${escaped(help)}`,
    `# TYPE ${name} ${type}`,
    ...samples.flatMap((sample) => sampleLines(name, sample)),
    '',
  ].join('\n');

function sampleLines(name: string, { labels = {}, value }: Sample): readonly string[] {
  if (typeof value === 'number') return [line(name, labels, value)];
  const { quantiles, sum, count } = value;
  return [
    ...Object.entries(quantiles).map(([quantile, found]) =>
      line(name, { ...labels, quantile }, found),
    ),
    line(`${name}_sum`, labels, sum),
    line(`${name}_count`, labels, count),
  ];
}

function line(name: string, labels: Readonly<Record<string, string>>, value: number): string {
  const pairs = Object.entries(labels).map(([label, text]) => `${label}="${quoted(text)}"`);
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}`;
}

const escaped = (text: string): string => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n');
const quoted = (text: string): string => escaped(text).replaceAll('"', '\\"');
