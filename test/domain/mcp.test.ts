import { describe, expect, it } from 'vitest';
import { checkConfig } from '../../src/config/check.ts';
import { mcpPin, mcpToolName } from '../../src/domain/mcp.ts';

describe('the name of a tool', () => {
  it('is one that every model takes, and no other tool’s', () => {
    const names = [
      'read_file',
      'read-file',
      'Read_File',
      'lies 💥',
      'x'.repeat(90),
      `${'x'.repeat(90)}y`,
      '',
    ];
    const made = names.map((tool) => mcpToolName('files', tool));
    expect(made[0]).toBe('mcp_files_read_file');
    for (const name of made) expect(name).toMatch(/^mcp_files_[a-z0-9_]{0,64}$/);
    for (const name of made) expect(name.length).toBeLessThanOrEqual(64);
    expect(new Set(made).size).toBe(names.length);
  });
});

describe('what is pinned', () => {
  const server = { name: 'files', command: ['node', 'x.js'] };
  const tool = {
    name: 'read',
    description: 'Reads.',
    input: { type: 'object' },
    annotations: null,
  };
  const other = { ...tool, name: 'write' };

  it('is the same in whatever order, and another where anything differs', () => {
    const pin = mcpPin(server, [tool, other]);
    expect(mcpPin(server, [other, tool])).toBe(pin);
    const others = [
      mcpPin(server, [tool]),
      mcpPin({ ...server, network: ['example.org'] }, [tool, other]),
      mcpPin(server, [{ ...tool, description: 'Reads!' }, other]),
      mcpPin(server, [{ ...tool, input: { type: 'object', properties: {} } }, other]),
      mcpPin(server, [{ ...tool, annotations: { readOnlyHint: true } }, other]),
    ];
    expect(new Set([pin, ...others]).size).toBe(others.length + 1);
  });
});

describe('the settings of a server', () => {
  const wrong = (server: object): string => {
    const checked = checkConfig({ version: 1, mcp: [{ name: 'files', ...server }] });
    return checked.ok ? '' : checked.problems.map(({ message }) => message).join('; ');
  };

  it('name a program or an address, and what goes with it', () => {
    expect(wrong({ command: ['node', 'x.js'], jail: 'work', mode: 'read-write' })).toBe('');
    expect(wrong({ url: 'https://example.org/mcp' })).toBe('');
    const cases: readonly (readonly [object, string])[] = [
      [{}, 'either a command or a url'],
      [{ command: ['x'], url: 'https://example.org' }, 'either a command or a url'],
      [{ url: 'https://example.org', network: ['example.org'] }, 'for servers with a command'],
      [{ command: ['x'], headers: { A: 'mcp.files.key' } }, 'for servers with a url'],
      [{ command: ['x'], mode: 'read-write' }, 'a jail beside it'],
      [{ url: 'file:///etc/passwd' }, 'https://'],
      [{ command: ['x'], name: 'a_b' }, 'a short name'],
    ];
    for (const [server, words] of cases) expect(wrong(server)).toContain(words);
  });

  it('give a server no secret but its own', () => {
    const held = (name: string) => wrong({ command: ['x'], secrets: { API_TOKEN: name } });
    expect(held('mcp.files.token')).toBe('');
    for (const name of ['mcp.other.token', 'anthropic.key', '2fa.totp', 'gateway.key'])
      expect(held(name), name).not.toBe('');
    const sent = {
      url: 'https://example.org',
      headers: { Authorization: 'Bearer mcp.other.token' },
    };
    expect(wrong(sent)).toContain('a secret of its own');
  });
});
