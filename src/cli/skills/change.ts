import type { Cli } from '../cli.ts';
import { PATIENT, withShelf } from './shelf.ts';

/** Turns a skill off at once, or on again. What was approved of it stays approved. */
export async function turnSkill(cli: Cli, id: string, on: boolean): Promise<void> {
  const { changed } = await withShelf(cli, (gateway) =>
    gateway.request('skills.turn', { id, on }, PATIENT),
  );
  if (cli.out.json) return cli.out.object({ skill: id, on, changed });
  const state = on ? 'on' : 'off';
  cli.out.say(changed ? `${id} is ${state}.` : `${id} was ${state} already.`);
  cli.out.hint(`Undo:   atom skills ${on ? 'disable' : 'enable'} ${id}`);
}
