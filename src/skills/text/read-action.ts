import { z } from 'zod';
import { sha256 } from '../../base/digest.ts';
import { AtomError } from '../../base/errors.ts';
import type { Json } from '../../base/json.ts';
import { visible } from '../../base/visible.ts';
import type { Action, Prepared } from '../../domain/action.ts';
import type { Agent } from '../../domain/agent.ts';
import { shownAt } from '../../domain/text-skill.ts';
import { redeem } from '../../governance/grant.ts';
import { mayUseText } from './may-use.ts';
import { requestWords } from './request-words.ts';
import type { OpenTextSkill, TextShelf } from './shelf.ts';

const resourceShape = z.strictObject({
  skill: z.string().min(1).max(100),
  /** One of the files that came with the body. */
  file: z.string().min(1).max(1000).optional(),
  /** The line to begin at. */
  from: z.number().int().min(1).default(1),
});
type Wish = z.output<typeof resourceShape>;

/** About 4,000 tokens. */
const MOST_TEXT = 15_000;
const MOST_NAMES = 100;

/**
 * The action `skill.read`: `{skill, file?, from?}`. Its result is `{skill, file?, approved, text, next?, total,
 * files?, folder, missing, asksFor}`: the instructions of a skill of words, with the names of the files beside
 * them, or one of these files; `next` is the line to go on from. Until the owner approved exactly these
 * bytes they are a stranger's words, and labelled so.
 */
export const createSkillRead = (shelf: Pick<TextShelf, 'open'>): Action => ({
  name: 'skill.read',
  prepare: async (resource, agent) => prepareRead(shelf, parse(resource), agent),
  execute: async (grant) => {
    const { prepared } = redeem(grant);
    const wish = parse(prepared.resource);
    const { digest, approved, jail } = prepared.facts as {
      readonly digest: string;
      readonly approved: boolean;
      readonly jail?: string;
    };
    const opened = await shelf.open(wish.skill, jail);
    if (opened.skill.digest !== digest || opened.skill.approved !== approved)
      throw new AtomError('blocked', `The skill ${wish.skill} changed since this was decided.`, {
        next: ['Ask for it again.'],
      });
    return resultOf(opened, wish);
  },
});

function parse(resource: Json): Wish {
  const parsed = resourceShape.safeParse(resource);
  if (parsed.success) return parsed.data;
  throw new AtomError('usage', 'A skill of words is read with {skill, file?, from?}.');
}

async function prepareRead(
  shelf: Pick<TextShelf, 'open'>,
  wish: Wish,
  agent: Agent | undefined,
): Promise<Prepared> {
  const opened = await shelf.open(wish.skill, agent?.workspace);
  const { skill } = opened;
  if (!mayUseText(skill, agent))
    throw new AtomError('blocked', `The agent ${agent?.name} may not use the skill ${skill.name}.`);
  // Says now what is wrong with the wish.
  const { text } = textOf(opened, wish);
  const what = wish.file === undefined ? skill.name : `${visible(wish.file)} of ${skill.name}`;
  return {
    resource: { ...wish } as Json,
    facts: {
      digest: skill.digest,
      approved: skill.approved,
      sha256: sha256(text),
      ...(skill.jail === undefined ? {} : { jail: skill.jail }),
    },
    source: `the skill ${skill.name}`,
    ...(skill.approved ? {} : { yields: 'untrusted' }),
    card: {
      kind: 'skill',
      words: [`Read the skill ${what}`],
      may: ['read its files and nothing else', ...requestWords(skill)],
      undo: 'changes nothing',
    },
  };
}

function resultOf(opened: OpenTextSkill, { file, from }: Wish): Json {
  const { skill, contents } = opened;
  const { lines } = textOf(opened, { file });
  const part = partOf(lines, from);
  const others = contents.files.map(({ path }) => path).filter((path) => path !== 'SKILL.md');
  return {
    skill: skill.name,
    ...(file === undefined ? {} : { file }),
    approved: skill.approved,
    text: part.text,
    total: lines.length,
    ...(part.next === undefined ? {} : { next: part.next }),
    ...(file === undefined && from === 1 ? { files: others.slice(0, MOST_NAMES) } : {}),
    folder: shownAt(skill.name),
    missing: [...skill.missing],
    asksFor: [...skill.asksFor],
  };
}

function textOf(
  { skill, body, contents }: OpenTextSkill,
  { file }: Pick<Wish, 'file'>,
): { readonly text: string; readonly lines: readonly string[] } {
  if (file === undefined) {
    // What other programs put the folder's path in the place of.
    const text = body.replaceAll('{baseDir}', shownAt(skill.name));
    return { text, lines: text.split('\n') };
  }
  const path = file.replace(/^(?:\.\/)+/, '').replace(`${shownAt(skill.name)}/`, '');
  const found = contents.files.find((one) => one.path === path);
  if (!found)
    throw new AtomError('not-found', `The skill ${skill.name} has no file ${visible(file)}.`, {
      next: ['Read the skill without a file: its files are named there.'],
    });
  const text = found.bytes.toString('utf8');
  if (text.includes('\uFFFD') || text.includes('\0'))
    throw new AtomError('usage', `${visible(file)} is no text.`, {
      next: [`Commands find it at ${shownAt(skill.name)}/${visible(path)}`],
    });
  return { text, lines: text.split(/\r?\n/) };
}

/** Whole lines from one on, as many as fit; at least one, cut where it alone is too long. */
function partOf(
  lines: readonly string[],
  from: number,
): { readonly text: string; readonly next?: number } {
  const part: string[] = [];
  let length = 0;
  for (const line of lines.slice(from - 1)) {
    length += line.length + 1;
    if (part.length > 0 && length > MOST_TEXT) break;
    part.push(line.slice(0, MOST_TEXT).toWellFormed());
  }
  const next = from + part.length;
  return { text: part.join('\n'), ...(next <= lines.length ? { next } : {}) };
}
