import { Text } from 'ink';
import type { ReactNode } from 'react';
import { paint, type Row } from '../text/spans.ts';

/** Rows that are laid out already: drawn as they are, never cut. */
export function RowsView({
  rows,
  color,
}: {
  readonly rows: readonly Row[];
  readonly color: boolean;
}): ReactNode {
  if (rows.length === 0) return null;
  return <Text wrap="hard">{rows.map((row) => paint(row, color) || ' ').join('\n')}</Text>;
}
