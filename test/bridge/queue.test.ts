import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  appendFileSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { fileQueue } from '../../src/bridge/queue/file-queue.ts';
import { memoryQueue, type Queue, type Waiting } from '../../src/bridge/queue/queue.ts';

const LIMITS = { messages: 5, bytes: 10_000 };

const message = (order: number, text = `m${order}`): Waiting => ({
  order,
  messageId: `id-${order}`,
  sessionKey: 'terminal:self:main',
  text,
  timestamp: 1,
});

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'atom-queue-'));
  onTestFinished(() => rmSync(folder, { recursive: true, force: true }));
  return folder;
}

const texts = (queue: Queue): string[] => queue.waiting().map(({ text }) => text);

describe('a queue in a folder', () => {
  it('keeps messages in order, and only those that are not done', () => {
    const folder = newFolder();
    const queue = fileQueue(folder, LIMITS);
    for (const order of [2, 1, 3]) queue.put(message(order));
    queue.done('id-2');
    queue.close();
    const again = fileQueue(folder, LIMITS);
    onTestFinished(again.close);
    expect(texts(again)).toEqual(['m1', 'm3']);
    expect([again.depth, again.lastOrder]).toEqual([2, 3]);
  });

  it('is for its owner only, and for one process at a time', () => {
    const folder = newFolder();
    const queue = fileQueue(folder, LIMITS);
    queue.put(message(1));
    expect(statSync(join(folder, 'queue.jsonl')).mode & 0o777).toBe(0o600);
    expect(() => fileQueue(folder, LIMITS)).toThrow('Another program uses the queue');
    queue.close();
    fileQueue(folder, LIMITS).close();
  });

  it('takes no more than it may hold, and what it refused is not in it', () => {
    for (const queue of [memoryQueue(LIMITS), fileQueue(newFolder(), LIMITS)]) {
      for (const order of [1, 2, 3, 4, 5]) queue.put(message(order));
      expect(() => queue.put(message(6))).toThrow(expect.objectContaining({ kind: 'queue-full' }));
      queue.done('id-1');
      expect(() => queue.put(message(7, 'x'.repeat(10_000)))).toThrow('No more may wait');
      expect(texts(queue)).toEqual(['m2', 'm3', 'm4', 'm5']);
      queue.close();
    }
  });

  it('forgets the torn end of a write that never returned, and refuses a file that is damaged', () => {
    const folder = newFolder();
    const file = join(folder, 'queue.jsonl');
    const queue = fileQueue(folder, LIMITS);
    queue.put(message(1));
    queue.close();
    appendFileSync(file, '{"put":{"order":2,"messa');
    const mended = fileQueue(folder, LIMITS);
    expect(texts(mended)).toEqual(['m1']);
    mended.put(message(3));
    mended.close();
    writeFileSync(file, `nonsense\n${readFileSync(file, 'utf8')}`);
    expect(() => fileQueue(folder, LIMITS)).toThrow(/line 1 of .* is damaged/);
    expect(readFileSync(file, 'utf8')).toContain('nonsense');
  });

  it('does not grow with what is done', () => {
    const folder = newFolder();
    const queue = fileQueue(folder, LIMITS);
    onTestFinished(queue.close);
    queue.put(message(1));
    for (let order = 2; order < 600; order += 1) {
      queue.put(message(order));
      queue.done(`id-${order}`);
    }
    expect(readFileSync(join(folder, 'queue.jsonl'), 'utf8').split('\n').length).toBeLessThan(300);
    expect(texts(queue)).toEqual(['m1']);
  });

  it('has all that was promised after the process was killed, and lets the next one in', async () => {
    const folder = newFolder();
    const module = join(import.meta.dirname, '../../src/bridge/queue/file-queue.ts');
    const script = `
      const { fileQueue } = await import(${JSON.stringify(module)});
      const queue = fileQueue(${JSON.stringify(folder)}, { messages: 1e6, bytes: 1e9 });
      for (let order = 1; ; order += 1) {
        queue.put({ order, messageId: 'id-' + order, sessionKey: 'terminal:self:main', text: 'm', timestamp: 1 });
        process.stdout.write(order + '\\n');
      }`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', script]);
    let said = '';
    child.stdout.on('data', (chunk) => {
      said += chunk;
      if (said.includes('\n40\n')) child.kill('SIGKILL');
    });
    await once(child, 'close');
    const promised = Number(said.trimEnd().split('\n').at(-1));
    const queue = fileQueue(folder, { messages: 1e6, bytes: 1e9 });
    onTestFinished(queue.close);
    expect(promised).toBeGreaterThanOrEqual(40);
    expect(queue.depth).toBeGreaterThanOrEqual(promised);
    expect(queue.waiting().map(({ order }) => order)).toEqual(
      Array.from({ length: queue.depth }, (_, at) => at + 1),
    );
  });
});
