import { mac } from '../base/digest.ts';
import type { LogLine } from '../base/log.ts';
import { mapTexts } from '../base/map-texts.ts';

/** Channels on which people's ids are their telephone numbers, with or without the plus. */
const OF_PHONES = /(?<![a-z])(?:sms|signal|whatsapp)/;
const NUMBER = /(?<![\w+.-])\+[1-9]\d{7,14}(?![\w.])/g;
const BARE = /(?<![\w+.-])\+?[1-9]\d{7,14}(?![\w.])/g;

/**
 * Puts a hash in the place of each telephone number in a line of the log, so that one can still be followed from
 * line to line. Numbers are few enough to try them all: by `key`, which nobody keeps, a hash tells none.
 */
export function hashNumbers(line: LogLine, key: Uint8Array): LogLine {
  const { channel = '', session = '' } = line.fields;
  const isOfPhones = OF_PHONES.test(`${line.part} ${line.text} ${channel} ${session}`);
  const hash = (text: string): string =>
    text.replace(
      isOfPhones ? BARE : NUMBER,
      (number) => `phone#${mac(key, number.replace('+', ''), 8)}`,
    );
  return { ...line, text: hash(line.text), fields: mapTexts(line.fields, hash) };
}
