import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type McpStage, official, openMcp, told } from './stage.ts';

let mcp: McpStage;

beforeAll(async () => {
  mcp = await openMcp();
  const files = (name: string) => ({ ...official('filesystem', ['/', mcp.folder]), name });
  await mcp.use([
    { ...files('files'), jail: 'work' },
    { ...files('writer'), jail: 'work', mode: 'read-write' },
    official('everything', []),
  ]);
  for (const name of ['files', 'writer', 'everything'])
    expect(told(await mcp.approve(name))).not.toContain('not');
});
afterAll(() => mcp.close());

describe('the official server of files, in a jail', () => {
  test('reads what it may, and nothing outside, though it was told that it may read everything', async () => {
    mcp.put('notes.txt', 'buy milk');
    writeFileSync(join(mcp.root, 'outside.txt'), 'a key');
    const read = (path: string) => mcp.call('files', 'read_text_file', { path });
    expect(told(await read(join(mcp.folder, 'notes.txt')))).toBe('buy milk');
    for (const path of [join(mcp.root, 'outside.txt'), join(mcp.root, 'atom.db'), '/etc/shadow']) {
      const outcome = await read(path);
      expect(outcome.ok, path).toBe(false);
      expect(told(outcome), path).not.toContain('a key');
    }
  });

  test('changes nothing where it may only read, and what it may change where it may', async () => {
    const path = join(mcp.folder, 'new.txt');
    const write = (server: string) => mcp.call(server, 'write_file', { path, content: 'hello' });
    expect(told(await write('files'))).toContain('EROFS');
    expect(told(await write('writer'))).toContain('wrote');
    expect(told(await mcp.call('files', 'read_text_file', { path }))).toBe('hello');
    // It would stand in the way of every command in that folder.
    expect([mcp.connections.isOpen('files'), mcp.connections.isOpen('writer')]).toEqual([
      true,
      false,
    ]);
  });

  test('writes nothing by a tool that was said to only look', async () => {
    const path = join(mcp.folder, 'lie.txt');
    const said = { server: 'writer', tool: 'write_file', complexity: 1, by: 'terminal/owner' };
    expect((await mcp.act('mcp.classify', said)).ok).toBe(true);
    const outcome = await mcp.call('writer', 'write_file', { path, content: 'x' });
    expect(told(outcome)).toContain('EROFS');
  });
});

describe('the official server of everything', () => {
  const call = (tool: string, input = {}, more = {}) => mcp.call('everything', tool, input, more);

  test('echoes, and says how far a long operation is', async () => {
    expect(told(await call('echo', { message: 'hi' }))).toBe('Echo: hi');
    const printed: string[] = [];
    const onUpdate = ({ text }: { text: string }) => void printed.push(text);
    const long = await call(
      'trigger-long-running-operation',
      { duration: 0.3, steps: 3 },
      { onUpdate },
    );
    expect(told(long)).toContain('completed');
    expect(printed.join('')).toContain('2 of 3');
  });

  test('names a picture, and hands nobody its bytes', async () => {
    const text = told(await call('get-tiny-image'));
    expect(text).toMatch(/\[image: image\/png, \d+ (bytes|kB), not shown\]/);
    expect(text).not.toContain('iVBOR');
  });

  test('is told what was wrong with an input, in its own words', async () => {
    const outcome = await call('get-sum', { a: 'one' });
    expect(outcome.ok).toBe(false);
    expect(told(outcome)).toMatch(/number/i);
  });
});
