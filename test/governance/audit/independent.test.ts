import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { exportLines } from '../../../src/governance/audit/export.ts';
import { freshFolder } from '../../store/fresh.ts';
import { signedRecord } from './stage.ts';

/** Written from the three specifications alone, in another language: RFC 8785, RFC 6962, signed notes. */
const PYTHON = `
import base64, hashlib, json, subprocess, sys, tempfile
head, *lines = [json.loads(line) for line in open(sys.argv[1], encoding='utf-8')]
def sha(data): return hashlib.sha256(data).digest()
def canonical(value): return json.dumps(value, sort_keys=True, separators=(',', ':'), ensure_ascii=False).encode()
def root(leaves):
    if len(leaves) == 1: return leaves[0]
    k = 1
    while k * 2 < len(leaves): k *= 2
    return sha(b'\\1' + root(leaves[:k]) + root(leaves[k:]))
leaves, prev = [], '0' * 64
for entry in (line['entry'] for line in lines if 'entry' in line):
    assert entry['seq'] == len(leaves) and entry['prev'] == prev
    fields = [entry[name] for name in ('chain', 'seq', 'at', 'kind', 'body', 'prev')]
    leaf = sha(b'\\0' + canonical(fields))
    assert leaf.hex() == entry['hash']
    leaves.append(leaf)
    prev = entry['hash']
name, key_id, key = sys.argv[2].split('+', 2)
key = base64.b64decode(key)
assert key[0] == 1 and sha(name.encode() + b'\\n' + key)[:4].hex() == key_id
der = bytes.fromhex('302a300506032b6570032100') + key[1:]
pem = '-----BEGIN PUBLIC KEY-----\\n' + base64.b64encode(der).decode() + '\\n-----END PUBLIC KEY-----\\n'
folder = sys.argv[3]
open(folder + '/key.pem', 'w').write(pem)
checked = 0
for note in (line['checkpoint'] for line in lines if 'checkpoint' in line):
    text, signature = note.rsplit('\\n\\n', 1)
    dash, by, encoded = signature.rstrip('\\n').split(' ')
    origin, size, encoded_root = text.split('\\n')
    assert dash == '\\u2014' and by == name == origin
    assert base64.b64decode(encoded_root) == root(leaves[:int(size)])
    raw = base64.b64decode(encoded)
    assert raw[:4].hex() == key_id
    open(folder + '/text', 'wb').write(text.encode() + b'\\n')
    open(folder + '/sig', 'wb').write(raw[4:])
    subprocess.run(['openssl', 'pkeyutl', '-verify', '-pubin', '-inkey', folder + '/key.pem', '-rawin',
                    '-in', folder + '/text', '-sigfile', folder + '/sig'], check=True, stdout=subprocess.DEVNULL)
    checked += 1
print(len(leaves), checked)
`;

const has = (program: string, flag: string): boolean =>
  spawnSync(program, [flag]).error === undefined;
const able = has('python3', '--version') && has('openssl', 'version');

describe('a record that other people check', () => {
  it.skipIf(!able)('holds by the specifications, with Python and OpenSSL', async () => {
    const { store, notary, record } = await signedRecord();
    for (let i = 0; i < 7; i++) {
      await record(i + 1);
      await notary.checkpoint();
    }
    const folder = freshFolder();
    const file = join(folder, 'record.jsonl');
    const lines: string[] = [];
    for await (const line of exportLines(store)) lines.push(`${line}\n`);
    const check = (text: string) => {
      writeFileSync(file, text);
      return spawnSync('python3', ['-c', PYTHON, file, notary.key(), folder], { encoding: 'utf8' });
    };
    expect(check(lines.join(''))).toMatchObject({ stdout: '29 8\n', status: 0 });
    expect(check(lines.join('').replace('"run":"r3"', '"run":"r4"')).status).toBe(1);
  });
});
