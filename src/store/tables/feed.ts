import type { FeedPost } from '../../domain/feed-post.ts';
import type { Sql } from '../../domain/store.ts';

/** Adds a post once; one with the same id changes nothing. */
export const insertPost = (sql: Sql, post: FeedPost): Promise<number> =>
  sql.run(
    'INSERT INTO feed(id, author, kind, text, at) VALUES($1, $2, $3, $4, $5) ON CONFLICT(id) DO NOTHING',
    post.id,
    post.author,
    post.kind,
    post.text,
    post.at,
  );

/** The newest posts first. */
export async function newestPosts(sql: Sql, limit: number): Promise<readonly FeedPost[]> {
  const rows = await sql.all('SELECT * FROM feed ORDER BY seq DESC LIMIT $1', limit);
  return rows.map((row) => ({
    id: String(row.id),
    author: String(row.author),
    kind: String(row.kind) as FeedPost['kind'],
    text: String(row.text),
    at: Number(row.at),
  }));
}
