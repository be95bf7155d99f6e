import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { appendCheckpoint, readCheckpoints } from '../../src/assembly/checkpoint-file.ts';
import { createCheckpointNews } from '../../src/assembly/checkpoint-news.ts';
import { trustedKeys } from '../../src/assembly/record-keys.ts';
import { createWitness } from '../../src/assembly/witness.ts';
import { createLog, type LogLine } from '../../src/base/log.ts';
import { createBus } from '../../src/bus/bus.ts';
import { configSchema } from '../../src/config/schema.ts';
import type { Perform } from '../../src/domain/action.ts';
import { checkpointsIn } from '../../src/domain/checkpoint.ts';
import { createAudit } from '../../src/governance/audit/append.ts';
import { verifyAudit } from '../../src/governance/audit/verify.ts';
import { createSecrets } from '../../src/secrets/secrets.ts';
import { ensureSession } from '../../src/store/tables/sessions.ts';
import { ownedBy } from '../governance/people/stage.ts';
import { freshFolder, freshStore, heldClock } from '../store/fresh.ts';

const DAY = 86_400_000;

/** What signs the record of a gateway, without the gateway. */
async function world(own: { readonly announce?: boolean; readonly file?: string } = {}) {
  const folder = freshFolder();
  const { store } = await freshStore();
  const [clock, bus, said] = [heldClock(), createBus(), [] as LogLine[]];
  const log = createLog((line) => said.push(line));
  const audit = createAudit(clock, () => bus.tell('record.due', undefined));
  const { announce = true, file } = own;
  const config = configSchema.parse({
    version: 1,
    audit: { announce, ...(file === undefined ? {} : { export: file }) },
    channels: { telegram: { allow: ['42'] } },
  });
  const paths = { profile: 'test', checkpoints: join(folder, 'audit', 'checkpoints.jsonl') };
  const dir = join(folder, 'secrets');
  const secrets = createSecrets({ dir, profile: 'test', env: {}, log, keychain: false });
  const posts: string[] = [];
  const perform: Perform = async ({ resource }) => {
    posts.push((resource as { readonly text: string }).text);
    return { ok: true, value: null };
  };
  const facts = () => ({ name: 'telegram', maxLength: 4096, idempotentSend: false }) as never;
  const options = { config, paths, secrets, clock, log } as never;
  const news = createCheckpointNews(options, {
    records: { store, bus, people: ownedBy('42') as never },
    channels: { facts },
    performAsSystem: perform,
  });
  const witness = createWitness(options, { records: { store, bus, audit }, onSigned: news });
  const record = async (count: number): Promise<void> => {
    for (let i = 0; i < count; i++) await store.tx((sql) => audit(sql, 'begun', { i }));
  };
  return { store, clock, bus, witness, paths, secrets, posts, said, record, news };
}

