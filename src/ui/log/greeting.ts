import { visible } from '../../base/visible.ts';
import type { UiOptions } from '../options.ts';
import { type Row, span } from '../text/spans.ts';

/** The first row: what this is, and where. */
export const greeting = ({ gateway, profile, folder }: UiOptions): Row => [
  span('atom', 'strong'),
  span(
    ` ${visible(gateway.hello.version)} · profile ${visible(profile)} · ${visible(folder)}`,
    'dim',
  ),
];
