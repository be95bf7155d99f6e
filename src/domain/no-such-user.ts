import { AtomError } from '../base/errors.ts';
import { visible } from '../base/visible.ts';

/** What is said of a name that no user has. */
export const noSuchUser = (name: string): AtomError =>
  new AtomError('not-found', `There is no user ${visible(name)}.`, {
    next: ['See who there is:   atom users list'],
  });
