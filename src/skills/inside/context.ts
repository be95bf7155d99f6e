// What a skill's `run` is handed. Runs inside the jail.
import type { SkillContext } from '../define.ts';
import type { Line } from './peer.ts';

/** Each function asks atom, which decides: there is nothing here that would have to be trusted. */
export function contextFor({ ask, tell }: Line, signal: AbortSignal): SkillContext {
  const request = <T>(method: string, params: object): Promise<T> =>
    ask(method, params) as Promise<T>;
  return {
    folder: process.cwd(),
    signal,
    fs: {
      read: (path) => request('fs.read', { path }),
      list: (path) => request('fs.list', { path }),
      write: async (path, text) => {
        await ask('fs.write', { path, text });
      },
    },
    fetch: (url, options = {}) => request('fetch', { url: `${url}`, ...options }),
    exec: (argv, options = {}) => request('exec', { argv, ...options }),
    secret: (name) => request('secret', { name }),
    memory: {
      search: (words) => request('memory.search', words === undefined ? {} : { words }),
      read: (note) => request('memory.read', { note }),
      write: (text, options = {}) => request('memory.write', { text, ...options }),
      forget: async (note) => {
        await ask('memory.forget', { note });
      },
    },
    remind: (when, text) => request('remind', { when, text }),
    progress: (told) => tell('progress', typeof told === 'string' ? { text: told } : told),
    log: (text) => tell('log', { text: `${text}` }),
  };
}
