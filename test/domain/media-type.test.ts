import { describe, expect, it } from 'vitest';
import { mayBe, sniff, UNKNOWN_TYPE } from '../../src/domain/media-type.ts';

const bytes = (text: string): Uint8Array => Buffer.from(text, 'latin1');

const FILES: readonly (readonly [type: string, head: Uint8Array])[] = [
  ['image/png', bytes('\x89PNG\r\n\x1a\n\0\0\0\rIHDR')],
  ['image/jpeg', bytes('\xff\xd8\xff\xe0\0\x10JFIF\0')],
  ['image/gif', bytes('GIF89a\x01\0')],
  ['image/webp', bytes('RIFF\x24\0\0\0WEBPVP8 ')],
  ['audio/wav', bytes('RIFF\x24\0\0\0WAVEfmt ')],
  ['application/pdf', bytes('%PDF-1.7\n%\xe2\xe3\xcf\xd3\n')],
  ['application/pdf', bytes('%PDF-1.4\n1 0 obj\n')],
  ['audio/ogg', bytes('OggS\0\x02\0\0\0\0\0\0\0\0OpusHead')],
  ['audio/mpeg', bytes('ID3\x04\0\0\0\0\0\0')],
  ['audio/mpeg', bytes('\xff\xfb\x90\x64\0\0')],
  ['video/mp4', bytes('\0\0\0\x20ftypisom\0\0\x02\0')],
  ['audio/mp4', bytes('\0\0\0\x20ftypM4A \0\0\x02\0')],
  ['image/heic', bytes('\0\0\0\x20ftypheix\0\0\0\0')],
  ['image/heic', bytes('\0\0\0\x20ftypmsf1\0\0\0\0')],
  ['image/avif', bytes('\0\0\0\x20ftypavis\0\0\0\0')],
  ['video/webm', bytes('\x1aE\xdf\xa3\x9fB\x86\x81\x01')],
  ['application/zip', bytes('PK\x03\x04\x14\0\0\0')],
  ['application/x-executable', bytes('\x7fELF\x02\x01\x01\0')],
  ['text/plain', Buffer.from('Grüße\n\tund Zeilen\n')],
  ['text/plain', bytes('<svg xmlns="http://www.w3.org/2000/svg"/>')],
  [UNKNOWN_TYPE, bytes('\0\x01\x02\x03')],
  [UNKNOWN_TYPE, bytes('caf\xe9 in Latin-1 \xff')],
  [UNKNOWN_TYPE, bytes('')],
];

describe('what a file is', () => {
  it.each(FILES)('is told by its first bytes: %s', (type, head) => {
    expect(sniff(head)).toBe(type);
  });

  it('is a text even where the bytes looked at end within a character', () => {
    expect(sniff(Buffer.from('ü'.repeat(3000)))).toBe('text/plain');
    expect(sniff(Buffer.from(`a${'ü'.repeat(3000)}`))).toBe('text/plain');
  });
});

describe('what a sender says of a file', () => {
  it.each([
    [{ kind: 'image' }, 'image/jpeg'],
    [{ kind: 'image', type: 'image/jpg', name: 'a.jpeg' }, 'image/jpeg'],
    [{ kind: 'audio', type: 'audio/ogg; codecs=opus' }, 'audio/ogg'],
    [{ kind: 'audio', type: 'audio/mp4', name: 'memo.m4a' }, 'video/mp4'],
    [{ kind: 'video', type: 'image/gif' }, 'image/gif'],
    [{ kind: 'file', type: 'application/octet-stream', name: 'x.bin' }, UNKNOWN_TYPE],
    [{ kind: 'file', type: 'application/vnd.oasis.opendocument.text' }, 'application/zip'],
    [{ kind: 'file', type: 'application/msword', name: 'old.doc' }, 'application/x-ole-storage'],
    [{ kind: 'file', type: 'application/json', name: 'a.json' }, 'text/plain'],
    [{ kind: 'file', type: 'image/svg+xml', name: 'a.svg' }, 'text/plain'],
    [{ kind: 'file', type: 'application/x-never-heard' }, UNKNOWN_TYPE],
    [{ kind: 'file', name: 'program' }, 'application/x-executable'],
  ] as const)('may be so: %o is %s', (claimed, sniffed) => {
    expect(mayBe(claimed, sniffed)).toBe(true);
  });

  it.each([
    [{ kind: 'image' }, 'application/x-executable'],
    [{ kind: 'image', type: 'image/png' }, 'image/jpeg'],
    [{ kind: 'image', type: 'image/svg+xml' }, 'text/plain'],
    [{ kind: 'audio' }, 'application/zip'],
    [{ kind: 'video' }, 'audio/mpeg'],
    [{ kind: 'file', type: 'application/pdf' }, 'text/plain'],
    [{ kind: 'file', name: 'invoice.pdf' }, 'application/x-executable'],
    [{ kind: 'file', type: 'text/plain' }, 'application/zip'],
    [{ kind: 'file', type: 'application/zip' }, UNKNOWN_TYPE],
    [{ kind: 'file', type: 'application/x-never-heard' }, 'image/png'],
  ] as const)('is a lie: %o is %s', (claimed, sniffed) => {
    expect(mayBe(claimed, sniffed)).toBe(false);
  });
});
