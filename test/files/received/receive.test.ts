import {
  mkdirSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { sha256 } from '../../../src/base/digest.ts';
import type { MediaRef } from '../../../src/domain/event.ts';
import { createFileReceive } from '../../../src/files/received/receive.ts';
import { storeForAll } from '../../store/fresh.ts';
import { agent, execute, makeScene, run } from '../scene.ts';
import { PNG, pieces, setTaking } from './stage.ts';

const store = await storeForAll();

/** A jail, and one file that came in. */
async function setStage(ref: MediaRef, bytes: Uint8Array = PNG) {
  const scene = makeScene();
  onTestFinished(scene.remove);
  const { take, files } = await setTaking(async () => pieces(bytes), { store });
  const { kept } = await take([ref]);
  const [media] = kept;
  if (!media) throw new Error('not kept');
  const action = createFileReceive({ ...scene.deps, store, kept: files });
  const resource = { session: 's1', file: media.id };
  return { ...scene, action, resource, files, media };
}

const picture: MediaRef = { kind: 'image', id: 'f1', name: 'my photo.png' };

describe('a received file', () => {
  it('is put into the inbox of the jail, under a name that nobody chose', async () => {
    const { action, resource, work, media } = await setStage(picture);
    const name = `${media.id.slice(-6).toLowerCase()}-my-photo.png`;
    const result = { path: `inbox/${name}`, type: 'image/png', bytes: PNG.length };
    expect(await run(action, resource)).toEqual(result);
    expect(readFileSync(join(work, 'inbox', name))).toEqual(PNG);
    expect(statSync(join(work, 'inbox', name)).mode & 0o777).toBe(0o600);
    expect(await run(action, resource)).toEqual(result);
    expect(readdirSync(join(work, 'inbox'))).toEqual([name]);
  });

  it('is described as the one file that is written, and aimed by nobody', async () => {
    const { action, resource, work, media } = await setStage(picture);
    const prepared = await action.prepare(resource, agent);
    const path = join(work, 'inbox', `${media.id.slice(-6).toLowerCase()}-my-photo.png`);
    expect(prepared).toMatchObject({ writes: [{ path, how: 'file' }], targets: [] });
    expect(prepared.card.detail).toContain(sha256(PNG));
  });

  it.each([
    ['../../etc/passwd', 'etc-passwd'],
    ['.bashrc', 'bashrc'],
    ['a\u202egnp.exe', 'a-gnp.exe'],
    ['"; rm -rf ~ #.txt', 'rm--rf-.txt'],
    ['server.pem', 'server.pem.received'],
    ['…', 'file.txt'],
  ])('called %j is called …-%s there', async (name, ending) => {
    const { action, resource, media } = await setStage(
      { kind: 'file', id: 'f1', name },
      Buffer.from('words'),
    );
    expect(await run(action, resource)).toMatchObject({
      path: `inbox/${media.id.slice(-6).toLowerCase()}-${ending}`,
    });
  });

  it('is nobody’s but its own session’s', async () => {
    const { action, resource } = await setStage(picture);
    await expect(action.prepare({ ...resource, session: 's2' }, agent)).rejects.toThrow(
      'no such file in this conversation',
    );
    await expect(action.prepare({ session: 's2' }, agent)).rejects.toThrow('No file came');
  });

  it('never goes through a link, nor over another file', async () => {
    const { action, resource, work, root, media } = await setStage(picture);
    mkdirSync(join(root, 'outside'));
    symlinkSync(join(root, 'outside'), join(work, 'inbox'));
    await expect(run(action, resource)).rejects.toThrow(/link/);
    expect(readdirSync(join(root, 'outside'))).toEqual([]);
    rmSync(join(work, 'inbox'));
    mkdirSync(join(work, 'inbox'));
    const path = join(work, 'inbox', `${media.id.slice(-6).toLowerCase()}-my-photo.png`);
    writeFileSync(path, 'mine');
    await expect(run(action, resource)).rejects.toThrow('is there already');
    expect(readFileSync(path, 'utf8')).toBe('mine');
    expect(readdirSync(join(work, 'inbox'))).toHaveLength(1);
  });

  it('is not given out where its kept bytes are others, or gone', async () => {
    const { action, resource, work, files, media } = await setStage(picture);
    const prepared = await action.prepare(resource, agent);
    writeFileSync(files.pathOf(media.digest), 'other');
    await expect(execute(action, prepared)).rejects.toThrow('not what came');
    expect(readdirSync(join(work, 'inbox'))).toEqual([]);
    rmSync(files.pathOf(media.digest));
    await expect(action.prepare(resource, agent)).rejects.toThrow('no such file');
  });

  it('goes into no read-only jail', async () => {
    const { action, resource } = await setStage(picture);
    await expect(action.prepare({ ...resource, jail: 'docs' }, agent)).rejects.toThrow('read-only');
  });
});
