import type { Task } from './task.ts';

const withFiles = (task: Omit<Task, 'start'>): Task => ({ start: 'files', ...task });

const PACKAGE = JSON.stringify({
  name: 'site',
  version: '1.0.0',
  dependencies: { greet: 'file:./greet' },
  scripts: { build: 'node build.js', test: 'node --test' },
});
const LOCK = JSON.stringify({
  name: 'site',
  version: '1.0.0',
  lockfileVersion: 3,
  requires: true,
  packages: {
    '': { name: 'site', version: '1.0.0', dependencies: { greet: 'file:./greet' } },
    greet: { version: '1.0.0' },
    'node_modules/greet': { resolved: 'greet', link: true },
  },
});
const project: Readonly<Record<string, string>> = {
  'package.json': PACKAGE,
  'package-lock.json': LOCK,
  'greet/package.json': '{"name":"greet","version":"1.0.0","main":"index.js"}',
  'greet/index.js': 'module.exports = (who) => `hello ${who}`;\n',
  'build.js': 'require("fs").writeFileSync("built.txt", require("greet")("you"));\n',
  'greet.test.js':
    'require("node:test")("greets", () => require("assert").equal(require("greet")("a"), "hello a"));\n',
};
const numbers = { 'n.txt': '3\n1\n2\n3\n' };

