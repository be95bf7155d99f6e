import { AtomError } from '../../base/errors.ts';
import type { FeedEntry, FeedPost, NewPost, PostKind, Reaction } from '../../domain/feed-post.ts';
import type { Labels } from '../../domain/label.ts';
import type { Row, Sql, SqlValue } from '../../domain/store.ts';

/**
 * Adds a post once, within the caller's transaction: undefined where one with the same id is there. Throws
 * AtomError `not-found` for an answer to a post that is not there.
 */
export async function insertPost(sql: Sql, post: NewPost): Promise<FeedPost | undefined> {
  const root = post.replyTo === undefined ? undefined : await rootOf(sql, post.replyTo);
  const row = await sql.get(
    `INSERT INTO feed(id, author, by_kind, kind, text, at, reply_to, root, mentions, session, about, progress, labels, of_user, talk)
     VALUES($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, (SELECT talk FROM session WHERE id = $10)) ON CONFLICT(id) DO NOTHING RETURNING seq`,
    ...[post.id, post.author, post.by, post.kind, post.text, post.at],
    ...[post.replyTo ?? null, root ?? null, JSON.stringify(post.mentions)],
    ...[post.session ?? null, post.about ?? null, post.progress ?? null],
    ...[JSON.stringify(post.labels), post.of ?? null],
  );
  if (!row) return undefined;
  if (root !== undefined)
    await sql.run('UPDATE feed SET replies = replies + 1 WHERE seq = $1', root);
  return { ...post, seq: Number(row.seq), ...(root === undefined ? {} : { root }) };
}

async function rootOf(sql: Sql, replyTo: number): Promise<number> {
  const row = await sql.get('SELECT root FROM feed WHERE seq = $1', replyTo);
  if (!row) throw noSuchPost(replyTo);
  return row.root === null ? replyTo : Number(row.root);
}

/** What is told where a number names no post. */
export const noSuchPost = (seq: number): AtomError =>
  new AtomError('not-found', `There is no post ${seq} in the feed.`, {
    next: ['See what there is:   atom feed'],
  });

/** Which posts: `before` a number, the newest first; or `after` one, the oldest first. */
export interface FeedQuery {
  readonly limit: number;
  readonly before?: number | undefined;
  readonly after?: number | undefined;
  readonly author?: string | undefined;
  readonly kind?: PostKind | undefined;
  /** Number of the post that a thread began with: it and all answers. */
  readonly thread?: number | undefined;
  /** Only what was written for one of these users. */
  readonly of?: readonly string[] | undefined;
}

/** Some posts, by number, so that what is added meanwhile moves nothing. Each look costs the same. */
export async function feedPage(sql: Sql, query: FeedQuery): Promise<readonly FeedEntry[]> {
  const { thread, limit } = query;
  if (thread === undefined) return withReactions(sql, await rowsOf(sql, query, []));
  // Two looks by an index each; "or" would read all of it.
  const head = await rowsOf(sql, query, [['seq = ?', thread]]);
  const answers = await rowsOf(sql, query, [['root = ?', thread]]);
  const found = query.after === undefined ? [...answers, ...head] : [...head, ...answers];
  return withReactions(sql, found.slice(0, limit));
}

/** `?` stands for the value. */
type Condition = readonly [text: string, value: SqlValue | undefined];

function rowsOf(
  sql: Sql,
  { after, before, author, kind, of, limit }: FeedQuery,
  more: readonly Condition[],
): Promise<readonly Row[]> {
  const up = after !== undefined;
  const conditions: readonly Condition[] = [
    [up ? 'seq > ?' : 'seq < ?', after ?? before],
    ['author = ?', author],
    ['kind = ?', kind],
    ['of_user IN (SELECT value FROM json_each(?))', of && JSON.stringify(of)],
    ...more,
  ];
  const set = conditions.filter((one): one is [string, SqlValue] => one[1] !== undefined);
  const where = set.map(([text], at) => text.replace('?', `$${at + 2}`)).join(' AND ');
  return sql.all(
    `SELECT * FROM feed ${where === '' ? '' : `WHERE ${where}`} ORDER BY seq ${up ? 'ASC' : 'DESC'} LIMIT $1`,
    limit,
    ...set.map(([, value]) => value),
  );
}

/** One post; undefined where there is none of that number. */
export async function postBySeq(sql: Sql, seq: number): Promise<FeedEntry | undefined> {
  const rows = await sql.all('SELECT * FROM feed WHERE seq = $1', seq);
  return (await withReactions(sql, rows))[0];
}

/** The newest posts first. */
export const newestPosts = (sql: Sql, limit: number): Promise<readonly FeedEntry[]> =>
  feedPage(sql, { limit });

/** Notes what somebody thinks of a post, once. False where they had said so. */
export const addReaction = async (
  sql: Sql,
  { post, who, mark, at }: Reaction & { readonly post: number; readonly at: number },
): Promise<boolean> =>
  (await sql.run(
    `INSERT INTO reaction(post, who, mark, at) VALUES($1, $2, $3, $4) ON CONFLICT DO NOTHING`,
    ...[post, who, mark, at],
  )) === 1;

/** How many other signs than this somebody has given a post. */
export async function marksOf(
  sql: Sql,
  { post, who, mark }: Reaction & { readonly post: number },
): Promise<number> {
  const row = await sql.get(
    'SELECT count(*) AS marks FROM reaction WHERE post = $1 AND who = $2 AND mark <> $3',
    ...[post, who, mark],
  );
  return Number(row?.marks ?? 0);
}

async function withReactions(sql: Sql, rows: readonly Row[]): Promise<readonly FeedEntry[]> {
  const seqs = rows.map(({ seq }) => Number(seq));
  const found =
    seqs.length === 0
      ? []
      : await sql.all(
          `SELECT post, who, mark FROM reaction WHERE post IN (SELECT value FROM json_each($1)) ORDER BY at, who`,
          JSON.stringify(seqs),
        );
  return rows.map((row) => ({
    ...postOf(row),
    replies: Number(row.replies),
    reactions: found
      .filter(({ post }) => post === row.seq)
      .map(({ who, mark }) => ({ who: String(who), mark: String(mark) })),
  }));
}

/** What was kept before labels were counts as what is nobody's secret and no stranger's. */
const OLD: Labels = { integrity: 'local', confidentiality: 'private' };

const postOf = (row: Row): FeedPost => ({
  seq: Number(row.seq),
  id: String(row.id),
  author: String(row.author),
  by: String(row.by_kind) as NewPost['by'],
  kind: String(row.kind) as PostKind,
  text: String(row.text),
  at: Number(row.at),
  mentions: JSON.parse(String(row.mentions)) as string[],
  labels: row.labels === null ? OLD : (JSON.parse(String(row.labels)) as Labels),
  ...(row.reply_to === null ? {} : { replyTo: Number(row.reply_to) }),
  ...(row.root === null ? {} : { root: Number(row.root) }),
  ...(row.session === null ? {} : { session: String(row.session) }),
  ...(row.talk === null ? {} : { talk: Number(row.talk) }),
  ...(row.of_user === null ? {} : { of: String(row.of_user) }),
  ...(row.about === null ? {} : { about: String(row.about) }),
  ...(row.progress === null ? {} : { progress: Number(row.progress) }),
});
