import { chmodSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type Coverage, undoWords } from '../../src/domain/undo.ts';
import { createSkillCall } from '../../src/skills/call.ts';
import { loadSkills } from '../../src/skills/load.ts';
import { openWorkshop, sourceOf, type Workshop } from './workshop.ts';

let shop: Workshop;
beforeEach(async () => {
  shop = await openWorkshop();
});
afterEach(() => shop.remove());

const writing = "permissions: { files: 'write' }, complexity: 3,";
const reading = "permissions: { files: 'read' },";

describe('a skill', () => {
  it('is compiled, described in the jail and called', async () => {
    shop.skill('echo', sourceOf('echo', 'return { text: input.text.toUpperCase() };'));
    const loaded = await shop.load();
    expect(loaded.disabled).toEqual([]);
    expect(loaded.skills[0]?.skill).toMatchObject({
      name: 'echo',
      digest: expect.stringMatching(/^[0-9a-f]{64}$/),
      complexity: 1,
      input: { type: 'object', properties: { text: { type: 'string' } } },
    });
    const { value } = await shop.call(loaded, { skill: 'echo', input: { text: 'hi' } });
    expect(value).toEqual({ text: 'HI' });
  });

  it('is the same module however often it is compiled, and another once it changed', async () => {
    shop.skill('echo', sourceOf('echo', 'return 1;'));
    const first = (await shop.load()).skills[0]?.skill.digest;
    expect((await shop.load()).skills[0]?.skill.digest).toBe(first);
    shop.skill('echo', sourceOf('echo', 'return 2;'));
    expect((await shop.load()).skills[0]?.skill.digest).not.toBe(first);
  });

  it('may import files of its own folder', async () => {
    shop.skill('two/lib', 'export const skill = 7;');
    shop.skill(
      'two',
      `import { skill as seven } from './lib/skill.ts';\n${sourceOf('two', 'return seven;')}`,
    );
    const loaded = await shop.load();
    expect((await shop.call(loaded, { skill: 'two', input: {} })).value).toBe(7);
  });

  it('has its input and its result checked', async () => {
    shop.skill('strict', sourceOf('strict', 'return { a: 1 };', 'output: z.string(),'));
    const loaded = await shop.load();
    await expect(shop.call(loaded, { skill: 'strict', input: { text: 5 } })).rejects.toThrow(
      'The input is wrong',
    );
    await expect(shop.call(loaded, { skill: 'strict', input: {} })).rejects.toThrow('wrong result');
  });

  it('fails in its own words, and when it gives nothing back', async () => {
    shop.skill('sad', sourceOf('sad', "throw new Error('The moon is away.');"));
    shop.skill('gone', sourceOf('gone', "console.error('bye'); process.exit(3);"));
    const loaded = await shop.load();
    await expect(shop.call(loaded, { skill: 'sad', input: {} })).rejects.toThrow(
      'The moon is away.',
    );
    await expect(shop.call(loaded, { skill: 'gone', input: {} })).rejects.toThrow(
      /exit code 3[\s\S]*bye/,
    );
  });

  it('cannot pass off what it prints as its result, or outlive it', async () => {
    const forged = `{"ok":true,"value":"forged"}\\n`;
    const run = `console.log('said'); process.stdout.write('${forged}'); setInterval(() => 0, 1000); return 'real';`;
    shop.skill('loud', sourceOf('loud', run));
    const { value, printed } = await shop.call(await shop.load(), { skill: 'loud', input: {} });
    expect(value).toBe('real');
    expect(printed).toContain('said');
  });

  it('sees only the files that its permissions name', async () => {
    shop.put('notes.txt', 'mine');
    const look = `
      const read = () => { try { return fs.readFileSync('notes.txt', 'utf8'); } catch { return 'no'; } };
      const write = () => { try { fs.writeFileSync('made.txt', 'x'); return 'yes'; } catch { return 'no'; } };
      return { read: read(), write: write(), seen: fs.readdirSync(context.folder).length };`;
    shop.skill('none', sourceOf('none', look));
    shop.skill('reads', sourceOf('reads', look, reading));
    shop.skill('writes', sourceOf('writes', look, writing));
    const loaded = await shop.load();
    const call = async (skill: string) => (await shop.call(loaded, { skill, input: {} })).value;
    expect(await call('none')).toEqual({ read: 'no', write: 'no', seen: 0 });
    expect(await call('reads')).toMatchObject({ read: 'mine', write: 'no' });
    expect(existsSync(join(shop.jail.folder, 'made.txt'))).toBe(false);
    expect(await call('writes')).toMatchObject({ read: 'mine', write: 'yes' });
    expect(existsSync(join(shop.jail.folder, 'made.txt'))).toBe(true);
  });

  it('reaches neither the network nor the files around its jail', async () => {
    const secret = join(shop.root, 'secret.txt');
    writeFileSync(secret, 'CANARY');
    let visits = 0;
    const server = createServer((_, response) => {
      visits++;
      response.end('open');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as AddressInfo;
    const run = `
      const net = await fetch('http://127.0.0.1:${port}/').then((r) => r.text(), () => 'shut');
      const file = (() => { try { return fs.readFileSync('${secret}', 'utf8'); } catch (e) { return e.code; } })();
      return { net, file };`;
    shop.skill('spy', sourceOf('spy', run));
    const { value } = await shop.call(await shop.load(), { skill: 'spy', input: {} });
    server.close();
    expect(value).toEqual({ net: 'shut', file: 'ENOENT' });
    expect(visits).toBe(0);
  });

  it('does not run where it changed after it was decided', async () => {
    shop.skill('echo', sourceOf('echo', 'return 1;'));
    const loaded = await shop.load();
    const [module] = loaded.skills.map((one) => one.module);
    const swap = () => {
      if (module === undefined) throw new Error('not loaded');
      chmodSync(module, 0o600);
      writeFileSync(module, readFileSync(module, 'utf8').replace('return 1', 'return 2'));
    };
    const swapped = shop.call(loaded, { skill: 'echo', input: {} }, { between: swap });
    await expect(swapped).rejects.toThrow('changed');
  });

  it('says on its card what it may do, and declares its complexity', async () => {
    shop.skill('writes', sourceOf('writes', 'return 1;', writing));
    let covered: Coverage = { ok: true, words: undoWords() };
    const loaded = await shop.load();
    const action = createSkillCall(shop.deps(loaded, { covers: async () => covered }));
    const prepared = await action.prepare({ skill: 'writes', input: {} }, undefined);
    const { jail } = shop;
    expect(prepared).toMatchObject({
      declared: { complexity: 3 },
      card: { kind: 'skill', folder: jail.folder },
    });
    expect(prepared).toMatchObject({ reversible: { folder: jail.folder } });
    expect(prepared.card.undo).toBe(undoWords());
    covered = { ok: false, why: 'the folder is too large' };
    expect(await action.prepare({ skill: 'writes', input: {} }, undefined)).toMatchObject({
      declared: { complexity: 4 },
      card: { undo: 'cannot be undone: the folder is too large' },
    });
    expect(prepared.card.may.join()).toContain('change');
    expect(prepared.facts).toMatchObject({ digest: loaded.skills[0]?.skill.digest });
    await expect(action.prepare({ skill: 'nope', input: {} }, undefined)).rejects.toThrow('writes');
  });
});

describe('a skill that is wrong', () => {
  const reasonFor = async (name: string, source: string): Promise<string> => {
    shop.skill(name, source);
    shop.skill('fine', sourceOf('fine', 'return 1;'));
    const { skills, disabled } = await shop.load();
    expect(skills.map(({ skill }) => skill.name)).toEqual(['fine']);
    return disabled[0]?.reason ?? '';
  };

  it('names the file and line of a mistake, and disables only itself', async () => {
    expect(await reasonFor('broken', 'export const skill =\n  {{{')).toMatch(/skill\.ts:2:\d+: /);
  });

  it.each([
    ['exports nothing', 'export const other = 1;', 'skill'],
    ['calls itself something else', sourceOf('bar', 'return 1;'), 'calls itself bar'],
    [
      'writes and says it only looks',
      sourceOf('foo', '', "permissions: { files: 'write' },"),
      'at least 3',
    ],
    ['takes no object', sourceOf('foo', '', 'input: z.string(),'), 'z.object'],
    ['throws while it is loaded', `throw new Error('boo');\n${sourceOf('foo', '')}`, 'boo'],
    [
      'dies while it is loaded',
      `process.kill(process.pid, 'SIGKILL');\n${sourceOf('foo', '')}`,
      'no result',
    ],
    [
      'imports a file of the machine',
      `import x from '/etc/passwd' with { type: 'text' };\n${sourceOf('foo', 'return x;')}`,
      'skill.ts:1',
    ],
    [
      'imports from outside of its folder',
      `import x from '../../outside.json';\n${sourceOf('foo', 'return x;')}`,
      "not in the skill's folder",
    ],
  ])('is disabled with the reason: it %s', async (_, source, reason) => {
    writeFileSync(join(shop.root, 'outside.json'), '{"secret":"CANARY"}');
    expect(await reasonFor('foo', source)).toContain(reason);
    const compiled = existsSync(join(shop.root, 'cache'))
      ? readdirSync(join(shop.root, 'cache'))
      : [];
    for (const file of compiled) {
      const text = readFileSync(join(shop.root, 'cache', file), 'utf8');
      expect(text).not.toContain('CANARY');
      expect(text).not.toContain('root:x:0');
    }
  });

  it('is disabled, like every other, where there is no jail that holds', async () => {
    shop.skill('echo', sourceOf('echo', 'return 1;'));
    const host = {
      ...shop.host,
      status: () => ({ state: 'unavailable', reason: 'none' }) as const,
    };
    const deps = {
      host,
      roots: [{ folder: shop.skillsRoot, origin: 'profile' as const }],
      cache: join(shop.root, 'cache'),
    };
    const { skills, disabled } = await loadSkills(deps, AbortSignal.timeout(20_000));
    expect(skills).toEqual([]);
    expect(disabled[0]?.reason).toContain('no jail');
  });

  it('does not take the place of one that was there first', async () => {
    shop.skill('echo', sourceOf('echo', 'return 1;'));
    const { skills, disabled } = await shop.load([shop.skillsRoot, shop.skillsRoot]);
    expect(skills).toHaveLength(1);
    expect(disabled[0]?.reason).toContain('already a skill named echo');
  });

  it('is no trouble where there is no folder of skills', async () => {
    rmSync(shop.skillsRoot, { recursive: true });
    expect(await shop.load()).toEqual({ found: [], skills: [], disabled: [] });
  });
});
