import type { SkillListing } from '../../domain/skill-trust.ts';
import type { Cli } from '../cli.ts';
import { table } from '../out/table.ts';
import { headLines, stateWords } from './draw.ts';
import { PATIENT, withShelf } from './shelf.ts';

/** Every skill there is, and what may be done with it. */
export async function listSkills(cli: Cli): Promise<void> {
  const { skills } = await withShelf(cli, (gateway) => gateway.request('skills.list', {}, PATIENT));
  if (cli.out.json) return cli.out.object({ skills });
  if (skills.length === 0)
    return cli.out.hint('There are no skills. Make one:   atom skills new hello');
  for (const line of table([['SKILL', 'STATE', 'FROM', 'WHAT IT DOES'], ...skills.map(rowOf)]))
    cli.out.data(line);
  for (const { id, why } of skills.filter(({ state }) => state === 'broken'))
    cli.out.say(`${id}: ${why}`);
  for (const { id } of skills.filter(({ state }) => state === 'waiting'))
    cli.out.hint(`Look at it and let it be used:   atom skills approve ${id}`);
}

const rowOf = ({ id, state, origin, skills, why }: SkillListing): readonly string[] => [
  id,
  stateWords[state],
  origin,
  skills[0]?.description ?? why?.split('\n')[0] ?? '',
];

/** One skill: what it does, what it may touch, and what it answers to. */
export async function showSkill(cli: Cli, id: string): Promise<void> {
  const { plan } = await withShelf(cli, (gateway) =>
    gateway.request('skills.show', { id }, PATIENT),
  );
  const { skill } = plan;
  if (cli.out.json) return cli.out.object({ skill, digest: plan.digest, files: plan.files });
  for (const line of headLines(skill, cli.out.style)) cli.out.data(line);
  cli.out.data(skill.may.length === 0 ? 'It may touch nothing but what it is asked.' : 'It may:');
  for (const line of skill.may) cli.out.data(`  ${line}`);
  if (skill.state === 'waiting') cli.out.hint(`Let it be used:   atom skills approve ${id}`);
}
