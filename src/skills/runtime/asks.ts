import { z } from 'zod';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import type { Prepared } from '../../domain/action.ts';
import { splitJail } from '../../domain/path-pattern.ts';
import { isSecretHeader } from '../../domain/secret-header.ts';
import { type Asked, type Reader, shaped } from './asked.ts';
import {
  type Bounds,
  type JailPath,
  maySee,
  whyNoCommand,
  whyNoFile,
  whyNoFolder,
  whyNoHost,
  whyNoReminder,
  whyNoSecret,
} from './bounds.ts';
import { memoryReaders } from './memory-asks.ts';

export { type Asked, shaped } from './asked.ts';

type Fields = { readonly [key: string]: Json };

const text = z.string().max(2_000_000);
const path = z.string().min(1).max(4096);
const file = z.strictObject({ path });
const write = z.strictObject({ path, text });
const fetch = z.strictObject({
  url: z.string().max(8192),
  method: z.string().max(20).optional(),
  headers: z.record(z.string().max(200), z.string().max(8192)).optional(),
  body: text.optional(),
});
const exec = z.strictObject({
  argv: z.array(z.string().max(100_000)).min(1).max(1000),
  cwd: path.optional(),
  stdin: text.optional(),
});
const secret = z.strictObject({ name: z.string().max(40) });
const remind = z.strictObject({ when: z.string().max(200), text: z.string().max(2000) });

const READERS: Readonly<Record<string, Reader>> = {
  'fs.read': (params, bounds) => {
    const where = shaped(file, params).path;
    const asked = splitJail(where);
    return {
      action: 'file.read',
      resource: asked,
      kept: [where],
      within: (prepared) => whyNoFile(bounds, 'read', placeIn(prepared)),
      answer: (value) => wholeText(asked.path, value as Fields),
    };
  },
  'fs.list': (params, bounds) => {
    const where = shaped(file, params).path;
    const asked = splitJail(where);
    const jail = asked.jail ?? bounds.ownJail ?? '';
    return {
      action: 'file.list',
      resource: asked,
      kept: [where],
      within: (prepared) => whyNoFolder(bounds, placeIn(prepared)),
      answer: (value) => entriesOf(bounds, jail, value as Fields),
    };
  },
  'fs.write': (params, bounds) => {
    const { path: where, text: content } = shaped(write, params);
    return {
      action: 'file.write',
      resource: { ...splitJail(where), content },
      kept: [where, content],
      within: (prepared) => whyNoFile(bounds, 'write', placeIn(prepared)),
      answer: () => null,
    };
  },
  fetch: (params, bounds) => {
    const { url, headers = {}, body = '', method } = shaped(fetch, params);
    const open = Object.entries(headers).flatMap(([name, value]) =>
      isSecretHeader(name) ? [] : [value],
    );
    return {
      action: 'net.fetch',
      resource: {
        url,
        headers,
        form: 'source',
        only: bounds.permissions.net,
        ...(method === undefined ? {} : { method }),
        ...(body === '' ? {} : { body }),
      },
      kept: [url, method ?? '', body, ...Object.keys(headers), ...open],
      within: ({ resource }) => whyNoHost(bounds, new URL(String((resource as Fields).url))),
      answer: (value) => {
        const { status = 0, headers: told = {}, text: content = '' } = value as Fields;
        return { status, headers: told, text: content };
      },
    };
  },
  exec: (params, bounds) => {
    const resource = shaped(exec, params);
    return {
      action: 'shell.exec',
      resource: resource as Json,
      kept: [...resource.argv, resource.cwd ?? '', resource.stdin ?? ''],
      within: ({ jail }) => whyNoCommand(bounds, resource.argv, jail),
      answer: (value) => endOf(resource.argv, value as Fields),
    };
  },
  secret: (params, bounds) => {
    const { name } = shaped(secret, params);
    return {
      action: 'secret.read',
      resource: { skill: bounds.skill, name },
      kept: [],
      within: () => whyNoSecret(bounds, name),
      answer: (value) => value,
    };
  },
  remind: (params, bounds) => {
    const { when, text: said } = shaped(remind, params);
    const { session } = bounds;
    if (session === undefined)
      throw new AtomError('usage', 'A reminder is for a chat, and this was not asked in one.');
    return {
      action: 'job.add',
      resource: { session, when, does: 'say', text: said },
      kept: [when, said],
      within: () => whyNoReminder(bounds),
      answer: (value) => {
        const { id = '', when: first = '' } = value as Fields;
        return { id, when: first };
      },
    };
  },
  ...memoryReaders,
};

/** What a request of a skill's means. Throws AtomError `usage` where it means nothing. */
export function readAsk(method: string, params: unknown, bounds: Bounds): Asked {
  const reader = Object.hasOwn(READERS, method) ? READERS[method] : undefined;
  if (reader) return reader(params, bounds);
  throw new AtomError('usage', `There is nothing called ${method.slice(0, 40)} to ask for.`);
}

/** Where a file action goes, as it says itself once it was prepared. */
function placeIn({ resource }: Prepared): JailPath {
  const { jail, path: where } = resource as Fields;
  return { jail: String(jail), path: String(where) };
}

function wholeText(name: string, { kind, text: content = '', truncated }: Fields): Json {
  if (kind !== 'text') throw new AtomError('failed', `${name} is not a text file.`);
  if (truncated !== true) return content;
  throw new AtomError('failed', `${name} is too large to be read at once.`);
}

function entriesOf(bounds: Bounds, jail: string, { path: folder, entries }: Fields): Json {
  return (entries as readonly Fields[]).flatMap(({ name, kind, size = 0 }) => {
    const isFolder = kind === 'folder';
    if (!maySee(bounds, { jail, path: `${folder}/${name}` }, isFolder)) return [];
    return [{ name: name ?? '', kind: kind === 'link' ? 'other' : (kind ?? ''), bytes: size }];
  });
}

/** A command that did not come to its own end has no code to give. */
function endOf(argv: readonly string[], { exit, ending, stdout, stderr }: Fields): Json {
  if (typeof exit === 'number') return { code: exit, stdout: stdout ?? '', stderr: stderr ?? '' };
  throw new AtomError('failed', `${argv[0]} did not end by itself (${String(ending)}).`);
}
