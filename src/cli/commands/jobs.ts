import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../jobs/jobs.ts');

export function addJobs(program: Command, act: Act): void {
  const jobs = program
    .command('jobs')
    .description('What your agents do at a time, and reminders; nothing else runs by itself');
  jobs
    .command('list', { isDefault: true })
    .alias('ls')
    .description('All of them, the next to come first')
    .action(act(async (cli) => (await load()).listJobs(cli)));
  jobs
    .command('add')
    .description('One more: what to say to an agent, and when')
    .argument('<when>', '"every weekday 8:30", "in 20 minutes", "tomorrow 9:00", "0 9 * * 1-5"')
    .argument('<text...>', 'what the agent is asked, as you would say it')
    .option('--remind', 'only write the text to me then: no agent works')
    .option('--agent <name>', 'who is asked (the one that answers everywhere)')
    .option('--to <channel>', 'where I am told what came of it (where I am asked first)')
    .action(
      act(async (cli, [when, text], { remind, agent, to }) =>
        (await load()).addJob(cli, {
          when: String(when),
          text: Array.isArray(text) ? text.join(' ') : String(text),
          does: remind === true ? 'say' : 'ask',
          ...(typeof agent === 'string' ? { agent } : {}),
          ...(typeof to === 'string' ? { to } : {}),
        }),
      ),
    );
  const one = (name: string, description: string): Command =>
    jobs.command(name).description(description).argument('<id>', 'from atom jobs list');
  one('run', 'Do it now, before its time').action(
    act(async (cli, [id]) => (await load()).runJob(cli, String(id))),
  );
  one('pause', 'Let it rest').action(
    act(async (cli, [id]) => (await load()).pauseJob(cli, String(id), true)),
  );
  one('resume', 'Let it go on').action(
    act(async (cli, [id]) => (await load()).pauseJob(cli, String(id), false)),
  );
  one('remove', 'Take it out')
    .alias('rm')
    .action(act(async (cli, [id]) => (await load()).removeJob(cli, String(id))));
}
