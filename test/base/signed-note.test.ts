import { describe, expect, it } from 'vitest';
import {
  newSigner,
  parseKey,
  parseNote,
  parseSigner,
  signersOf,
  signNote,
} from '../../src/base/signed-note.ts';

/** The published example of another implementation: golang.org/x/mod/sumdb/note. */
const GO = {
  key: 'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
  secret: 'PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz',
  text: "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n",
  signature:
    '— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n',
};
/** The example of c2sp.org/signed-note: its text holds an empty line. */
const ITALIAN =
  'Ognuno sta solo sul cuor della terra\ntrafitto da un raggio di sole:\n\ned è subito sera.\n';
const QUASIMODO = `${ITALIAN}\n— quasimodo.example/salvatore NnugSzTjtVAewIS+Z/iJhUPeFDkO/5QQ2i5ddnGITLlC+EhfLW9oJKONrMouFSQU0xMcXxj99ihAQwaqP3ZekRwNtIc=\n`;

const keyOf = (text: string) => {
  const key = parseKey(text);
  if (!key) throw new Error(`no key: ${text}`);
  return key;
};
const signersIn = (note: string, ...keys: readonly string[]) => {
  const parsed = parseNote(note);
  return parsed && signersOf(parsed, keys.map(keyOf))?.map(({ name }) => name);
};

describe('a signed note', () => {
  it('is byte for byte the one that Go writes', () => {
    const signer = parseSigner(GO.secret);
    if (!signer) throw new Error('the key of the example was not read');
    expect(signer.text).toBe(GO.key);
    expect(signer.secretText).toBe(GO.secret);
    expect(signNote(GO.text, [signer])).toBe(`${GO.text}\n${GO.signature}`);
    expect(signersIn(`${GO.text}\n${GO.signature}`, GO.key)).toEqual(['PeterNeumann']);
  });

  it('is not signed where any byte of its text or of its signature is another', () => {
    const note = Buffer.from(`${GO.text}\n${GO.signature}`);
    for (let at = 0; at < note.length; at++) {
      const edited = Buffer.from(note);
      edited[at] = (edited[at] ?? 0) ^ 1;
      const found = signersIn(edited.toString('utf8'), GO.key) ?? [];
      // The last base64 character carries bits that nobody reads.
      expect(found.length === 0 || at >= note.length - 4, `byte ${at}`).toBe(true);
    }
  });

  it('keeps empty lines in its text, and is cut at the last one', () => {
    expect(parseNote(QUASIMODO)).toMatchObject({
      text: ITALIAN,
      signatures: [{ name: 'quasimodo.example/salvatore', id: '367ba04b' }],
    });
  });

  it('counts known keys, passes over others, and is spoiled by a known one that does not hold', () => {
    const [ours, other] = [newSigner('log.example'), newSigner('witness.example')];
    const note = signNote('text\n', [ours, other]);
    expect(signersIn(note, ours.text, other.text)).toEqual(['log.example', 'witness.example']);
    expect(signersIn(note, ours.text)).toEqual(['log.example']);
    expect(signersIn(note, newSigner('log.example').text)).toEqual([]);
    const lines = note.split('\n');
    const swapped = [lines[0], '', lines[2], lines[3]?.replace(/.{9}$/, 'AAAAAAA=='), ''].join(
      '\n',
    );
    expect(signersIn(swapped, ours.text, other.text)).toBeUndefined();
  });

  it.each([
    ['no empty line', 'text\n— a AAAAAAAA\n'],
    ['no signature', 'text\n\n'],
    ['no newline at its end', 'text\n\n— a AAAAAAAA'],
    ['a control character', 'te\tt\n\n— a AAAAAAAA\n'],
    ['a carriage return', 'text\r\n\n— a AAAAAAAA\n'],
    ['a name with a plus', 'text\n\n— a+b AAAAAAAA\n'],
    ['a hyphen for the dash', 'text\n\n- a AAAAAAAA\n'],
    ['a signature that is too short', 'text\n\n— a AAAA\n'],
  ])('is none with %s', (_, note) => {
    expect(parseNote(note)).toBeUndefined();
  });

  it('knows no key that was mangled, nor one of another type', () => {
    for (let at = 1; at < GO.key.length; at++)
      expect(parseKey(GO.key.slice(0, at)), `${at}`).toBeUndefined();
    const typed = Buffer.from('ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW', 'base64');
    typed[0] = 4;
    expect(parseKey(`PeterNeumann+c74f20a3+${typed.toString('base64')}`)).toBeUndefined();
    expect(parseKey(GO.key.replace('c74f20a3', 'c74f20a4'))).toBeUndefined();
    expect(parseSigner(GO.secret.replace('c74f20a3', 'c74f20a4'))).toBeUndefined();
    expect(parseSigner('')).toBeUndefined();
  });
});
