import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { classifyArgv, classifyCommand, inlineCode } from '../../src/governance/classify.ts';
import { commandRules } from '../../src/governance/commands/table.ts';
import { effectOf, weigh } from '../../src/governance/weigh.ts';
import { brokenExamples } from '../../src/governance/words/examples.ts';

const UNDO = { undo: true } as const;
const rate = (line: string): number => classifyArgv(line.split(' ')).complexity;
const rateUndo = (line: string): number => classifyArgv(line.split(' '), UNDO).complexity;

describe('what a command would do', () => {
  it.each(commandRules.map((rule) => [rule.names, rule] as const))(
    'is known by the examples of its own rule: %s',
    (_, rule) => {
      expect(brokenExamples(rule, (argv) => effectOf(weigh({ argv }).findings))).toEqual([]);
    },
  );

  it('is said once for each program, and gravest where sub-commands are not known', () => {
    const names = commandRules.flatMap((rule) => rule.names.split(' '));
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([]);
    expect(commandRules.filter(({ subs, does }) => subs && does !== 'beyond')).toEqual([]);
  });

  it('is whatever can be undone where the program is not known, and else the worst', () => {
    for (const line of ['frobnicate x', './ls', '/tmp/ls', 'bin/cat x', 'LS', '/work/bin/ls x']) {
      expect(`${line}: ${rate(line)}`).toBe(`${line}: 4`);
      expect(`${line}: ${rateUndo(line)}`).toBe(`${line}: 3`);
    }
    for (const line of ['/usr/bin/../../tmp/ls', 'constructor', '__proto__ x'])
      expect(rateUndo(line)).toBe(3);
    expect(rate('/usr/bin/ls')).toBe(1);
  });

  it.each([
    ['', 'an empty word'],
    ['-x ls', 'an option'],
    ['l\u200bs', 'a hidden character'],
    ['\u0440g x', 'a letter of another script'],
    ['frob delete x', 'a word that deletes'],
    ['frob https://x', 'another machine'],
    ['frob /etc/x', 'a place outside'],
    ['./frob ~/x', 'a place outside'],
  ])('is the worst even with undo where the program is not known and there is %s (%s)', (line) => {
    expect(rateUndo(line)).toBe(4);
  });

  it.each([
    'rm -rf build',
    'rm -rf /tmp/x',
    'truncate -s 0 a',
    'git reset --hard',
    'git clean -fdx',
    'git stash drop',
    'sed -i s/a/b/ a',
    'find . -delete',
    'find . -type f -exec rm {} +',
    'mv a b',
    'tar xf a.tar',
    'node a.js',
    'npm test',
    'make',
    'cargo build',
    'python3.12 a.py',
    'rsync -a --delete a/ b/',
    'xargs rm',
  ])('can be taken back where there is undo, and not without: %s', (line) => {
    expect(rateUndo(line)).toBe(3);
    expect(rate(line)).toBe(4);
  });

  it.each(['npm ci', 'git clone origin.git copy', 'git fetch origin', 'git pull --ff-only'])(
    'fetches no more than can be taken back where there is no network: %s',
    (line) => {
      const argv = line.split(' ');
      expect(classifyArgv(argv, { undo: true, offline: true }).complexity).toBe(3);
      expect(classifyArgv(argv, { undo: false, offline: true }).complexity).toBe(4);
      expect(rateUndo(line)).toBe(4);
    },
  );

  it.each([
    'git clone https://example.org/x',
    'git clone ../x',
    'git pull origin x:y',
    'git push',
    'npm install x',
    'npx x',
  ])('asks for what others wrote, network or not: %s', (line) => {
    expect(classifyArgv(line.split(' '), { undo: true, offline: true }).complexity).toBe(4);
  });

  it.each(['mkdir a', 'touch a', 'git add .', 'git commit -m x', 'git branch x'])(
    'is a change that loses nothing, with undo or without: %s',
    (line) => {
      expect(rateUndo(line)).toBe(3);
      expect(rate(line)).toBe(3);
    },
  );

  it.each([
    'rm -rf /',
    'rm -rf ~',
    'rm -rf $HOME/x',
    'rm -rf ../x',
    'rm -rf a/../../b',
    'rm -rf /home/ann',
    'rm /home/ann/.bashrc',
    'rm -rf .git',
    'cp a .github/workflows/x.yml',
    'tee .ssh/authorized_keys',
    'mv a /usr/local/bin/x',
    'chmod u+s a',
    'find / -name x -delete',
    'find -L / -exec rm {} ;',
    'git -C / clean -fdx',
    'git push',
    'git fetch',
    'git -c core.pager=x status',
    'curl https://x',
    'ssh h ls',
    'sudo ls',
    'bash -c ls',
    'python3 -c 1',
    'node -e 1',
    'eval ls',
    'dd if=a of=b',
    'mkfs.xfs /dev/x',
    'systemctl stop x',
    'kill -9 1',
    'npm install',
    'pip3 install x',
    'docker ps',
    'kubectl get pods',
    'aws s3 ls',
    'terraform plan',
    'cat .env',
    'cat /proc/self/environ',
    'cat C:\\Users\\ann\\.aws\\credentials',
    'env PATH=/tmp ls',
    'env LD_PRELOAD=x ls',
    'ln -s / x',
  ])('is nothing that any undo covers: %s', (line) => {
    expect(rateUndo(line)).toBe(4);
  });

  it.each([
    'ls -la',
    'cat a b',
    'git status',
    'git -C src log --oneline -10',
    'git log -p',
    'git diff -- a b',
    'git branch -a',
    'git blame a',
    'git stash list',
    'git config --get user.name',
    'grep -rn needle src',
    'grep .env README.md',
    'find src -name x',
    'find . -type f -exec md5sum {} +',
    'find . -name *.sh -exec file {} ;',
    'find / -name *.conf',
    'xargs -0 wc -l',
    'xargs -I{} basename {}',
    'tail -n +3 /var/log/syslog',
    'jq -r .a a.json',
    'sort -t, -k2 a',
    'rg -n TODO',
    'env',
    'ps aux',
    'node --version',
    'git -v',
    'systemctl status x',
    'crontab -l',
    'mount',
    'npm ls',
    'cargo tree',
    'command -v rm',
    'history',
  ])('is a look where it is one: %s', (line) => {
    expect(rate(line)).toBe(1);
  });

  it.each([
    ['sort --compress-p=sh x', 4],
    ['sort --o=y x', 3],
    ['sort -ro y x', 3],
    ['rg --pre=sh x', 4],
    ['git log --outp=x', 3],
    ['git grep -Osh x', 4],
    ['tar -xIsh f', 4],
    ['tar xIf sh a.tar', 4],
    ['tar --use-comp=sh -xf a.tar', 4],
    ['find -- . -delete', 3],
    ['find . -name -- -exec sh {} ;', 3],
    ['sort -T -- -o out in', 3],
    ['git grep -e -- -Osh', 4],
    ['timeout --sig KILL 5 git push', 4],
    ['env --ignore-env git push', 4],
  ])('is seen behind abbreviations, clusters and two dashes: %s', (line, least) => {
    expect(rateUndo(line)).toBeGreaterThanOrEqual(least);
  });
});