/** Everyday work with scripts, packages, files and text. */
export const toolTasks: readonly Task[] = [
  withFiles({
    name: 'installs what the lock file of a project names, without a network, twice',
    files: project,
    lines: ['npm ci', 'npm ci', 'npm run build'],
    leaves: { 'built.txt': 'hello you' },
    holds: 'test -L node_modules/greet',
  }),
  withFiles({
    name: 'runs the tests of a project',
    files: project,
    lines: ['npm ci && npm test'],
    says: /# pass 1|pass 1/,
  }),
  withFiles({
    name: 'fails at once where a package would have to be fetched',
    files: {
      'package.json': '{"name":"x","version":"1.0.0","dependencies":{"left":"1.0.0"}}',
      'package-lock.json':
        '{"name":"x","version":"1.0.0","lockfileVersion":3,"packages":{"":{"name":"x","version":"1.0.0","dependencies":{"left":"1.0.0"}},"node_modules/left":{"version":"1.0.0","resolved":"https://registry.npmjs.org/left/-/left-1.0.0.tgz","integrity":"sha512-AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=="}}}',
    },
    lines: ['npm ci'],
    exit: 1,
    says: /ENOTCACHED|cache mode is 'only-if-cached'/,
  }),
  withFiles({
    name: 'runs a Python script that reads and writes files',
    files: {
      ...numbers,
      'sum.py':
        'import half\nn = sum(int(line) for line in open("n.txt"))\nopen("sum.txt", "w").write(str(half.of(n)))\n',
      'half.py': 'def of(n):\n    return n / 2\n',
    },
    lines: ['python3 sum.py'],
    leaves: { 'sum.txt': '4.5', __pycache__: null },
  }),
  withFiles({
    name: 'runs a Node script',
    files: {
      'up.mjs':
        'import fs from "node:fs";\nfs.writeFileSync("up.txt", fs.readFileSync("n.txt", "utf8").split("\\n").length + "");\n',
      ...numbers,
    },
    lines: ['node up.mjs'],
    leaves: { 'up.txt': '5' },
  }),
  withFiles({
    name: 'runs the tests of a folder with node --test, and tells that one fails',
    files: {
      'a.test.js': 'require("node:test")("adds", () => require("assert").equal(1 + 1, 3));\n',
    },
    lines: ['node --test'],
    exit: 1,
    says: /fail 1/,
  }),
  withFiles({
    name: 'packs a folder and unpacks it',
    files: { 'd/a.txt': 'a', 'd/b/c.txt': 'c' },
    lines: ['tar czf d.tar.gz d && rm -r d', 'tar xzf d.tar.gz && gzip -k d/a.txt'],
    leaves: { 'd/b/c.txt': 'c' },
    holds: 'test "$(gzip -dc d/a.txt.gz)" = a',
  }),
  withFiles({
    name: 'zips a folder and unzips it elsewhere',
    files: { 'd/a.txt': 'a' },
    lines: ['zip -qr d.zip d && unzip -q d.zip -d out'],
    leaves: { 'out/d/a.txt': 'a' },
  }),
  withFiles({
    name: 'brings one folder up to date with another',
    files: { 'from/a.txt': 'newer', 'to/a.txt': 'old', 'to/extra.txt': 'x' },
    lines: ['rsync -a --delete from/ to/'],
    leaves: { 'to/a.txt': 'newer', 'to/extra.txt': null },
  }),
  withFiles({
    name: 'replaces a word in all files',
    files: { 'a.txt': 'red\n', 'b.txt': 'red\n', 'c.md': 'red\n' },
    lines: ['sed -i s/red/blue/ *.txt'],
    leaves: { 'a.txt': 'blue\n', 'b.txt': 'blue\n', 'c.md': 'red\n' },
  }),
  withFiles({
    name: 'finds files and does something with each',
    files: { 'a.tmp': 'a', 'd/b.tmp': 'b', 'd/c.txt': 'c' },
    lines: ["find . -name '*.tmp' -exec rm {} +", 'find . -type f'],
    says: /^\.\/d\/c\.txt$/m,
    leaves: { 'a.tmp': null, 'd/b.tmp': null, 'd/c.txt': 'c' },
  }),
  withFiles({
    name: 'counts how often each line is there',
    files: numbers,
    lines: ['sort n.txt | uniq -c | sort -rn | head -1'],
    says: /2 3/,
  }),
  withFiles({
    name: 'takes values out of JSON and adds up a column',
    files: { 'a.json': '[{"n":1},{"n":41}]' },
    lines: ["jq -r '.[].n' a.json | awk '{s += $1} END {print s}' > sum.txt"],
    leaves: { 'sum.txt': '42\n' },
  }),
  withFiles({
    name: 'makes two targets, and only what is out of date',
    files: {
      Makefile: 'all: one two\none: n.txt\n\tcp n.txt one\ntwo: one\n\twc -l < one > two\n',
      ...numbers,
    },
    lines: ['make', 'make'],
    says: /Nothing to be done|up to date/,
    leaves: { one: '3\n1\n2\n3\n', two: /^\s*4\s*$/ },
  }),
  withFiles({
    name: 'makes, copies, moves and links files and folders',
    files: { 'a.txt': 'a' },
    lines: [
      'mkdir -p x/y && cp a.txt x/y && cp -r x z && touch x/new',
      'mv a.txt b.txt && ln -s b.txt link && rmdir nothing; ls -l link',
    ],
    says: /link -> b\.txt/,
    leaves: { 'z/y/a.txt': 'a', 'b.txt': 'a', 'a.txt': null, link: 'a', 'x/new': '' },
  }),
  withFiles({
    name: 'compares two files and patches one',
    files: { 'a.txt': 'one\ntwo\n', 'b.txt': 'one\n2\n' },
    lines: ['diff -u a.txt b.txt > p.diff; patch a.txt p.diff'],
    leaves: { 'a.txt': 'one\n2\n' },
  }),
  withFiles({
    name: 'searches a tree and counts words',
    files: { 'd/a.txt': 'needle in hay\n', 'd/b.txt': 'hay\n' },
    lines: ['grep -rl needle d | xargs wc -w'],
    says: /3 d\/a\.txt/,
  }),
  withFiles({
    name: 'compiles a program and runs it',
    files: { 't.c': '#include <stdio.h>\nint main(void){ puts("built"); return 7; }\n' },
    lines: ['gcc -O1 -o t t.c', './t'],
    exit: 7,
    says: /built/,
  }),
  withFiles({
    name: 'keeps a small database',
    files: {
      'db.py':
        'import sqlite3\ndb = sqlite3.connect("a.db")\ndb.execute("create table if not exists t(n)")\ndb.execute("insert into t values (21)")\ndb.commit()\nprint("sum", *db.execute("select sum(n) from t").fetchone())\n',
    },
    lines: ['python3 db.py', 'python3 db.py'],
    says: /sum 42/,
  }),
  withFiles({
    name: 'runs a Perl script over a file',
    files: { 'a.txt': 'x=1\n', 'up.pl': 'while (<>) { s/(\\d+)/$1 + 1/e; print; }\n' },
    lines: ['perl up.pl a.txt > b.txt'],
    leaves: { 'b.txt': 'x=2\n' },
  }),
  withFiles({
    name: 'replaces a word in a whole tree',
    files: { 'd/a.txt': 'red\n', 'd/b.txt': 'green\n' },
    lines: ['find d -type f -exec sed -i s/red/blue/ {} +'],
    leaves: { 'd/a.txt': 'blue\n', 'd/b.txt': 'green\n' },
  }),
  withFiles({
    name: 'runs a script of the folder',
    files: { 'go.sh': '#!/bin/sh\nset -e\ncd "$(mktemp -d)"\nmkdir -p ~/notes\necho done: $1\n' },
    lines: ['chmod +x go.sh', './go.sh it'],
    says: /done: it/,
  }),
  withFiles({
    name: 'goes on after a failure only where it is told to',
    lines: ['cat missing.txt || echo instead > a.txt', 'false && echo no > b.txt'],
    exit: 1,
    leaves: { 'a.txt': 'instead\n', 'b.txt': null },
  }),
  withFiles({
    name: 'tells the exit code and the words of what fails',
    lines: ['ls missing'],
    exit: 2,
    says: /No such file/,
  }),
  withFiles({
    name: 'writes files that others may read as far as the owner lets them',
    lines: ['touch a.txt && mkdir d && stat -c %a a.txt d'],
    says: /644[\s\S]*755/,
  }),
];
