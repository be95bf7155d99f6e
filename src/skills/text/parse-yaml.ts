import { type Document, type LineCounter, parseDocument, visit, YAMLParseError } from 'yaml';

/**
 * YAML as it is read here, its faults in `errors`. `failsafe`: what is written is a text, a list or a map,
 * and nothing becomes a date, a number or `null`. No key stands twice in a map.
 */
export function parseYaml(text: string, lineCounter?: LineCounter): Document.Parsed {
  const document = parseDocument(text, {
    schema: 'failsafe',
    prettyErrors: false,
    logLevel: 'silent',
    // The library would compare each key with each other one.
    uniqueKeys: false,
    ...(lineCounter ? { lineCounter } : {}),
  });
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>();
      for (const { key } of items as Pairs) {
        const { value, range } = key ?? {};
        if (value !== undefined && seen.has(value))
          document.errors.push(
            new YAMLParseError(
              [range?.[0] ?? 0, range?.[1] ?? 0],
              'DUPLICATE_KEY',
              'Map keys must be unique',
            ),
          );
        seen.add(value);
      }
    },
  });
  return document;
}

type Pairs = readonly {
  readonly key: { readonly value?: unknown; readonly range?: readonly number[] } | null;
}[];
