import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { AtomError, asAtomError, systemCode } from '../../base/errors.ts';
import { checkPrivate } from '../../base/private-file.ts';
import { visibleBlock } from '../../base/visible.ts';
import { checkConfig } from '../../config/check.ts';
import { parseRaw, type RawConfig, readRaw, settingsFault, writeRaw } from '../../config/file.ts';
import { createAsker } from '../ask/asker.ts';
import { type Cli, requirePerson } from '../cli.ts';
import { editorOf, openIn } from './editor.ts';
import { refuseLooserSettings } from './refuse-looser.ts';

/** Asks whether to go back to the editor. */
export type EditAgain = () => Promise<boolean>;

/**
 * Opens the settings in the person's editor, as a copy, and takes over what can be used: checked as `config set`
 * does, and written in one step. What cannot is named, and may be edited again; until it is right, or given up, the
 * settings stay as they were. Throws AtomError `usage` without a terminal or an editor, `declined` once it is
 * given up.
 */
export async function editSettings(cli: Cli, again: EditAgain = askAgain): Promise<void> {
  requirePerson(
    cli,
    'Settings are edited in an editor',
    'One at a time:   atom config set KEY VALUE',
  );
  const argv = editorOf(cli);
  const before = textOf(cli);
  const folder = mkdtempSync(join(cli.env.temporary, 'atom-settings-'));
  try {
    const copy = join(folder, 'config.json');
    writeFileSync(copy, before, { mode: 0o600 });
    const next = await edited(cli, { argv, copy, before }, again);
    if (next !== undefined) {
      // What loosens them was asked about meanwhile.
      refuseChanged(cli, before);
      await writeRaw(cli.paths, next, { mends: true });
    }
    tell(cli, next !== undefined);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

interface Edit {
  readonly argv: readonly string[];
  readonly copy: string;
  readonly before: string;
}

/** What was made of it, once it can be used; undefined where nothing was changed. */
async function edited(
  cli: Cli,
  { argv, copy, before }: Edit,
  again: EditAgain,
): Promise<RawConfig | undefined> {
  for (;;) {
    await openIn(argv, copy);
    const text = readFileSync(copy, 'utf8');
    if (text === before) return undefined;
    try {
      return await usable(cli, text, before);
    } catch (thrown) {
      const { message, next } = asAtomError(thrown);
      cli.out.warn(visibleBlock(message));
      for (const line of next) cli.out.hint(`  ${line}`);
    }
    if (!(await again()))
      throw new AtomError('declined', 'Nothing was changed: the settings are as they were.');
  }
}

/** The settings in a text. Throws AtomError where they cannot be used, or may not be like that. */
async function usable(cli: Cli, text: string, before: string): Promise<RawConfig> {
  const next = rawIn(text);
  const checked = checkConfig(next);
  if (!checked.ok)
    throw new AtomError('config', checked.problems.map(({ message }) => message).join('\n'));
  refuseChanged(cli, before);
  await refuseLooserSettings(cli, await knownBefore(cli), next);
  return next;
}

function refuseChanged(cli: Cli, before: string): void {
  if (textOf(cli) === before) return;
  throw new AtomError('failed', 'The settings were changed by something else meanwhile.', {
    next: ['Give it up, and begin anew:   atom config edit'],
  });
}

function rawIn(text: string): RawConfig {
  try {
    return parseRaw(text);
  } catch (thrown) {
    const fault = settingsFault(thrown);
    if (fault === undefined) throw thrown;
    throw new AtomError('config', `That is ${fault}`);
  }
}

/** Of settings that nobody could read nothing is known to be allowed. */
const knownBefore = (cli: Cli): Promise<RawConfig> =>
  readRaw(cli.paths).then(
    (raw) => raw ?? {},
    () => ({}),
  );

function textOf({ paths }: Cli): string {
  try {
    checkPrivate(paths.configFile);
    return readFileSync(paths.configFile, 'utf8');
  } catch (cause) {
    if (systemCode(cause) !== 'ENOENT') throw cause;
    throw new AtomError('config', `There is no profile "${paths.profile}" yet.`, {
      next: ['Set it up:   atom init'],
    });
  }
}

async function askAgain(): Promise<boolean> {
  const asker = createAsker();
  try {
    return await asker.yes('Edit it again?', true);
  } finally {
    asker.close();
  }
}

function tell({ out, paths }: Cli, changed: boolean): void {
  if (out.json) out.object({ file: paths.configFile, changed });
  out.say(
    changed
      ? `${paths.configFile} is changed. A running gateway takes it at its next start.`
      : 'Nothing was changed.',
  );
}
