import { type Circuit, CLOSED } from '../../domain/circuit.ts';
import type { Row, Sql } from '../../domain/store.ts';

/** The circuit of a name such as `channel:telegram` or `model:anthropic`; closed where none was kept. */
export async function findCircuit(sql: Sql, name: string): Promise<Circuit> {
  const row = await sql.get('SELECT * FROM circuit WHERE name = $1', name);
  return row ? circuitOf(row) : CLOSED;
}

/** Every circuit that is not as good as new, by its name. */
export async function allCircuits(sql: Sql): Promise<ReadonlyMap<string, Circuit>> {
  const rows = await sql.all('SELECT * FROM circuit ORDER BY name');
  return new Map(rows.map((row) => [String(row.name), circuitOf(row)]));
}

/** Keeps a circuit; one that is as good as new needs no row. */
export async function keepCircuit(sql: Sql, name: string, circuit: Circuit): Promise<void> {
  const { failures, successes, openedAt, triedAt, reason } = circuit;
  if (failures === 0 && openedAt === undefined) {
    await sql.run('DELETE FROM circuit WHERE name = $1', name);
    return;
  }
  await sql.run(
    `INSERT INTO circuit(name, failures, successes, opened_at, tried_at, reason)
     VALUES($1, $2, $3, $4, $5, $6)
     ON CONFLICT(name) DO UPDATE SET
       failures = $2, successes = $3, opened_at = $4, tried_at = $5, reason = $6`,
    name,
    failures,
    successes,
    openedAt ?? null,
    triedAt ?? null,
    reason ?? null,
  );
}

const circuitOf = (row: Row): Circuit => ({
  failures: Number(row.failures),
  successes: Number(row.successes),
  ...(row.opened_at === null ? {} : { openedAt: Number(row.opened_at) }),
  ...(row.tried_at === null ? {} : { triedAt: Number(row.tried_at) }),
  ...(row.reason === null ? {} : { reason: String(row.reason) }),
});
