import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { exposition } from '../../src/metrics/prometheus.ts';
import { parseExposition } from './parse.ts';

describe('the text for Prometheus', () => {
  it('is read back as it was meant, whatever stands in a label', () => {
    const text = fc.string({ unit: 'grapheme', maxLength: 20 });
    fc.assert(
      fc.property(
        text,
        text,
        fc.double({ noNaN: true, noDefaultInfinity: true }).map((value) => value + 0),
        (a, b, value) => {
          const labels = { channel: a, outcome: b };
          const family = {
            name: 'x_total',
            help: a,
            type: 'counter',
            samples: [{ labels, value }],
          } as const;
          expect(parseExposition(exposition([family]))).toEqual([
            { name: 'x_total', labels, value },
          ]);
        },
      ),
      { seed: 3, numRuns: 300 },
    );
  });

  it('has a line for each quantile of a summary, its sum and its count', () => {
    const value = { count: 2, sum: 0.5, quantiles: { '0.5': 0.2, '0.99': 0.3 } };
    const text = exposition([
      {
        name: 'x_seconds',
        help: 'How long',
        type: 'summary',
        samples: [{ labels: { c: 't' }, value }],
      },
      { name: 'y', help: 'How many', type: 'gauge', samples: [] },
    ]);
    expect(text).toBe(
      [
        '# HELP x_seconds How long',
        '# TYPE x_seconds summary',
        'x_seconds{c="t",quantile="0.5"} 0.2',
        'x_seconds{c="t",quantile="0.99"} 0.3',
        'x_seconds_sum{c="t"} 0.5',
        'x_seconds_count{c="t"} 2',
        '# HELP y How many',
        '# TYPE y gauge',
        '',
      ].join('\n'),
    );
  });
});