describe('a command whose words are not all known', () => {
  const rateWith = (line: string, ...unknown: number[]): number =>
    classifyCommand({ argv: line.split(' '), unknown: new Set(unknown) }, UNDO).complexity;

  it('is an unknown program where its first word is', () => {
    expect(rateWith('ls', 0)).toBe(3);
    expect(rateWith('nice ls', 1)).toBe(3);
  });

  it('may hold any option of its program', () => {
    expect(rateWith('cat x', 1)).toBe(1);
    expect(rateWith('rm x', 1)).toBe(3);
    expect(rateWith('sort x', 1)).toBe(4);
    expect(rateWith('git log x', 2)).toBe(4);
    expect(rateWith('git x', 1)).toBe(4);
    expect(rateWith('sed s/a/b/ x', 2)).toBe(4);
    expect(rateWith('awk {print} x', 2)).toBe(1);
    expect(rateWith('awk x a', 1)).toBe(4);
    expect(rateWith('env x ls', 1)).toBe(4);
    expect(rateWith('git reflog x', 2)).toBe(4);
  });

  it('may be followed by any option of its program', () => {
    const more = (line: string) =>
      classifyCommand({ argv: line.split(' '), more: true }, UNDO).complexity;
    expect(more('grep x')).toBe(1);
    expect(more('rm')).toBe(3);
    expect(more('tar czf a')).toBe(4);
    expect(more('nice sort')).toBe(4);
  });

  it('holds paths and no options where find puts them in', () => {
    expect(rateUndo('find . -exec sort {} ;')).toBe(1);
    expect(rateUndo('find . -exec chmod 644 {} +')).toBe(3);
    expect(rateUndo('find -files0-from a -exec sort {} ;')).toBe(4);
    expect(rateUndo('find . -exec {} ;')).toBe(3);
    expect(rateUndo('find . -exec sed {} a ;')).toBe(4);
  });
});

