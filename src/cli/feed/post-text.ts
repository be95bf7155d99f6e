import { clockTime } from '../../base/clock.ts';
import { hintFor } from '../../base/hint.ts';
import { visible, visibleBlock } from '../../base/visible.ts';
import type { FeedEntry } from '../../domain/feed-post.ts';
import { bar } from '../out/bars.ts';
import type { Out } from '../out/out.ts';

const BAR = 10;

/** A post as lines: when, its number, who and what; answers are set in below what they answer. */
export function postText(
  post: FeedEntry,
  { style, plain }: Pick<Out, 'style' | 'plain'>,
  profile: string,
): readonly string[] {
  const { at, seq, author, kind, text, replyTo, replies, progress } = post;
  const [first = '', ...more] = visibleBlock(text).split('\n');
  const answer = replyTo === undefined ? '' : '↳ ';
  const how = kind === 'status' ? '' : ` ${kind}`;
  const far =
    progress === undefined
      ? ''
      : `${bar(progress, 1, { width: BAR, plain })} ${Math.round(progress * 100)} % `;
  const [indent, when] = [' '.repeat(10), `${clockTime(at)} ${`#${seq}`.padEnd(5)}`];
  return [
    `${style.dim(when)} ${answer}${style.bold(visible(author))}${how}: ${far}${first}`,
    ...more.map((line) => `${indent}${line}`),
    ...footOf(post, replies, profile).map((line) => style.dim(`${indent}${line}`)),
  ];
}

function footOf(
  { reactions, seq }: FeedEntry,
  replies: number,
  profile: string,
): readonly string[] {
  const by = Object.entries(Object.groupBy(reactions, ({ mark }) => mark));
  const marks = by.map(
    ([mark, these = []]) => `${visible(mark)} ${these.map(({ who }) => visible(who)).join(', ')}`,
  );
  const answers =
    replies > 0
      ? [
          hintFor(
            profile,
            `${replies} ${replies === 1 ? 'answer' : 'answers'}: atom feed --thread ${seq}`,
          ),
        ]
      : [];
  const all = [...marks, ...answers];
  return all.length > 0 ? [all.join(' · ')] : [];
}
