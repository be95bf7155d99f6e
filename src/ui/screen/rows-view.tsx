import { Text } from 'ink';
import type { ReactNode } from 'react';
import type { Colors } from '../../base/theme.ts';
import { paint, type Row } from '../text/spans.ts';

/** Rows that are laid out already: drawn as they are, never cut. */
export function RowsView({
  rows,
  colors,
}: {
  readonly rows: readonly Row[];
  readonly colors: Colors;
}): ReactNode {
  if (rows.length === 0) return null;
  return <Text wrap="hard">{rows.map((row) => paint(row, colors) || ' ').join('\n')}</Text>;
}
