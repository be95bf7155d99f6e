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

const wrongWith = (raw: object): readonly string[] => {
  const checked = checkConfig({ version: 1, edition: 'enterprise', ...raw });
  return checked.ok ? [] : checked.problems.map(({ key, message }) => `${key}: ${message}`);
};
const sso = { issuer: 'https://login.example.com', audience: 'atom' };
const known = (...identities: object[]) => ({ agents: ['a'], identities });

it('the personal edition knows nobody by what a provider says, and says so', () => {
  const users = { dana: known({ subject: '2482' }) };
  expect(wrongWith({ sso, users })).toEqual([]);
  for (const raw of [{ sso }, { users }, { sso, users }])
    expect(wrongWith({ edition: 'personal', ...raw }).join()).toContain('(atom edition)');
  expect(wrongWith({ users }).join()).toContain('users.dana.identities.0');
});

it('an identity is one user’s, and an address of mail is the same however it is written', () => {
  const users = { dana: known({ email: 'Dana@Example.com' }), erik: known({ subject: 'e' }) };
  expect(wrongWith({ sso, users })).toEqual([]);
  const twice = { ...users, erik: known({ email: 'dana@example.com' }) };
  expect(wrongWith({ sso, users: twice })).toHaveLength(2);
  for (const bad of [
    {},
    { subject: '' },
    { subject: 'a b' },
    { email: 'dana' },
    { subject: 'a', email: 'a@b.c' },
    { email: 'ｄana@example.com' },
    { email: 'dana@éxample.com' },
  ])
    expect(wrongWith({ sso, users: { dana: known(bad) } }), JSON.stringify(bad)).not.toEqual([]);
});

it('a provider is asked with TLS, or on this machine', () => {
  for (const issuer of [
    'https://a.example/x',
    'http://127.0.0.1:8080',
    'http://[::1]:80',
    'http://localhost:3',
  ])
    expect(wrongWith({ sso: { ...sso, issuer } }), issuer).toEqual([]);
  for (const issuer of [
    'http://a.example',
    'http://10.0.0.1',
    'https://u:p@a.example',
    'file:///x',
    'https://a.example?x',
    'https://a.example/ b',
    'http://localhost.a.example',
    '',
  ])
    expect(wrongWith({ sso: { ...sso, issuer } }), issuer).not.toEqual([]);
  expect(wrongWith({ sso: { ...sso, keys: '/etc/keys.json' } })).toEqual([]);
  expect(wrongWith({ sso: { ...sso, keys: 'keys.json' } })).not.toEqual([]);
});
