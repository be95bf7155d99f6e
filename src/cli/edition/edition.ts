import { type EditionFacts, editionFacts, editions } from '../../config/edition.ts';
import { loadConfig } from '../../config/load.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';

/** Which edition the settings name, what it differs in, and what holds here. */
export async function showEdition(cli: Cli): Promise<void> {
  const { edition, retention } = await loadConfig(cli.paths, cli.env);
  const facts = editionFacts[edition];
  const holds: EditionFacts = {
    people: facts.people,
    recordDays: retention.recordDays,
    feedDays: Math.max(retention.feedDays, retention.days),
    identities: facts.identities,
    analytics: facts.analytics,
  };
  if (cli.out.json) return cli.out.object({ edition, holds: { ...holds }, editions: editionFacts });
  const rows = Object.entries(WORDS).map(([key, words]) => {
    const of = (some: EditionFacts): string => said(some[key as keyof EditionFacts]);
    return [words, ...editions.map((name) => of(editionFacts[name])), of(holds)];
  });
  for (const line of table([['', ...editions, 'here'], ...rows])) cli.out.data(line);
  cli.out.say(`This is the ${edition} edition.`);
  cli.out.say('What needs a yes, what is jailed and what is on the record is the same in both.');
  const other = editions.find((name) => name !== edition);
  cli.out.hint(`The other one:   atom config set edition ${other}`);
  cli.out.hint('Keep the record longer or shorter:   atom config set retention.recordDays 90');
}

const WORDS: Readonly<Record<keyof EditionFacts, string>> = {
  people: 'people who have agents work',
  recordDays: 'days of the record, and of atom stats',
  feedDays: 'days of the feed',
  identities: 'an OpenID provider says whose a device is',
  analytics: 'atom stats --by user, agent, channel, model',
};

const said = (fact: number | boolean): string =>
  typeof fact === 'number' ? String(fact) : fact ? 'yes' : 'no';
