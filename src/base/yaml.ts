import type { Json } from './json.ts';

/**
 * YAML 1.2 of a value, ending in a newline: blocks for lists and objects, and JSON's own text for what
 * they hold, so that no text is ever taken for anything else. Nothing in it is invisible.
 */
export const yaml = (value: Json): string => `${block(value).join('\n')}\n`;

function block(value: Json): readonly string[] {
  if (Array.isArray(value) && value.length > 0)
    return value.flatMap((item: Json) => {
      const [first = '', ...rest] = block(item);
      return [`- ${first}`, ...rest.map(indent)];
    });
  if (isObject(value) && Object.keys(value).length > 0)
    return Object.entries(value).flatMap(([key, item]) => entry(key, item));
  return [scalar(value)];
}

function entry(key: string, value: Json): readonly string[] {
  const name = /^[a-z_]+$/i.test(key) && !NOT_A_WORD.test(key) ? key : scalar(key);
  const lines = block(value);
  const isBlock = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  return isBlock ? [`${name}:`, ...lines.map(indent)] : [`${name}: ${lines.join('')}`];
}

/** What some reader of YAML takes for something other than a word. */
const NOT_A_WORD = /^(true|false|null|yes|no|on|off|y|n)$/i;

const isObject = (value: Json): value is { readonly [key: string]: Json } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const indent = (line: string): string => `  ${line}`;

const scalar = (value: Json): string =>
  JSON.stringify(value).replace(/[\p{C}\p{Zl}\p{Zp}]/gu, (char) => {
    const code = char.codePointAt(0) ?? 0;
    const hex = code.toString(16);
    return code > 0xffff ? `\\U${hex.padStart(8, '0')}` : `\\u${hex.padStart(4, '0')}`;
  });
