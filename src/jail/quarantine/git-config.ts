/** A setting as git reads it: section and key in small letters, the subsection as it is written. */
export interface GitSetting {
  readonly key: string;
  readonly value: string;
}

/**
 * Reads a git configuration that is written the way git itself writes it; undefined for anything that
 * this cannot be sure to read as git would: continued lines, quotes within a value, a byte order mark.
 */
export function parseGitConfig(text: string): readonly GitSetting[] | undefined {
  if (ODD.test(text)) return undefined;
  const settings: GitSetting[] = [];
  let section: string | undefined;
  for (const raw of text.split('\n')) {
    const line = raw.replace(/^[ \t]+|[ \t]+$/g, '');
    if (/^(?:[#;]|$)/.test(line)) continue;
    const head = SECTION.exec(line);
    if (head) section = sectionOf(head);
    const setting = head || section === undefined ? undefined : settingOf(section, line);
    if (setting) settings.push(setting);
    else if (!head) return undefined;
  }
  return settings;
}

/** The settings that could make git run or trust something that the repository's own files name. */
export const harmfulSettings = (settings: readonly GitSetting[]): readonly GitSetting[] =>
  settings.filter(
    ({ key, value }) =>
      !HARMLESS.some(([keys, values]) => keys.test(key) && values.test(value)) ||
      value.length > 4096,
  );

/** Control characters; a carriage return ends no line for git, and hides for people. */
const ODD = /[\0-\x08\x0b-\x1f\x7f\ufeff\ufffd]/;
const SECTION = /^\[([a-z][a-z0-9-]*)(?: "((?:[^"\\]|\\["\\])*)")?\]$/i;
/**
 * A key with one value: quoted whole, or plain without a comment, quotes that mean something, or a tab,
 * which some versions of git read as a space.
 */
const ENTRY =
  /^([a-z][a-z0-9-]*)(?:[ \t]*=[ \t]*(?:"((?:[^"\\]|\\["\\])*)"|((?:[^"\\#;\t]|\\["\\])*)))?$/i;

const sectionOf = ([, name = '', sub]: RegExpExecArray): string =>
  sub === undefined ? name.toLowerCase() : `${name.toLowerCase()}.${unquote(sub)}`;

function settingOf(section: string, line: string): GitSetting | undefined {
  const entry = ENTRY.exec(line);
  if (!entry) return undefined;
  const [, name = '', quoted, plain] = entry;
  return {
    key: `${section}.${name.toLowerCase()}`,
    value: unquote(quoted ?? plain ?? 'true'),
  };
}

const unquote = (text: string): string => text.replace(/\\(.)/g, '$1');

const YES_NO = /^(?:true|false|yes|no|on|off|[01])$/i;
const WORD = /^[a-z0-9]+$/i;
const TEXT = /^(?!-).*$/;
/** No helper (`ext::`, `foo::`) and nothing that a program would take for an option, also as a host. */
const ADDRESS =
  /^(?!-)(?!.*::)(?!.*@-)(?!.*:\/\/(?:[^/]*@)?-)(?:(?:https?|git|ssh|file):\/\/.*|(?!.*:\/\/).*)$/i;
const REFS = /^[+^]?[^-].*$/;

const HARMLESS: readonly (readonly [keys: RegExp, values: RegExp])[] = [
  [/^core\.(?:filemode|bare|ignorecase|precomposeunicode|symlinks)$/, YES_NO],
  [/^core\.(?:repositoryformatversion|logallrefupdates|autocrlf|eol)$/, WORD],
  [/^extensions\.objectformat$/, WORD],
  [/^remote\.[^-].*\.url$/, ADDRESS],
  [/^remote\.[^-].*\.fetch$/, REFS],
  [/^remote\.[^-].*\.tagopt$/, /^--(?:no-)?tags$/],
  [/^remote\.[^-].*\.mirror$/, YES_NO],
  [/^branch\..+\.remote$/, ADDRESS],
  [/^branch\..+\.merge$/, TEXT],
  [/^(?:branch\..+|pull)\.rebase$/, WORD],
  [/^pull\.ff$/, WORD],
  [/^user\.(?:name|email)$/, TEXT],
  [/^init\.defaultbranch$/, TEXT],
];
