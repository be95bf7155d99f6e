import { cpSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { execa } from 'execa';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Json } from '../../../src/base/json.ts';
import { pythonTemplateFor } from '../../../src/cli/skills/python-template.ts';
import type { Intent, Outcome, Perform } from '../../../src/domain/action.ts';
import { openWorkshop, type Workshop } from '../workshop.ts';

const model = fileURLToPath(new URL('../../../src/skills/program/python', import.meta.url));
const isThere = await execa('/usr/bin/python3', ['--version']).then(
  () => true,
  () => false,
);

let shop: Workshop;
let asked: Intent[];
beforeEach(async () => {
  shop = await openWorkshop();
  asked = [];
});
afterEach(() => shop.remove());

/** Answers what a skill asks for; what `answers` does not name is refused. */
const performing =
  (answers: Readonly<Record<string, Json>>): Perform =>
  async (intent): Promise<Outcome> => {
    asked.push(intent);
    const value = answers[intent.action];
    const refused = { ok: false, reason: 'denied', message: 'The owner said no.' } as const;
    return value === undefined ? refused : { ok: true, value };
  };

/** Writes a Python skill of one function beside the module that it imports. */
async function skill(name: string, source: string, permissions: object = {}): Promise<void> {
  const folder = join(shop.skillsRoot, name);
  mkdirSync(folder);
  cpSync(join(model, 'atom_skill.py'), join(folder, 'atom_skill.py'));
  const said = `@skill(complexity=1, permissions=${JSON.stringify(permissions)})`;
  const head = 'from typing import Literal, Optional\nfrom atom_skill import ctx, run, skill\n';
  writeFileSync(join(folder, 'skill.py'), `${head}${said}\n${source}\nrun()\n`);
  const { stdout } = await execa('/usr/bin/python3', ['-B', 'skill.py', 'describe'], {
    cwd: folder,
  });
  writeFileSync(join(folder, 'skill.json'), stdout);
}

async function call(name: string, input: Json, answers: Readonly<Record<string, Json>> = {}) {
  const deps = { performAs: () => performing(answers) };
  return shop.call(await shop.load(), { skill: name, input }, { deps });
}

