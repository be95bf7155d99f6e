import { digestOf } from '../base/digest.ts';
import type { Json } from '../base/json.ts';
import { readConfig } from '../config/file.ts';
import type { Rule } from '../domain/rule.ts';
import { loosened } from '../governance/rules/loosened.ts';
import { lastingEntry } from '../store/tables/audit.ts';
import type { RulesInForce } from '../trust/rules-loosen.ts';
import type { AtomOptions } from './parts.ts';
import type { Records } from './record.ts';

/** The owner's rules: those that hold, and those that the configuration file has. */
export interface OwnRules extends RulesInForce {
  /** The rules as the file has them now; they do not hold yet. Throws AtomError `config`. */
  read(): Promise<readonly Rule[]>;
}

/** Takes the rules of the configuration, and notes where they are not those of the last run. */
export async function createRules(
  { paths, config, log }: AtomOptions,
  { store, audit }: Records,
): Promise<OwnRules> {
  let rules: readonly Rule[] = config.rules;
  const note = (next: readonly Rule[], gone: readonly Rule[]): Promise<void> =>
    store.tx((sql) =>
      audit(sql, 'rules.changed', {
        rules: next as unknown as Json,
        digest: digestOf(next as unknown as Json),
        loosened: gone.map(({ name }) => name),
      }),
    );
  const last = await lastNoted(store);
  if (last.digest !== digestOf(rules as unknown as Json)) {
    const gone = loosened(last.rules, rules);
    await note(rules, gone);
    for (const { name } of gone)
      log.part('rules').warn(`the rule ${name} of the last run does not hold any more`);
  }
  return {
    list: () => rules,
    read: async () => (await readConfig(paths)).rules,
    use: async (next) => {
      await note(next, loosened(rules, next));
      rules = next;
    },
  };
}

interface Noted {
  readonly rules: readonly Rule[];
  readonly digest: string;
}

/** What the record says of the rules; none where it says nothing. */
async function lastNoted(store: Records['store']): Promise<Noted> {
  const entry = await lastingEntry(store, 'rules.changed');
  return entry ? (entry.body as unknown as Noted) : { rules: [], digest: digestOf([]) };
}
