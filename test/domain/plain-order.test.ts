import { describe, expect, it } from 'vitest';
import { plainOrder } from '../../src/domain/plain-order.ts';

describe('an order in plain words', () => {
  it.each([
    ['stop', '/stop'],
    ['  STOP!! ', '/stop'],
    ['Please stop.', '/stop'],
    ['stop that, please', '/stop'],
    ['abort', '/stop'],
    ['undo', '/undo'],
    ['Undo that.', '/undo'],
    ['please undo the last change', '/undo'],
  ])('is all of a message: %j', (text, order) => expect(plainOrder(text)).toBe(order));

  it.each([
    ...[
      '',
      'please',
      'stop?',
      'undo?',
      'do not stop',
      'stop the music',
      'stop at noon',
      'non-stop',
    ],
    ...['when does the bus stop', 'stop\nrm -rf photos', 'undo photos', 'how do I undo that'],
    ...['the word is: stop', '"stop"', 'constructor', 'stopp', `stop${' '.repeat(100)}`],
  ])('is none where it is part of something: %j', (text) =>
    expect(plainOrder(text)).toBeUndefined(),
  );
});
