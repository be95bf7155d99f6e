import type { Command } from 'commander';

/** One thing that may be typed next, and what it is for. */
export interface Word {
  readonly word: string;
  readonly says: string;
}

/** What may follow a command: `path` is its words behind `atom`, '' for atom itself. */
export interface Place {
  readonly path: string;
  /** Commands below it, by their own names. */
  readonly commands: readonly Word[];
  /** Its own options, long ones; those of '' may stand everywhere. */
  readonly options: readonly Word[];
  /** Those of them that take a value, which is nobody's to guess. */
  readonly valued: readonly string[];
}

/** Every place on a command line where something can be completed, from the program as it is. */
export function placesOf(program: Command): readonly Place[] {
  const walk = (command: Command, path: readonly string[]): readonly Place[] => {
    const { options } = command;
    const below = command.commands.map((sub) => ({
      word: sub.name(),
      says: firstSentence(sub.description()),
    }));
    return [
      {
        path: path.join(' '),
        commands: below,
        options: options.flatMap(({ long, description }) =>
          long ? [{ word: long, says: firstSentence(description) }] : [],
        ),
        valued: options.flatMap(({ long, short, required, optional }) =>
          required || optional ? [long, short].filter((name) => name !== undefined) : [],
        ),
      },
      ...command.commands.flatMap((sub) => walk(sub, [...path, sub.name()])),
    ];
  };
  return walk(program, []);
}

/** Menus are narrow, and one line. */
const firstSentence = (text: string): string => text.split(/[\n:;]/, 1)[0]?.slice(0, 70) ?? '';
