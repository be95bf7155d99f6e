import { expect, test } from 'vitest';
import { givenEnv } from '../../src/jail/clean-env.ts';

test('a program is given keys, and no variable that steers what runs or from where', () => {
  for (const name of ['API_TOKEN', 'GITHUB_TOKEN', 'RESEND_API_KEY', 'LDAP_PASSWORD', 'NPM_TOKEN'])
    expect(givenEnv({ [name]: 'x' })).toEqual({ [name]: 'x' });
  const steering = ['LD_PRELOAD', 'ld_library_path', 'PATH', 'BASH_ENV', 'ENV', 'NODE_OPTIONS'];
  for (const name of [
    ...steering,
    'GIT_SSH',
    'PYTHONPATH',
    'HTTPS_PROXY',
    'GCONV_PATH',
    'A B',
    'A=B',
  ])
    expect(() => givenEnv({ [name]: 'x' }), name).toThrow(/cannot be given/);
});