describe.skipIf(!isThere)('a skill in Python', () => {
  it('has a module of less than 60 lines, and a model that is what it says of itself', async () => {
    expect(readFileSync(join(model, 'atom_skill.py'), 'utf8').split('\n').length).toBeLessThan(61);
    const { stdout } = await execa('/usr/bin/python3', ['-B', 'skill.py', 'describe'], {
      cwd: model,
    });
    expect(JSON.parse(stdout)).toEqual(JSON.parse(readFileSync(join(model, 'skill.json'), 'utf8')));
  });

  it('is written anew for its owner, and says of itself what stands beside it', async () => {
    const folder = join(shop.skillsRoot, 'hello');
    mkdirSync(folder);
    for (const [path, text] of Object.entries(pythonTemplateFor('hello')))
      writeFileSync(join(folder, path), text);
    const { stdout } = await execa('/usr/bin/python3', ['-B', 'skill.py', 'describe'], {
      cwd: folder,
    });
    expect(JSON.parse(stdout)).toEqual(
      JSON.parse(readFileSync(join(folder, 'skill.json'), 'utf8')),
    );
    expect((await call('hello', { name: 'Dana' })).value).toEqual({ text: 'Hello Dana!' });
  });

  it('reads a file by asking for it, and gives back what people and programs can read', async () => {
    cpSync(model, join(shop.skillsRoot, 'csv-sums'), { recursive: true });
    const file = {
      path: 'a.csv',
      kind: 'text',
      text: 'what,much\n"a\nb",1.5\nc,2\n',
      truncated: false,
    };
    const { value } = await call('csv-sums', { path: 'a.csv' }, { 'file.read': file });
    expect(value).toEqual({ text: '2 rows\nmuch: 3.5', rows: 2, sums: { what: null, much: 3.5 } });
    expect(asked).toMatchObject([{ action: 'file.read', resource: { path: 'a.csv' } }]);
    await expect(call('csv-sums', { path: 5 })).rejects.toThrow('The input is wrong');
    await expect(call('csv-sums', { path: 'a.csv' })).rejects.toThrow('The owner said no.');
  });

  it('asks atom for everything else as well, and prints beside it', async () => {
    const permissions = {
      fs: { read: ['**'], write: ['**'] },
      net: ['example.org'],
      commands: [['git', 'log']],
      secrets: ['token'],
    };
    const source = `def all_of_it():
    """Does all that there is."""
    import os
    print("printed"), os.system("echo from a child")
    ctx.log("logged"); ctx.progress("half", done=1, total=2)
    names = [one["name"] for one in ctx.list()]
    ctx.write("b.txt", "text")
    try: ctx.remind("tomorrow at 9", "tea")
    except RuntimeError as error: later = str(error)
    return {"later": later, "names": names, "page": ctx.fetch("https://example.org/")["text"], "log": ctx.exec(["git", "log"])["stdout"]}`;
    await skill('all-of-it', source, permissions);
    const place = { path: '.', jail: 'work' };
    const { value, printed } = await call(
      'all-of-it',
      {},
      {
        'file.list': {
          ...place,
          entries: [{ name: 'a.txt', kind: 'file', size: 1 }],
          truncated: false,
        },
        'file.write': { ...place, size: 4, created: true },
        'net.fetch': { status: 200, headers: {}, text: 'page' },
        'shell.exec': { exit: 0, ending: 'exit', stdout: 'commit', stderr: '' },
      },
    );
    // It was asked in no chat: that is said only of a reminder that is one.
    expect(value).toEqual({
      names: ['a.txt'],
      page: 'page',
      log: 'commit',
      later: 'A reminder is for a chat, and this was not asked in one.',
    });
    expect(printed).toContain('printed');
    expect(printed).toContain('from a child');
    expect(printed).toContain('half 1 of 2');
    expect(asked.map(({ action }) => action)).toEqual([
      ...['file.list', 'file.write', 'net.fetch', 'shell.exec'],
    ]);
  });

  it('has its arguments checked by their hints, on both sides of the jail', async () => {
    const source = `def typed(how: Literal["up", "down"], much: float, names: list[str] = [], more: Optional[dict[str, int]] = None):
    """Takes all kinds of things."""
    return [how, much, names, more]`;
    await skill('typed', source);
    const { value } = await call('typed', { how: 'up', much: 1, names: ['a'], more: { b: 2 } });
    expect(value).toEqual(['up', 1, ['a'], { b: 2 }]);
    const wrong = [
      ...[{ how: 'left', much: 1 }, { how: 'up' }, { how: 'up', much: true }],
      ...[
        { how: 'up', much: 1, names: [1] },
        { how: 'up', much: 1, more: { b: 'x' } },
      ],
      { how: 'up', much: 1, other: 1 },
    ] as readonly Json[];
    for (const input of wrong)
      await expect(call('typed', input)).rejects.toThrow('The input is wrong');
    const lines = wrong.map((input, id) =>
      JSON.stringify({ jsonrpc: '2.0', id, method: 'call', params: { input } }),
    );
    const { stdout } = await execa('/usr/bin/python3', ['-B', 'skill.py'], {
      cwd: join(shop.skillsRoot, 'typed'),
      input: `${lines.join('\n')}\n`,
    });
    expect(stdout.match(/The input is wrong: /g)).toHaveLength(wrong.length);
  });

  it('sees no file, no network and no variable of the owner’s, and ends with its call', async () => {
    const source = `def spy():
    """Looks around."""
    import os, socket
    def tried(work):
        try: return str(work())
        except Exception as error: return type(error).__name__
    def write():
        with open(os.path.dirname(__file__) + "/made", "w"): pass
    if os.fork() == 0: os.execvp("sleep", ["sleep", "60"])
    return {"secret": tried(lambda: open("${shop.root}/work/notes.txt").read()), "net": tried(lambda: socket.create_connection(("127.0.0.1", 1))), "write": tried(write), "env": sorted(os.environ)}`;
    await skill('spy', source);
    shop.put('notes.txt', 'CANARY');
    const { value } = await call('spy', {});
    expect(value).toMatchObject({ secret: 'FileNotFoundError', write: 'OSError' });
    expect((value as { net: string }).net).toMatch(/Refused|Unreachable|OSError/);
    expect((value as { env: string[] }).env).not.toContain('NODE_PATH');
  });

  it('fails in its own words, and is refused without its program', async () => {
    await skill('sad', 'def sad():\n    """Fails."""\n    raise ValueError("The moon is away.")');
    await expect(call('sad', {})).rejects.toThrow('The moon is away.');
    const file = join(shop.skillsRoot, 'sad', 'skill.json');
    writeFileSync(file, readFileSync(file, 'utf8').replace('python3', 'python4'));
    const { disabled } = await shop.load();
    expect(disabled[0]?.reason).toContain('It needs `python4`, not found: install it first.');
  });
});
