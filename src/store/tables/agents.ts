import { type Maturity, maturities } from '../../domain/agent.ts';
import type { Sql } from '../../domain/store.ts';

/** An agent as the store knows it; its model and workspace are the owner's settings. */
export interface AgentRow {
  readonly id: string;
  readonly name: string;
  readonly maturity: Maturity;
}

/** Makes an agent on first use; one that is there keeps the maturity it has earned. */
export const ensureAgent = (sql: Sql, { id, name, maturity }: AgentRow): Promise<number> =>
  sql.run(
    'INSERT INTO agent(id, name, maturity) VALUES($1, $2, $3) ON CONFLICT DO NOTHING',
    id,
    name,
    maturity,
  );

export async function agentById(sql: Sql, id: string): Promise<AgentRow | undefined> {
  const row = await sql.get('SELECT id, name, maturity FROM agent WHERE id = $1', id);
  const maturity = maturities.find((known) => known === row?.maturity);
  return row && maturity && { id: String(row.id), name: String(row.name), maturity };
}
