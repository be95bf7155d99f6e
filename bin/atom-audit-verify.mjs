// Verifies an exported record of atom with nothing but Node (22 or newer) and the public key; no code
// of atom is used. Exits 0 where all holds, 1 where it does not, 2 where it is called wrongly.
//   node atom-audit-verify.mjs record.jsonl [--key <key>]… [--checkpoint <file>]…
// Entries are leaves of a Merkle tree (RFC 6962) over canonical JSON (RFC 8785); checkpoints are
// tlog-checkpoints in signed notes with Ed25519 (c2sp.org).
import { createHash, createPublicKey, verify } from 'node:crypto';
import { createReadStream, readFileSync } from 'node:fs';
import { createInterface } from 'node:readline';

const end = (code, text) => {
  console.log(text);
  process.exit(code);
};
const need = (holds, done, text) => holds || end(1, `TAMPERED (${done}): ${text}.`);
const [file, ...flags] = process.argv.slice(2);
if (!file) end(2, 'Which file? node atom-audit-verify.mjs record.jsonl --key <key>');
const given = (flag) => flags.flatMap((word, at) => (word === flag ? [flags[at + 1] ?? ''] : []));
const lines = () => createInterface({ input: createReadStream(file), crlfDelay: 1e9 });

const json = (text) => {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
};
const sha256 = (...parts) =>
  parts.reduce((hash, part) => hash.update(part), createHash('sha256')).digest();
const hex = (bytes) => bytes.toString('hex');
const canonical = (value) => {
  if (Array.isArray(value)) return `[${value.map(canonical).join(',')}]`;
  if (value === null || typeof value !== 'object') return JSON.stringify(value);
  const keys = Object.keys(value).sort((a, b) => (a < b ? -1 : 1));
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonical(value[key])}`).join(',')}}`;
};
const fits = ({ chain, seq, at, kind, body, prev, hash }) =>
  hex(sha256('\0', canonical([chain, seq, at, kind, body, prev]))) === hash;

