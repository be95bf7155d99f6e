import type { Command } from 'commander';
import type { Act } from './act.ts';

const load = () => import('../undo/undo.ts');

export function addUndo(program: Command, act: Act): void {
  program
    .command('undo')
    .description('Take back what a run changed in a jail; shows it first')
    .argument(
      '[run]',
      'its code from --list or from  atom runs list; the last one where there is none',
    )
    .option('--list', 'what can be taken back')
    .option('--force', 'also what was changed again since')
    .option('--forget', 'drop the copies of a run for good: it can be taken back no more')
    .option('--all', 'with --forget: the copies of every run')
    .option('--totp-stdin', 'with --forget: read the code of the second factor from stdin')
    .action(
      act(async (cli, [ref], { list, force, forget, all, totpStdin }) => {
        const undo = await load();
        if (list === true) return undo.listRuns(cli);
        const run = typeof ref === 'string' ? { ref } : {};
        if (forget === true) {
          const { forgetRuns } = await import('../undo/forget.ts');
          return forgetRuns(cli, { ...run, all: all === true, totpStdin: totpStdin === true });
        }
        return undo.takeBack(cli, { ...run, force: force === true });
      }),
    );
}