describe('the commands within a command', () => {
  const within = (line: string): readonly string[] =>
    classifyArgv(line.split(' ')).commands.map((words) => words.join(' '));

  it('are all named, for rules to look at', () => {
    expect(within('nice -n 5 env A=b timeout 5 git push')).toEqual([
      'nice -n 5 env A=b timeout 5 git push',
      'env A=b timeout 5 git push',
      'timeout 5 git push',
      'git push',
    ]);
    expect(within('find . -exec rm {} ; -exec ls {} +').slice(1)).toEqual(['rm {}', 'ls {}']);
    expect(within('xargs -I{} sudo rm {}').slice(1)).toEqual(['sudo rm {}', 'rm {}']);
  });

  it('are every word it may be where a wrapper is called in a way nobody knows', () => {
    expect(within('nice --odd x git push')).toContain('git push');
    expect(within('sudo --odd git push')).toContain('git push');
  });

  it('do not go on without end', () => {
    expect(classifyArgv(Array(2000).fill('nice'), UNDO).complexity).toBe(4);
    const odd = Array.from({ length: 500 }, () => ['nice', '--odd']).flat();
    expect(classifyArgv(odd, UNDO).complexity).toBe(4);
    const finds = Array.from({ length: 500 }, () => ['find', '-exec']).flat();
    expect(classifyArgv(finds, UNDO).complexity).toBe(4);
  });

  it('are the text of a shell only where that is all there is', () => {
    expect(inlineCode(['bash', '-c', 'ls | wc'])).toBe('ls | wc');
    expect(inlineCode(['/bin/sh', '-euc', 'ls'])).toBe('ls');
    expect(inlineCode(['bash', '-o', 'pipefail', '-c', 'ls'])).toBe('ls');
    for (const line of ['sh a.sh', 'sh -c a b', 'sh -lc a', 'bash --rcfile x -c a', './sh -c a'])
      expect(inlineCode(line.split(' '))).toBeUndefined();
  });
});

const CORPORA = join(import.meta.dirname, '../../../shared/corpora');
const PLAIN = /^[A-Za-z0-9_./:=@%+,-]+( [A-Za-z0-9_./:=@%+,-]+)*$/;

const rows = (name: string): readonly { readonly cmd: string; readonly label?: string }[] =>
  readFileSync(join(CORPORA, name), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line));

/** Reading what a jail lets be read is a look, whatever it is called; and `id` is one, whoever starts it. */
const READS = /^(cat|grep|git blame) |--files0-fro=|^(command|exec|coproc|time|find \. -exec) id\b/;

describe.skipIf(!existsSync(join(CORPORA, 'shell_dcg.jsonl')))(
  'commands that others collected (only where the corpora are at hand)',
  () => {
    it('are never taken for anything but the worst where they are dangerous', () => {
      const wrong = rows('shell_dcg.jsonl')
        .filter(({ cmd, label }) => label === 'dangerous' && PLAIN.test(cmd))
        .filter(({ cmd }) => rate(cmd) < 4);
      expect(wrong.map(({ cmd }) => cmd)).toEqual([]);
    });

    it('are never taken for a look where they get past a list of first words', () => {
      const wrong = rows('shell_bypass.jsonl')
        .filter(({ cmd }) => PLAIN.test(cmd) && !READS.test(cmd))
        .filter(({ cmd }) => rate(cmd) === 1);
      expect(wrong.map(({ cmd }) => cmd)).toEqual([]);
    });
  },
);