// Keys, and the notes that they sign
function parseKey(text) {
  const [, name, id, base64] = /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]{44})$/.exec(text) ?? [];
  const bytes = Buffer.from(base64 ?? '', 'base64');
  const right = bytes[0] === 1 && hex(sha256(`${name}\n`, bytes)).slice(0, 8) === id;
  need(right, 're-signed', `the key ${text} is damaged`);
  const der = Buffer.concat([Buffer.from('302a300506032b6570032100', 'hex'), bytes.subarray(1)]);
  return { text, name, id, key: createPublicKey({ key: der, format: 'der', type: 'spki' }) };
}
const NOTE = /^\S+\n\d+\n[A-Za-z0-9+/]{43}=\n\n(?:— \S+ [A-Za-z0-9+/]+=*(?:\n|$))+/gmu;
// Also inside JSON, and among other words.
const notesIn = (text) =>
  text
    .replaceAll(/\r/g, '')
    .replaceAll(/\\n|"/g, '\n')
    .match(NOTE)
    ?.map((note) => note.trimEnd()) ?? [];
function openNote(note, keys, where) {
  const [text, below] = note.split('\n\n');
  const [origin, size, root] = text.split('\n');
  const what = `the checkpoint of ${size} entries${where}`;
  const by = below.split('\n').flatMap((line) => {
    const [, name, base64] = line.split(' ');
    const bytes = Buffer.from(base64, 'base64');
    const key = keys.find((one) => one.name === name && one.id === bytes.toString('hex', 0, 4));
    if (!key) return [];
    const right = verify(null, Buffer.from(`${text}\n`), key.key, bytes.subarray(4));
    need(right, 're-signed', `${what} carries a signature that does not hold`);
    return [key];
  });
  const known = by.some(({ name }) => name === origin);
  need(known, 're-signed', `${what} is not signed by a key of this record`);
  return { size: Number(size), root: hex(Buffer.from(root, 'base64')), by, what };
}

// First reading: the head, and every checkpoint
let head;
const notes = [];
for await (const line of lines()) {
  head ??= json(line) ?? {};
  if (line.startsWith('{"checkpoint":')) notes.push(...notesIn(line));
}
if (head?.format !== 'atom-audit/1') end(2, `${file} is no export of a record`);
const keys = head.keys.map(({ key }) => parseKey(key));
const marks = [...notes, ...notesIn(head.base?.checkpoint ?? '')].map((n) => openNote(n, keys, ''));
for (const path of given('--checkpoint')) {
  const outside = notesIn(readFileSync(path, 'utf8'));
  if (outside.length === 0) end(2, `${path} holds no checkpoint`);
  marks.push(...outside.map((note) => openNote(note, keys, ' from outside')));
}
// A trusted key vouches for those before it, and for the next where both signed one checkpoint.
const trusted = given('--key');
const known = keys.findLastIndex(({ text }) => trusted.includes(text));
need(trusted.length === 0 || known >= 0, 're-signed', 'the key you trust did not sign this record');
const from = trusted.length === 0 ? keys.length - 1 : known;
for (const [at, { id }] of keys.entries()) {
  const both = ({ by }) => by.includes(keys[at - 1]) && by.includes(keys[at]);
  const vouched = at <= from || (head.keys[at].why === 'rotated' && marks.some(both));
  need(vouched, 're-signed', `from entry ${head.keys[at].entry} on ${id} signs, unvouched for`);
}
const signed = marks.filter(({ by }) => by.some((key) => keys.indexOf(key) >= from));
need(keys.length === 0 || signed.length > 0, 'unsigned', 'no checkpoint by its key is left');

// Second reading: every entry
const most = (some) => some.reduce((found, { size }) => Math.max(found, size), 0);
const announced = new Map(head.keys.map(({ entry, key }) => [entry, key]));
const bySize = Map.groupBy(marks, (mark) => mark.size);
let size = head.base?.size ?? 0;
let [last, held] = [head.base?.head ?? '0'.repeat(64), size];
const edge = (head.base?.frontier.match(/.{64}/g) ?? []).map((text) => Buffer.from(text, 'hex'));
const root = () =>
  hex(
    edge.reduceRight((right, left) => (right ? sha256('\x01', left, right) : left), 0) || sha256(),
  );
const checkMarks = () => {
  if (!bySize.has(size)) return;
  const wrong = bySize.get(size).find((mark) => mark.root !== root());
  need(!wrong, 'rewritten', `entries ${held} to ${size - 1} are not what ${wrong?.what} covers`);
  held = size;
};
checkMarks();
for await (const line of lines()) {
  if (/^\{"(checkpoint|base)":/.test(line)) continue;
  const { entry } = json(line) ?? {};
  const whole = canonical({ entry }) === line && Object.keys(entry ?? {}).length === 7;
  need(whole, 'changed', `entry ${size} cannot be read`);
  const { seq, kind, body, hash } = entry;
  need(seq <= size, 'missing or swapped', `entry ${seq} stands where entry ${size} should`);
  need(seq >= size, 'inserted or swapped', `entry ${seq} stands where entry ${size} should`);
  const right = fits(entry);
  need(right || !fits({ ...entry, seq: seq + 1 }), 'missing', `entry ${seq} was taken out`);
  need(right || !fits({ ...entry, seq: seq - 1 }), 'inserted', `one was put in before ${seq}`);
  need(right, 'changed or swapped', `entry ${seq} is not what was written`);
  need(entry.prev === last, 'changed', `entry ${seq - 1} was changed together with its hash`);
  const says = !announced.has(seq) || (kind === 'audit.key' && body.key === announced.get(seq));
  need(says, 're-signed', `entry ${seq} does not announce its key`);
  let node = Buffer.from(hash, 'hex');
  for (let rest = size; rest % 2 === 1; rest = (rest - 1) / 2)
    node = sha256('\x01', edge.pop(), node);
  edge.push(node);
  [last, size] = [hash, size + 1];
  checkMarks();
}
const gone = most(marks) - size;
need(gone <= 0, 'cut off', `${gone} entries from ${size} on are gone: a checkpoint covers them`);
if (head.base) console.log(`Entries before ${head.base.size} were let go of at a checkpoint.`);
if (trusted.length === 0) console.log('The key was taken from the file: give yours with --key.');
const by = keys[from]?.id ?? 'nobody';
end(0, `OK: ${size} entries, unbroken; ${most(signed)} signed by ${by}. Root ${root()}`);
