import { shellWord } from '../../base/shell-word.ts';
import type { Job, JobAsked } from '../../domain/job.ts';
import { whenWords } from '../../domain/schedule/job-words.ts';
import type { Cli } from '../cli.ts';
import { withGateway } from '../gateway.ts';
import { table } from '../out/table.ts';

/** Every job on one line, the next to come first. */
export async function listJobs(cli: Cli): Promise<void> {
  const { jobs } = await withGateway(cli, false, (gateway) => gateway.request('jobs.list', {}));
  if (cli.out.json) return cli.out.object({ jobs });
  if (jobs.length === 0) {
    cli.out.say('There are no jobs: nothing runs by itself.');
    return cli.out.hint('Make one:   atom jobs add "every weekday 8:30" "git status"');
  }
  for (const line of table([['ID', 'WHEN', 'NEXT', 'TO', 'WHAT'], ...jobs.map(rowOf)]))
    cli.out.data(line);
}

const MOST_WHAT = 60;

const rowOf = (job: Job): readonly string[] => [
  job.id,
  job.when,
  job.paused ? 'paused' : whenWords(job.nextAt, job.zone),
  job.to.channel,
  `${job.does === 'say' ? 'remind: ' : `${job.agent}: `}${job.text.slice(0, MOST_WHAT).toWellFormed()}`,
];

export async function addJob(cli: Cli, wish: JobAsked): Promise<void> {
  const { job } = await withGateway(cli, false, (gateway) => gateway.request('jobs.add', wish));
  if (cli.out.json) return cli.out.object({ job });
  const does = job.does === 'say' ? 'I remind you' : `${job.agent} is asked`;
  cli.out.say(`Added ${job.id}: ${does} ${job.when}, first at ${whenWords(job.nextAt, job.zone)}.`);
  cli.out.say(`What comes of it is told on ${job.to.channel}.`);
  cli.out.hint(`Take it out again:   atom jobs remove ${job.id}`);
}

export async function removeJob(cli: Cli, id: string): Promise<void> {
  const { job } = await withGateway(cli, false, (gateway) =>
    gateway.request('jobs.remove', { id }),
  );
  if (cli.out.json) return cli.out.object({ removed: job });
  const remind = job.does === 'say' ? ' --remind' : '';
  cli.out.say(`Took out ${id}.`);
  cli.out.hint(
    `Make it again:   atom jobs add ${shellWord(job.when)} ${shellWord(job.text)}${remind} --agent ${job.agent} --to ${job.to.channel}`,
  );
}

export async function pauseJob(cli: Cli, id: string, paused: boolean): Promise<void> {
  const { changed } = await withGateway(cli, false, (gateway) =>
    gateway.request('jobs.pause', { id, paused }),
  );
  if (cli.out.json) return cli.out.object({ id, paused, changed });
  const [now, before] = paused ? ['rests', 'rested'] : ['goes on', 'did not rest'];
  cli.out.say(changed ? `${id} ${now}.` : `${id} ${before} already.`);
  cli.out.hint(
    paused ? `Let it go on:   atom jobs resume ${id}` : `Let it rest:   atom jobs pause ${id}`,
  );
}

export async function runJob(cli: Cli, id: string): Promise<void> {
  await withGateway(cli, false, (gateway) => gateway.request('jobs.run', { id }));
  if (cli.out.json) return cli.out.object({ id, started: true });
  cli.out.say(`${id} is done now; what comes of it is told in its chat.`);
}
