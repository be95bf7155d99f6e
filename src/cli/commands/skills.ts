import { type Command, Option } from 'commander';
import type { Act } from './act.ts';
import { STDIN } from './stand-options.ts';

const change = () => import('../skills/change.ts');

export function addSkills(program: Command, act: Act): void {
  const skills = program
    .command('skills')
    .description('What atom can do beyond commands and files, and what you let be used of it');
  addLooks(skills, act);
  addMaking(skills, act);
  addTrust(skills, act);
  addUse(skills, act);
}

function addLooks(skills: Command, act: Act): void {
  skills
    .command('list')
    .alias('ls')
    .description('All of them: ready, waiting for your approval, off or broken')
    .action(act(async (cli) => (await import('../skills/list.ts')).listSkills(cli)));
  skills
    .command('info')
    .description('One of them: what it does, and what it may touch')
    .argument('<name>')
    .action(
      act(async (cli, [name]) => (await import('../skills/list.ts')).showSkill(cli, String(name))),
    );
}

function addMaking(skills: Command, act: Act): void {
  skills
    .command('new')
    .description('Write a new one that works, with a test, for you to change')
    .argument('<name>', 'a–z, 0–9 and -')
    .addOption(
      new Option('--lang <language>', 'what it is written in')
        .choices(['ts', 'python'])
        .default('ts'),
    )
    .action(
      act(async (cli, [name], { lang }) =>
        (await import('../skills/new.ts')).newSkill(cli, String(name), String(lang)),
      ),
    );
  skills
    .command('test')
    .description('Try one as its own tests say, in the jail that it has in life')
    .argument('<name>')
    .action(
      act(async (cli, [name]) => (await import('../skills/test.ts')).testSkill(cli, String(name))),
    );
  skills
    .command('add')
    .summary('Copy one in: a folder, a tarball, or a package of npm')
    .description(
      'Copy one in: a folder, a tarball, or the name of a package of npm (fetched with your npm). ' +
        'Nothing of it is run, and it waits for your approval.',
    )
    .argument('<source>')
    .option('--replace', 'in the place of one of the same name, which goes to the trash')
    .action(
      act(async (cli, [source], { replace }) =>
        (await import('../skills/add.ts')).addSkill(cli, String(source), replace === true),
      ),
    );
  skills
    .command('check')
    .description('Compile one and say what approving it would mean; changes nothing')
    .argument('<name>', 'its name, or a folder such as ./hello')
    .action(
      act(async (cli, [name]) =>
        (await import('../skills/check.ts')).checkSkill(cli, String(name)),
      ),
    );
}

function addTrust(skills: Command, act: Act): void {
  skills
    .command('approve')
    .description('Look at a new or changed one, and let exactly that be used')
    .argument('<name>')
    .option('--digest <digest>', 'instead of a question: the beginning of the digest you looked at')
    .option('--totp-stdin', STDIN)
    .action(
      act(async (cli, [name], { digest, totpStdin }) =>
        (await import('../skills/approve.ts')).approveSkill(cli, String(name), {
          ...(typeof digest === 'string' ? { digest } : {}),
          totpStdin: totpStdin === true,
        }),
      ),
    );
  skills
    .command('enable')
    .description('Let one be used again that was turned off')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await change()).turnSkill(cli, String(name), true)));
  skills
    .command('disable')
    .description('Let one not be used, at once')
    .argument('<name>')
    .action(act(async (cli, [name]) => (await change()).turnSkill(cli, String(name), false)));
  skills
    .command('remove')
    .alias('rm')
    .description('Take one of your own away; its folder is kept in the trash')
    .argument('<name>')
    .action(
      act(async (cli, [name]) =>
        (await import('../skills/remove.ts')).removeSkill(cli, String(name)),
      ),
    );
}

function addUse(skills: Command, act: Act): void {
  skills
    .command('run')
    .description('Call one yourself, once')
    .argument('<name>')
    .argument('[input...]', `its input: JSON, or --key value for each field`)
    .option('--totp-stdin', STDIN)
    .allowUnknownOption()
    .action(
      act(async (cli, [name, words], { totpStdin }) =>
        (await import('../skills/run.ts')).runSkill(cli, String(name), {
          words: words as readonly string[],
          totpStdin: totpStdin === true,
        }),
      ),
    );
}
