import { later } from '../base/later.ts';
import type { Action } from '../domain/action.ts';
import type { AtomOptions } from './parts.ts';
import { WORK, type Work, type WorkParts } from './work.ts';

const read = later(() => import('./work-actions.ts'));

/** The actions of turns, each of which reads in how it is done before it prepares: no turn runs during a start. */
export function lateWork(options: AtomOptions, parts: WorkParts): readonly Action[] {
  let made: Promise<Readonly<Record<Work, Action>>> | undefined;
  const work = async (name: Work): Promise<Action> => {
    made ??= read().then(({ createWork }) => createWork(options, parts));
    return (await made)[name];
  };
  return WORK.map((name) => ({
    name,
    prepare: async (...given) => (await work(name)).prepare(...given),
    execute: async (...given) => (await work(name)).execute(...given),
  }));
}
