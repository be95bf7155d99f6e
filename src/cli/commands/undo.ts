import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../undo/undo.ts');

export function addUndo(program: Command, act: Act): void {
  program
    .command('undo')
    .description('Take back what a run changed in a jail; shows it first')
    .argument('[run]', 'its number from --list; the last one where there is none')
    .option('--list', 'what can be taken back')
    .option('--force', 'also what was changed again since')
    .action(
      act(async (cli, [ref], { list, force }) => {
        const undo = await load();
        if (list === true) return undo.listRuns(cli);
        return undo.takeBack(cli, {
          force: force === true,
          ...(typeof ref === 'string' ? { ref } : {}),
        });
      }),
    );
}