describe('what sees to it that the record is signed', () => {
  it('writes every checkpoint to a file of its own and to the owner’s, which show a cut', async () => {
    const file = join(freshFolder(), 'atom.jsonl');
    const { store, witness, paths, record, secrets } = await world({ file });
    await record(3);
    await witness.checkpoint();
    await record(3);
    await witness.checkpoint();
    await witness.checkpoint();
    for (const one of [paths.checkpoints, file]) {
      expect(readCheckpoints(one).map(({ size }) => size)).toEqual([4, 7]);
      expect(statSync(one).mode & 0o777).toBe(0o600);
    }
    await store.run('DELETE FROM audit WHERE seq >= 5');
    const [trusted, outside] = [await trustedKeys(secrets), readCheckpoints(file)];
    expect(trusted).toHaveLength(1);
    expect(await verifyAudit(store, { trusted, outside })).toMatchObject({
      done: 'cut off',
      seq: 5,
    });
  });

  it('goes on after a line that was left half written', async () => {
    const { witness, paths, record } = await world();
    await witness.checkpoint();
    writeFileSync(paths.checkpoints, `${readFileSync(paths.checkpoints, 'utf8')}{"at":"20`);
    await record(1);
    await witness.checkpoint();
    expect(readCheckpoints(paths.checkpoints).map(({ size }) => size)).toEqual([1, 2]);
  });

  it('tells once where a file cannot be written, and signs all the same', async () => {
    const { witness, said, record } = await world({
      file: join(freshFolder(), 'not-mounted', 'atom.jsonl'),
    });
    await witness.checkpoint();
    await record(1);
    expect((await witness.checkpoint()).size).toBe(2);
    expect(said.filter(({ level }) => level === 'error')).toHaveLength(1);
  });

  it('signs at the end what was recorded last, and tells nobody of that', async () => {
    const { witness, paths, record, posts } = await world();
    witness.start();
    await record(2);
    await witness.stop();
    const sizes = readCheckpoints(paths.checkpoints).map(({ size }) => size);
    expect(sizes.at(-1)).toBe(3);
    expect(posts).toEqual([]);
    const unused = await world();
    await unused.witness.stop();
    expect(existsSync(unused.paths.checkpoints)).toBe(false);
  });

  it('hands over to another key, and forgets the old one', async () => {
    const { witness, secrets, store } = await world();
    await witness.checkpoint();
    const key = await witness.rotate();
    expect(await trustedKeys(secrets)).toEqual([key]);
    expect(await verifyAudit(store, { trusted: [key] })).toMatchObject({ ok: true, signed: 2 });
  });
});

describe('news of a checkpoint', () => {
  it('goes to the feed and the owner’s chat once a day where something happened', async () => {
    const { store, witness, record, posts, clock, news } = await world();
    const session = { id: 's1', key: 'telegram:dm:42', agent: 'atom' };
    const home = { channel: 'telegram', account: 'main', peer: '42' };
    await store.run("INSERT INTO agent(id, name, maturity) VALUES('atom', 'atom', 'intern')");
    await store.tx((sql) => ensureSession(sql, { ...session, home, startedAt: clock.now() }));
    const tell = async () => news(await witness.checkpoint());
    await tell();
    await record(3);
    await tell();
    expect(posts).toHaveLength(1);
    clock.pass(DAY + 1);
    await record(1);
    await tell();
    clock.pass(DAY + 1);
    await tell();
    expect(posts).toHaveLength(2);
    const rows = await store.all('SELECT body FROM outbox ORDER BY seq');
    const texts = rows.map(({ body }) => (JSON.parse(String(body)) as { text: string }).text);
    expect(texts.map((text, at) => text.startsWith(posts[at] ?? 'no post'))).toEqual([true, true]);
    // What arrives is what the verifier takes, as it is.
    const [first, second] = texts.map((text) => checkpointsIn(text)[0]);
    expect(
      await verifyAudit(store, { outside: [first, second].flatMap((one) => one ?? []) }),
    ).toMatchObject({ ok: true });
    expect(texts[1]).toContain(`${second?.size} entries, root ${second?.root.slice(0, 16)}`);
  });

  it('is not sent where the owner does not want it', async () => {
    const { witness, posts, news } = await world({ announce: false });
    await news(await witness.checkpoint());
    expect(posts).toEqual([]);
  });
});

it('keeps a long file of checkpoints short: the last of each older day, and all of the newest', async () => {
  const { witness, paths, clock } = await world();
  const signed = await witness.checkpoint();
  const line = readFileSync(paths.checkpoints, 'utf8');
  const days = Array.from({ length: 40 }, (_, day) =>
    line
      .replace(/"at":"[^T]+/, `"at":"2026-0${1 + Math.floor(day / 28)}-${10 + (day % 28)}`)
      .repeat(200),
  );
  writeFileSync(paths.checkpoints, days.join(''));
  appendCheckpoint(paths.checkpoints, signed, clock.now());
  const kept = readFileSync(paths.checkpoints, 'utf8').trimEnd().split('\n');
  expect(kept.length).toBeGreaterThan(500);
  expect(kept.length).toBeLessThan(560);
  expect(readCheckpoints(paths.checkpoints)).toHaveLength(kept.length);
});
