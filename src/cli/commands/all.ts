import type { Command } from 'commander';
import { addCompletion, addHelp, addVersion } from './about.ts';
import type { Act } from './act.ts';
import { control } from './control.ts';
import { addHealth, addRestart, addStart, addStatus, addStop } from './gateway.ts';
import { addPanic, addPause, addResume } from './halt.ts';
import { addInit } from './init.ts';
import { people } from './people-group.ts';
import { addAttach, addChat } from './talk.ts';
import { upkeep } from './upkeep.ts';

/** Every command there is, in the order of the help. What a command does is loaded when it runs. */
export function addCommands(program: Command, act: Act): void {
  program.commandsGroup('Get going');
  for (const add of [addInit, addStart, addChat, addStatus, addHealth, addAttach, addStop])
    add(program, act);
  for (const add of [addRestart, addPause, addResume, addPanic]) add(program, act);
  program.commandsGroup('People and devices');
  for (const add of people) add(program, act);
  program.commandsGroup('Control');
  for (const add of control) add(program, act);
  program.commandsGroup('Care');
  for (const add of upkeep) add(program, act);
  for (const add of [addVersion, addCompletion, addHelp]) add(program, act);
}
