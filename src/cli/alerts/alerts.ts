import { AtomError } from '../../base/errors.ts';
import { postAlert } from '../../channels/alerts/post.ts';
import { formatOf, shownUrl, targetUrl } from '../../channels/alerts/target.ts';
import type { AlertSettings } from '../../config/alerts-schema.ts';
import { alertFormats, alertKinds, alertWords } from '../../domain/alert.ts';
import { alertSecret } from '../../secrets/names.ts';
import { readToken } from '../channels/token.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { openSecrets } from '../secrets/open.ts';
import { readAlerts, writeAlerts } from './settings.ts';

export interface AddOptions {
  readonly format?: string;
  /** Separated by commas. */
  readonly events?: string;
}

/** Stores an address as a secret and what is posted to it in the settings. Nothing is sent yet. */
export async function addAlert(cli: Cli, name: string, options: AddOptions): Promise<void> {
  const events = oneOf(alertKinds, options.events?.split(/[\s,]+/).filter(Boolean) ?? alertKinds);
  const given = options.format === undefined ? [] : oneOf(alertFormats, [options.format]);
  const question = 'Address of the webhook (not shown): ';
  const again = `atom alerts add ${name}`;
  const url = targetUrl(await readToken(cli, { command: again, question, what: 'The address' }));
  const entry: AlertSettings = { name, format: given[0] ?? formatOf(url), events };
  const others = (await readAlerts(cli)).filter((one) => one.name !== name);
  // Nonsense is refused before anything is stored.
  await writeAlerts(cli, [...others, entry]);
  await openSecrets(cli).set(alertSecret(name), url.href);
  if (cli.out.json) return cli.out.object({ added: { ...entry, address: shownUrl(url) } });
  cli.out.say(`Alerts go to ${name}: ${shownUrl(url)} (${entry.format}).`);
  cli.out.say('A running gateway posts there from its next start.');
  cli.out.hint(`Try it:   atom alerts test ${name}`);
  cli.out.hint(`Undo:   atom alerts remove ${name}`);
}

export async function listAlerts(cli: Cli): Promise<void> {
  const rows = await Promise.all((await named(cli)).map((one) => rowOf(cli, one)));
  if (cli.out.json) return cli.out.object({ alerts: rows });
  for (const line of table(
    rows.map(({ name, address, format, events }) => [name, address, format, events.join(',')]),
  ))
    cli.out.data(line);
  if (rows.length === 0) cli.out.say('Nobody is alerted.');
  cli.out.hint(
    `What there is:   ${alertKinds.map((kind) => `${kind} (${alertWords[kind]})`).join(', ')}`,
  );
  cli.out.hint('Another one:   atom alerts add <name>');
}

/** Posts one for real, from here. Throws AtomError `failed` with what the other side made of it. */
export async function testAlert(cli: Cli, name: string): Promise<void> {
  const entry = await known(cli, name);
  const text = await openSecrets(cli).get(alertSecret(name));
  if (text === undefined)
    throw new AtomError('credentials', `No address is stored for ${name}.`, {
      next: [`Give it:   atom alerts add ${name}`],
    });
  const url = targetUrl(text);
  const at = Date.parse(new Date().toISOString());
  const alert = { kind: entry.events[0] ?? 'channel', text: 'This is a test.', at } as const;
  const target = { url, format: entry.format };
  const posted = await postAlert(target, { ...alert, from: cli.paths.profile });
  if (!posted.ok) throw new AtomError('failed', `Nothing was posted to ${name}: ${posted.why}.`);
  if (cli.out.json) return cli.out.object({ tested: name, status: posted.status });
  cli.out.data(`${name} took it (${posted.status}): ${shownUrl(url)}`);
}

export async function removeAlert(cli: Cli, name: string): Promise<void> {
  await known(cli, name);
  await writeAlerts(
    cli,
    (await readAlerts(cli)).filter((one) => one.name !== name),
  );
  await openSecrets(cli).remove(alertSecret(name));
  if (cli.out.json) return cli.out.object({ removed: name });
  cli.out.say(`${name} is alerted no more, and its address is forgotten.`);
  cli.out.hint(`Undo:   atom alerts add ${name}`);
}

/** With the one that only the environment names. */
async function named(cli: Cli): Promise<readonly AlertSettings[]> {
  const listed = await readAlerts(cli);
  const fromEnv = cli.env.secrets.DISCORD_WEBHOOK_URL !== undefined;
  if (!fromEnv || listed.some(({ name }) => name === 'discord')) return listed;
  return [...listed, { name: 'discord', format: 'discord', events: [...alertKinds] }];
}

async function known(cli: Cli, name: string): Promise<AlertSettings> {
  const found = (await named(cli)).find((one) => one.name === name);
  if (found) return found;
  throw new AtomError('not-found', `Nobody called ${name} is alerted.`, {
    next: ['atom alerts list'],
  });
}

async function rowOf(cli: Cli, entry: AlertSettings) {
  const text = await openSecrets(cli).get(alertSecret(entry.name));
  const address = text === undefined ? 'no address is stored' : shownUrl(targetUrl(text));
  return { ...entry, address };
}

function oneOf<T extends string>(all: readonly T[], given: readonly string[]): T[] {
  return given.map((one) => {
    const found = all.find((known) => known === one);
    if (found !== undefined) return found;
    throw new AtomError('usage', `There is no "${one}".`, { next: [`One of: ${all.join(', ')}`] });
  });
}
