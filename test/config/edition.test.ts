import { expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';

const keptBy = (raw: object) => {
  const checked = checkConfig({ version: 1, ...raw });
  return checked.ok && checked.config.retention;
};

it('an edition says how long things are kept, unless the settings do', () => {
  expect(keptBy({})).toEqual({ days: 30, recordDays: 30, feedDays: 90 });
  expect(keptBy({ edition: 'enterprise' })).toEqual({ days: 30, recordDays: 365, feedDays: 365 });
  const own = { days: 7, recordDays: 100, feedDays: 60 };
  for (const edition of ['personal', 'enterprise'])
    expect(keptBy({ edition, retention: own })).toEqual(own);
  expect(keptBy({ edition: 'ultimate' })).toBe(false);
});

it('an edition changes nothing else', () => {
  const [one, other] = ['personal', 'enterprise'].map((edition) =>
    checkConfig({ version: 1, edition }),
  );
  if (!one?.ok || !other?.ok) throw new Error('good settings are refused');
  const { edition: _one, retention: _kept, ...personal } = one.config;
  const { edition: _other, retention: _longer, ...enterprise } = other.config;
  expect(personal).toEqual(enterprise);
});
